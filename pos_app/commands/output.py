"""Standard input, output and error of the commands."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pos_app.errors import BadInput

STANDARD = "-"


def say(text: str) -> None:
    """One line (or several) for a person."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """One line on standard error."""
    sys.stderr.write(text + "\n")


def answer(value: Any) -> None:
    """One JSON value for a program."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def answer_list(values: Iterable[Any]) -> None:
    """A JSON list, written as it is read: a year of orders needs no more memory than one."""
    separator = "["
    for value in values:
        sys.stdout.write(separator + "\n" + json.dumps(value, ensure_ascii=False))
        separator = ","
    say("[]" if separator == "[" else "\n]")


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        say("  ".join(cells).rstrip())


def read_input(name: str, most: int) -> bytes:
    """What is in the file `name`, or on standard input for `-`; one byte more than `most` at most.

    Raises BadInput when it cannot be read.
    """
    if name == STANDARD:
        return sys.stdin.buffer.read(most + 1)
    try:
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise BadInput(
            "file", "{name} cannot be read", "{reason}.", name=name, reason=error.strerror or error
        ) from None


def write_output(name: str, data: bytes) -> None:
    """Write `data` to the file `name`, whole or not at all, or to standard output for `-`."""
    if name == STANDARD:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    target = Path(name)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(
            "file",
            "{name} cannot be written",
            "{reason}.",
            name=name,
            reason=error.strerror or error,
        ) from None


def ask_secret(prompt: str) -> str:
    """A secret typed unseen, or the first line of standard input when nobody sits there."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt}: ").strip()
    return sys.stdin.readline().strip()
