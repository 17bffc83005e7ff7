"""What `orderbell` can do without a window, one subject a module.

Each module has `add(commands)`, which adds its sub-commands to the parser, and functions that do
the work; heavy imports are inside those functions, because every call pays for what it imports.
"""
