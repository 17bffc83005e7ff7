"""A gateway that reads one request and answers whatever bytes it is given, then hangs up."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class RawGateway:
    """`answer` is what the next call gets."""

    def __init__(self) -> None:
        self.answer = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, name="raw gateway")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        # Closing alone would leave the thread waiting for the next caller.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                _read(connection)
                connection.sendall(self.answer)


def _read(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65_536)
        if not more:
            return
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    found = _LENGTH.search(head)
    left = int(found[1]) - len(body) if found else 0
    while left > 0:
        more = connection.recv(65_536)
        if not more:
            return
        left -= len(more)


@contextmanager
def raw_gateway() -> Iterator[RawGateway]:
    """One that listens until the block ends."""
    gateway = RawGateway()
    gateway.start()
    try:
        yield gateway
    finally:
        gateway.stop()
