"""Is everything that the shop needs in order, and what to do if not: one subject per module.

The command line, the window and a saved report ask the same looks. They read; nothing is changed.
"""
