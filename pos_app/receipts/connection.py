"""One connection to a network printer: it ends at its deadline, or as soon as somebody says so."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress

from pos_app.receipts.status import ASKS, Status, is_answer

CONNECT_S = 1.5
"""A printer stands in the same house; who has not answered by then is off."""
FIRST_ANSWER_S = 0.3
"""A printer that tells its state does so within a few milliseconds."""

_SLICE_S = 0.1
_CLOSING_S = 2.0
_LOOK_AGAIN_S = 0.15


class Connection:
    """Open from the start. Every method raises OSError when it breaks, stalls, or is to stop."""

    def __init__(self, host: str, port: int, deadline: float, stopping: threading.Event) -> None:
        self._deadline = deadline
        self._stopping = stopping
        connect_s = min(CONNECT_S, max(0.001, deadline - time.monotonic()))
        self._wire = socket.create_connection((host, port), connect_s)

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._wire.close()

    def status(self, patience_s: float) -> Status | None:
        """What the printer says of itself; None when it says nothing within `patience_s`."""
        until = min(self._deadline, time.monotonic() + patience_s)
        answers = []
        for ask in ASKS:
            self.send(ask)
            answer = self._answer(until)
            if answer is None:
                break
            answers.append(answer)
        return Status(*answers) if answers else None

    def send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            self._wire.settimeout(self._slice(self._deadline))
            with suppress(TimeoutError):
                view = view[self._wire.send(view) :]

    def watch(self, printing_s: float) -> str:
        """The trouble that a printer which tells its state meets within `printing_s`, or ''.

        Raises OSError when it falls silent.
        """
        until = min(self._deadline, time.monotonic() + printing_s)
        while True:
            found = self.status(self._deadline - time.monotonic())
            if found is None:
                raise TimeoutError
            if found.trouble or time.monotonic() >= until:
                return found.trouble
            if self._stopping.wait(_LOOK_AGAIN_S):
                raise InterruptedError

    def finish(self) -> None:
        """Return when the printer has taken everything.

        Printers end the connection once they have read it; some keep it open, so after two
        seconds it is enough that the operating system has nothing left to send.
        """
        self._wire.shutdown(socket.SHUT_WR)
        patience = min(self._deadline, time.monotonic() + _CLOSING_S)
        while True:
            self._wire.settimeout(self._slice(self._deadline))
            try:
                if not self._wire.recv(1024):
                    return
            except TimeoutError:
                if time.monotonic() >= patience and not _unsent(self._wire):
                    return

    def end(self) -> None:
        """Say goodbye to a printer that has told that it has everything."""
        with suppress(OSError):
            self._wire.shutdown(socket.SHUT_WR)

    def _answer(self, until: float) -> int | None:
        while until > time.monotonic():
            try:
                self._wire.settimeout(self._slice(until))
                said = self._wire.recv(1)
            except TimeoutError:
                continue
            if not said:
                raise ConnectionResetError
            if is_answer(said[0]):
                return said[0]
        return None

    def _slice(self, until: float) -> float:
        """How long the next wait may last. Raises OSError when no more waiting is left."""
        if self._stopping.is_set():
            raise InterruptedError
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(_SLICE_S, left)


def _unsent(wire: socket.socket) -> int:
    """Bytes that the other side has not confirmed; 0 where the platform cannot tell."""
    if sys.platform != "linux":
        return 0
    import fcntl
    import termios

    answer = fcntl.ioctl(wire.fileno(), termios.TIOCOUTQ, b"\0" * 4)
    return int.from_bytes(answer, sys.byteorder)
