"""A web server for one test: it keeps what it was sent, and answers, or fails, as it is told.

A step of `plan` is an answer to give, or `reset` (hang up unread), `take-reset` (keep it, then
hang up), `silent` (keep it and never answer until the test ends).
"""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from hypothesis import strategies as st

HTTP_ANSWERS = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda status, rest: b"HTTP/1.1 %d x\r\n" % status + rest,
        st.integers(0, 999),
        st.binary(max_size=60),
    ),
    st.builds(
        lambda status, wait: b"HTTP/1.1 %d x\r\nRetry-After: %b\r\n\r\n" % (status, wait),
        st.sampled_from([429, 503, 410, 200]),
        st.binary(max_size=20),
    ),
    st.builds(
        lambda where: b"HTTP/1.1 302 x\r\nLocation: %b\r\nSet-Cookie: %b\r\n\r\n" % (where, where),
        st.binary(max_size=30) | st.sampled_from([b"http://[::1", b"//", b"https://\xff/"]),
    ),
    st.sampled_from(
        [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", b"HTTP/9.9 200\r\n\r\n"]
    ),
)
"""What `answering_bytes` may say: noise, half answers, and answers with odd headers."""


@dataclass(frozen=True)
class Request:
    """`headers` have lower-case names; `port` is the caller's, one per connection."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    port: int

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def saying(content: object, status: int = 200) -> Reply:
    """An answer in JSON."""
    return Reply(status, json.dumps(content).encode(), {"Content-Type": "application/json"})


@dataclass
class Receiver:
    """`answer` is given when the plan is empty; a subclass may decide by the request."""

    answer: Reply = Reply()
    plan: deque[Reply | str] = field(default_factory=deque)
    requests: list[Request] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)
    ended: threading.Event = field(default_factory=threading.Event)

    def reply(self, request: Request) -> Reply:
        return self.answer

    def keep(self, request: Request) -> None:
        with self.came:
            self.requests.append(request)
            self.came.notify_all()

    def wait_for(self, count: int, deadline_s: float = 10.0) -> None:
        """Until so many requests have been kept. Raises TimeoutError."""
        with self.came:
            if not self.came.wait_for(lambda: len(self.requests) >= count, deadline_s):
                raise TimeoutError(f"{len(self.requests)} of {count} requests came")


class _Door(BaseHTTPRequestHandler):
    receiver: Receiver
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, body, self.client_address[1])
        step = self.receiver.plan.popleft() if self.receiver.plan else None
        if step != "reset":
            self.receiver.keep(request)
        if isinstance(step, str):
            return self._hang_up(step)
        return self._answer(step or self.receiver.reply(request))

    do_GET = do_POST

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Quiet."""

    def _answer(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def _hang_up(self, step: str) -> None:
        if step == "silent":
            self.receiver.ended.wait(30)
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RD)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A call that was cut leaves a broken connection."""


@contextmanager
def receiving(receiver: Receiver, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve on a thread; yields the address on 127.0.0.1."""
    server = _Server(("127.0.0.1", 0), type("Door", (_Door,), {"receiver": receiver}))
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="receiver")
    thread.start()
    try:
        scheme = "http" if tls is None else "https"
        yield f"{scheme}://127.0.0.1:{server.server_address[1]}"
    finally:
        receiver.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering_bytes() -> Iterator[tuple[str, list[bytes]]]:
    """A server without manners: it says the one item of the list, whatever that is.

    Yields its address and the list.
    """
    said = [b""]

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                try:
                    client.settimeout(5)
                    _read_request(client)
                    client.sendall(said[0])
                except OSError:
                    continue

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, name="answering bytes")
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", said
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()


def _read_request(client: socket.socket) -> None:
    got = b""
    while b"\r\n\r\n" not in got:
        more = client.recv(65_536)
        if not more:
            return
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            while len(body) < int(value):
                body += client.recv(65_536)
