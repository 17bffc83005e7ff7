"""Where a job goes: a network printer on port 9100, or a folder that takes one file per job.

Delivery either succeeds or says in one sentence why not; when part of a slip may already be on
paper the error is `PartlyPrinted`, because such a job must not simply be printed again.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_app.domain.ids import new_uid
from pos_app.errors import Phrase, Unavailable

RAW_PORT = 9100

_CLOSING_S = 2.0
_ASK_AGAIN_S = 0.1
_LONGEST_NAME = 60


class PartlyPrinted(Unavailable):
    """The printer went away in the middle: what is on paper is not known."""

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


def deliver(target: Printer, data: bytes, timeout_s: float, name: str = "slip") -> None:
    """Hand `data` (a whole ESC/POS job) to `target`, within about `timeout_s` seconds.

    `name` (the order's number) begins the file's name where the target is a folder. Raises
    Unavailable when nothing was printed, PartlyPrinted when something may have been.
    """
    if isinstance(target, FilePrinter):
        _write(target.folder, data, name)
    else:
        _send(target, data, time.monotonic() + timeout_s)


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
        raise Unavailable(
            "The slip could not be written to {folder}",
            "{reason}",
            "Check that the folder exists and has room.",
            folder=folder,
            reason=error.strerror or error,
        ) from error


def _send(printer: NetworkPrinter, data: bytes, deadline: float) -> None:
    try:
        wire = socket.create_connection((printer.host, printer.port), _left(deadline))
    except OSError as error:
        raise Unavailable(
            "The printer at {host}:{port} does not answer",
            "{reason}",
            "Check that it is on and on the same network.",
            host=printer.host,
            port=printer.port,
            reason=error.strerror or Phrase("It took too long."),
        ) from error
    with wire:
        try:
            _send_all(wire, data, deadline)
            wire.shutdown(socket.SHUT_WR)
            _await_end(wire, deadline)
        except OSError as error:
            raise PartlyPrinted(
                "The printer at {host}:{port} stopped in the middle",
                "Part of the slip may be on paper.",
                "Check paper and cover, then reprint as a copy.",
                host=printer.host,
                port=printer.port,
            ) from error


def _left(deadline: float) -> float:
    return max(0.001, deadline - time.monotonic())


def _send_all(wire: socket.socket, data: bytes, deadline: float) -> None:
    view = memoryview(data)
    while view:
        wire.settimeout(_left(deadline))
        view = view[wire.send(view) :]


def _await_end(wire: socket.socket, deadline: float) -> None:
    """Return when the printer has taken everything; OSError when it reset or stalls.

    Printers end the connection once they have read it; some keep it open, so after two seconds
    it is enough that the operating system has nothing left to send.
    """
    patience = time.monotonic() + _CLOSING_S
    while True:
        wire.settimeout(min(_ASK_AGAIN_S, _left(deadline)))
        try:
            if not wire.recv(1024):
                return
        except TimeoutError:
            if time.monotonic() >= min(patience, deadline) and not _unsent(wire):
                return
            if time.monotonic() >= deadline:
                raise


def _unsent(wire: socket.socket) -> int:
    """Bytes that the other side has not confirmed; 0 where the platform cannot tell."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    answer = fcntl.ioctl(wire.fileno(), termios.TIOCOUTQ, b"\0" * 4)
    return int.from_bytes(answer, sys.byteorder)
