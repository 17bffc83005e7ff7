"""A file that is not there yet, written off the UI thread for this user alone."""

from __future__ import annotations

import os
from pathlib import Path

from pos_app.errors import BadInput


def write_new(path: Path, document: str) -> None:
    """Write a new file. Raises BadInput where there is one already, or none can be."""
    write_new_bytes(path, document.encode())


def write_new_bytes(path: Path, document: bytes) -> None:
    """The same of bytes."""
    binary = getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(document)
    except FileExistsError:
        raise BadInput(
            "file", "There is a file of this name already", hint="Choose another name."
        ) from None
    except OSError as error:
        raise BadInput(
            "file", "The file cannot be written", "{reason}.", reason=error.strerror or ""
        ) from error
