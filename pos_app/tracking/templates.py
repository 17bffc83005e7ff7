"""The page's templates, all read when the site starts.

A site serves on while an update puts other files in the place of its own: a template that came
later would ask for what this program does not know.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import DictLoader, Environment, StrictUndefined


def environment(folder: Path) -> Environment:
    """What fills in the templates of `folder`, as they are now."""
    read = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir()}
    return Environment(
        loader=DictLoader(read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
