"""What the stand-ins for providers of texts have in common: a real server that can misbehave.

A stand-in keeps what it took and answers as its provider does; `plan` says how the next requests
fail, oldest first.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.gateway import _Server


@dataclass(frozen=True)
class Request:
    """One call as it came; `headers` have lower-case names."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Provider:
    """Base of the stand-ins.

    A step of the plan is `refuse:STATUS[:RETRY_AFTER]`, `redirect:STATUS:WHERE`, `body:TEXT` (with
    200), `raw:TEXT` (instead of HTTP), `reset` and `take-reset` (the connection dies before or
    after the request was taken), `silent` and `take-silent` (no answer until released).
    """

    plan: deque[str] = field(default_factory=deque)
    requests: list[Request] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)
    released: threading.Event = field(default_factory=threading.Event)

    def is_known(self, request: Request) -> bool:
        """Whether it comes with the right secret."""
        raise NotImplementedError

    def answer(self, request: Request) -> tuple[int, object]:
        """Take one request: status and what is answered as JSON."""
        raise NotImplementedError

    def strangers(self) -> tuple[int, object]:
        """What somebody with the wrong secret is told."""
        return 401, {"status": 401, "message": "Unauthorized"}

    def note(self, request: Request) -> str:
        with self.came:
            self.requests.append(request)
            self.came.notify_all()
            return self.plan.popleft() if self.plan else ""

    def wait_for_requests(self, count: int, timeout_s: float = 10.0) -> None:
        """Until so many requests have come. Raises TimeoutError."""
        with self.came:
            if not self.came.wait_for(lambda: len(self.requests) >= count, timeout_s):
                raise TimeoutError(f"{len(self.requests)} of {count} requests came")


class _Door(BaseHTTPRequestHandler):
    provider: Provider
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one piece: otherwise each answer waits for an acknowledgement.
    wbufsize = -1

    def _serve(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        step = self.provider.note(request)
        if step and not step.startswith("take-"):
            return self._misbehave(step)
        if not self.provider.is_known(request):
            return self._answer(*self.provider.strangers())
        status, body = self.provider.answer(request)
        if step:
            return self._misbehave(step.removeprefix("take-"))
        return self._answer(status, body)

    do_GET = do_POST = do_PUT = _serve

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Quiet."""

    def _answer(self, status: int, body: object, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def _misbehave(self, step: str) -> None:
        kind, _, rest = step.partition(":")
        if kind == "refuse":
            status, _, wait = rest.partition(":")
            more = {"Retry_After": wait} if wait else {}
            return self._answer(int(status), {"as": "told"}, **more)
        if kind == "redirect":
            status, _, where = rest.partition(":")
            return self._answer(int(status), {}, Location=where)
        if kind == "body":
            return self._answer(200, rest.encode("latin-1"))
        self.close_connection = True
        if kind == "raw":
            self.wfile.write(rest.encode("latin-1"))
            return None
        if kind == "silent":
            self.provider.released.wait(30)
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RD)
        return None


@contextmanager
def running(provider: Provider) -> Iterator[str]:
    """Serve `provider` on a thread; yields its address."""
    server: ThreadingHTTPServer = _Server(
        ("127.0.0.1", 0), type("Door", (_Door,), {"provider": provider})
    )
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="provider")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        provider.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
