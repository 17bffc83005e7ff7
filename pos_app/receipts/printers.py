"""Where a job goes: a network printer on port 9100, or a folder that takes one file per job.

Delivery either succeeds or says in one sentence why not; when part of a slip may already be on
paper the error is `PartlyPrinted`, because such a job must not simply be printed again.
"""

from __future__ import annotations

import os
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.ids import new_uid
from pos_app.errors import Phrase, Unavailable
from pos_app.receipts.connection import FIRST_ANSWER_S, Connection
from pos_app.receipts.elements import DOTS_PER_MM, printable_dots
from pos_app.receipts.escpos import filler
from pos_app.receipts.status import COVER_OPEN, NO_PAPER

RAW_PORT = 9100

# A slow print head; after that a printer which still says it is well has printed.
_MM_PER_S = 120
_LONGEST_NAME = 60


class PrinterDown(Unavailable):
    """The printer says itself why it cannot print; `code` is one of `status`."""


class PartlyPrinted(Unavailable):
    """The printer stopped in the middle: what is on paper is not known."""

    code = "partly_printed"


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """A receipt printer that takes raw bytes; `width_mm` is that of its paper, 58 or 80."""

    host: str
    width_mm: int
    port: int = RAW_PORT


@dataclass(frozen=True, slots=True)
class FilePrinter:
    """A folder in which every job becomes a file of its own."""

    folder: Path
    width_mm: int


Printer = NetworkPrinter | FilePrinter


def deliver(
    target: Printer,
    data: bytes,
    timeout_s: float,
    name: str = "slip",
    *,
    asks: bool = True,
    unfinished: bool = False,
    stopping: threading.Event | None = None,
) -> bool:
    """Hand `data` (a whole ESC/POS job) to `target`, within about `timeout_s` seconds.

    `name` (the order's number) begins the file's name where the target is a folder. `asks`: ask
    how the printer is; the answer is whether it told. `unfinished`: the job before broke off.
    `stopping` cuts the call short. Raises Unavailable when nothing was printed, PartlyPrinted
    when something may have been; their `code` is the printer's own where it told.
    """
    if isinstance(target, FilePrinter):
        _write(target.folder, data, name)
        return False
    deadline = time.monotonic() + timeout_s
    with _connected(target, deadline, stopping) as line:
        tells = asks and _ask(line, target)
        if unfinished:
            data = filler(printable_dots(target.width_mm)) + data
        _send(line, target, data, tells=tells)
    return tells


def probe(
    target: Printer,
    timeout_s: float,
    *,
    asks: bool = True,
    stopping: threading.Event | None = None,
) -> bool:
    """Find out, without printing, whether `target` could print; the answer is as in `deliver`.

    Raises Unavailable saying why not.
    """
    if isinstance(target, FilePrinter):
        try:
            target.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(target.folder, error) from error
        return False
    with _connected(target, time.monotonic() + timeout_s, stopping) as line:
        return asks and _ask(line, target)


def _write(folder: Path, data: bytes, name: str) -> None:
    """A new file that appears whole or not at all."""
    plain = re.sub(r"[^\w-]+", "_", name).strip("_")[:_LONGEST_NAME] or "slip"
    final = folder / f"{plain}-{new_uid()}.escpos"
    waiting = final.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with waiting.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(final)
    except OSError as error:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> Unavailable:
    return Unavailable(
        "The slip could not be written to {folder}",
        "{reason}",
        "Check that the folder exists and has room.",
        folder=folder,
        reason=error.strerror or error,
    )


def _connected(
    printer: NetworkPrinter, deadline: float, stopping: threading.Event | None
) -> Connection:
    try:
        return Connection(printer.host, printer.port, deadline, stopping or threading.Event())
    except OSError as error:
        raise _silent(printer, error) from error


def _silent(printer: NetworkPrinter, error: OSError) -> Unavailable:
    return Unavailable(
        "The printer at {host}:{port} does not answer",
        "{reason}",
        "Check that it is on and on the same network.",
        host=printer.host,
        port=printer.port,
        reason=error.strerror or Phrase("It took too long."),
    )


def _ask(line: Connection, printer: NetworkPrinter) -> bool:
    """Whether the printer tells its state. Raises PrinterDown when it tells of trouble."""
    try:
        found = line.status(FIRST_ANSWER_S)
    except OSError as error:
        raise _silent(printer, error) from error
    if found is None:
        return False
    if found.trouble:
        raise _down(printer, found.trouble)
    return True


def _down(printer: NetworkPrinter, code: str) -> PrinterDown:
    host, port = printer.host, printer.port
    if code == NO_PAPER:
        error = PrinterDown(
            "The printer at {host}:{port} has no paper",
            hint="Put in a new roll.",
            host=host,
            port=port,
        )
    elif code == COVER_OPEN:
        error = PrinterDown(
            "The cover of the printer at {host}:{port} is open",
            hint="Close it.",
            host=host,
            port=port,
        )
    else:
        error = PrinterDown(
            "The printer at {host}:{port} is not ready",
            hint="Look for a red light on it, then switch it off and on.",
            host=host,
            port=port,
        )
    error.code = code
    return error


def _send(line: Connection, printer: NetworkPrinter, data: bytes, *, tells: bool) -> None:
    trouble = ""
    try:
        line.send(data)
        if tells:
            row_bytes = printable_dots(printer.width_mm) // 8
            trouble = line.watch(len(data) / row_bytes / DOTS_PER_MM / _MM_PER_S)
            line.end()
        else:
            line.finish()
    except OSError as error:
        raise _partly(printer, "") from error
    if trouble:
        raise _partly(printer, trouble)


def _partly(printer: NetworkPrinter, code: str) -> PartlyPrinted:
    error = PartlyPrinted(
        "The printer at {host}:{port} stopped in the middle",
        "Part of the slip may be on paper.",
        "Check paper and cover, then reprint as a copy.",
        host=printer.host,
        port=printer.port,
    )
    if code:
        error.code = code
    return error
