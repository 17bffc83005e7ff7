"""A closed-loop HTTP load: some connections, each asking again as soon as it was answered.

Plain sockets and one selector: the generator must cost far less than the server that it
measures, or every server looks equally fast.
"""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class Load:
    """What one round gave: requests per second, and each request's milliseconds."""

    per_second: float
    answered: int
    latencies_ms: list[float] = field(repr=False)


class _Asker:
    """One kept-alive connection; the size of the first answer is the size of all."""

    __slots__ = ("asked_at", "connection", "missing")

    def __init__(self, port: int) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.missing = 0
        self.asked_at = 0.0

    def ask(self, request: bytes, size: int) -> None:
        self.missing = size
        self.asked_at = time.perf_counter()
        self.connection.sendall(request)

    def receive(self, size: int) -> bool:
        """Take what has come; True when the answer is whole. RuntimeError unless it is a 200."""
        data = self.connection.recv(65536)
        if self.missing == size and not data.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the server did not answer every request: {data[:40]!r}")
        self.missing -= len(data)
        return self.missing <= 0


def load(port: int, path: str, *, connections: int, seconds: float) -> Load:
    """Ask `path` on 127.0.0.1 over `connections` for `seconds`. RuntimeError unless all are 200."""
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "User-Agent: load\r\nAccept: text/html\r\nAccept-Language: en\r\n\r\n"
    ).encode("ascii")
    askers = [_Asker(port) for _ in range(connections)]
    try:
        size = _size(askers[0], request)
        return _run(askers, request, size, seconds)
    finally:
        for asker in askers:
            asker.connection.close()


def _run(askers: list[_Asker], request: bytes, size: int, seconds: float) -> Load:
    latencies_ms: list[float] = []
    with selectors.DefaultSelector() as selector:
        for asker in askers:
            selector.register(asker.connection, selectors.EVENT_READ, asker)
        started = time.perf_counter()
        for asker in askers:
            asker.ask(request, size)
        while (now := time.perf_counter()) - started < seconds:
            for key, _ in selector.select(1.0):
                asker = key.data
                if asker.receive(size):
                    latencies_ms.append((time.perf_counter() - asker.asked_at) * 1000)
                    asker.ask(request, size)
    return Load(len(latencies_ms) / (now - started), len(latencies_ms), latencies_ms)


def _size(asker: _Asker, request: bytes) -> int:
    """Bytes of one whole answer."""
    asker.connection.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += asker.connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += asker.connection.recv(65536)
    return len(head) + 4 + length
