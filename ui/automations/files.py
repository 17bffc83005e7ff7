"""A file of rules on the disk, read off the UI thread."""

from __future__ import annotations

from pathlib import Path

from pos_app.automation import pack_files
from pos_app.automation.pack_files import LARGEST, RulePack
from pos_app.errors import BadInput


def read_rules(path: Path) -> RulePack:
    """The rules in the file at `path`. Raises BadInput naming the place."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadInput(
            "file", "The file cannot be read", "{reason}.", reason=error.strerror or ""
        ) from error
    return pack_files.read(data)
