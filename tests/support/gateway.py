"""A stateful stand-in for the phone that sends texts, speaking the provider's own API.

It keeps what it was given, answers 409 to a second message with the same id, reports states,
and fails on demand. `python -m tests.support.gateway --port 0 [--log FILE]` runs it as a process;
its first line is the address. Every message taken is a line of the log before it is answered, so
that a kill of the sender cannot hide one.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import socket
import struct
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

USERNAME, PASSWORD = "till", "correct horse"
STATES = ("Pending", "Processed", "Sent", "Delivered", "Failed")
DEVICE = "PyDmBQZZXYmyxMwED8Fzy"


class Delivering(dict[str, str]):
    """Every text counts as delivered from the first question on."""

    def __getitem__(self, uid: str) -> str:
        super().__getitem__(uid)
        return "Delivered"


@dataclass
class Gateway:
    """What the phone remembers. `plan` says how the next requests fail, oldest first.

    A step is `refuse:STATUS[:RETRY_AFTER]`, `reset` (before it is taken), `take-reset` (taken,
    then the connection dies), `silent`/`take-silent` (never answers until released), `garbage`.
    """

    taken: list[dict[str, Any]] = field(default_factory=list)
    duplicates: Counter[str] = field(default_factory=Counter)
    states: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    plan: deque[str] = field(default_factory=deque)
    always: str = ""
    requests: int = 0
    ignores_ids: bool = False
    log: Path | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    released: threading.Event = field(default_factory=threading.Event)

    def next_step(self) -> str:
        with self.changed:
            self.requests += 1
            self.changed.notify_all()
            return self.plan.popleft() if self.plan else self.always

    def take(self, message: dict[str, Any]) -> bool:
        """Keep one message; False for an id that is there already."""
        uid = message["id"]
        with self.changed:
            if uid in self.states and not self.ignores_ids:
                self.duplicates[uid] += 1
                self.changed.notify_all()
                return False
            self.taken.append(message)
            self.states.setdefault(uid, "Pending")
            if self.log is not None:
                _append(self.log, message)
            self.changed.notify_all()
            return True

    def texts(self) -> list[str]:
        with self.changed:
            return [message["textMessage"]["text"] for message in self.taken]

    def ids(self) -> list[str]:
        with self.changed:
            return [message["id"] for message in self.taken]

    def report(self, uid: str, state: str, error: str = "") -> None:
        """The phone learns what became of a text."""
        with self.changed:
            self.states[uid] = state
            self.errors[uid] = error

    def wait_for_requests(self, count: int, timeout_s: float = 10.0) -> None:
        """Until so many requests have come. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.requests >= count, timeout_s):
                raise TimeoutError(f"{self.requests} of {count} requests came")

    def wait_for_texts(self, count: int, timeout_s: float = 10.0) -> None:
        """Until so many texts were taken. Raises TimeoutError."""
        with self.changed:
            if not self.changed.wait_for(lambda: len(self.taken) >= count, timeout_s):
                raise TimeoutError(f"{len(self.taken)} of {count} texts came")


def _append(log: Path, message: dict[str, Any]) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, json.dumps(message).encode() + b"\n")
    finally:
        os.close(handle)


class _Door(BaseHTTPRequestHandler):
    gateway: Gateway
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one piece: otherwise each answer waits for an acknowledgement.
    wbufsize = -1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if not self._is_known():
            return self._answer(401, {"message": "Unauthorized"})
        step = self.gateway.next_step()
        if step and not step.startswith("take-"):
            return self._misbehave(step)
        message = json.loads(body)
        if self.path.partition("?")[0] != "/messages" or not _is_valid(message):
            return self._answer(400, {"message": "Invalid request"})
        is_new = self.gateway.take(message)
        if step:
            return self._misbehave(step.removeprefix("take-"))
        if not is_new:
            return self._answer(409, {"message": "Message with such ID already exists"})
        return self._answer(202, self._state(message["id"], message["phoneNumbers"]))

    def do_GET(self) -> None:
        if not self._is_known():
            return self._answer(401, {"message": "Unauthorized"})
        step = self.gateway.next_step()
        if step:
            return self._misbehave(step.removeprefix("take-"))
        uid = self.path.rpartition("/")[2]
        if uid not in self.gateway.states:
            return self._answer(404, {"message": "Message not found"})
        phones = next(m["phoneNumbers"] for m in self.gateway.taken if m["id"] == uid)
        return self._answer(200, self._state(uid, phones))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Quiet."""

    def _is_known(self) -> bool:
        wanted = base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()
        return self.headers.get("Authorization") == f"Basic {wanted}"

    def _state(self, uid: str, phones: list[str]) -> dict[str, Any]:
        state = self.gateway.states[uid]
        recipients = []
        for phone in phones:
            recipient = {"phoneNumber": phone, "state": state}
            if self.gateway.errors.get(uid):
                recipient["error"] = self.gateway.errors[uid]
            recipients.append(recipient)
        return {"id": uid, "deviceId": DEVICE, "state": state, "recipients": recipients}

    def _answer(self, status: int, body: object, **headers: str) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def _misbehave(self, step: str) -> None:
        kind, *rest = step.split(":")
        if kind == "refuse":
            more = {"Retry_After": rest[1]} if len(rest) > 1 else {}
            return self._answer(int(rest[0]), {"message": "as told"}, **more)
        if kind == "garbage":
            return self._answer(200, ["<html>sign in</html>"])
        if kind == "silent":
            self.gateway.released.wait(30)
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.shutdown(socket.SHUT_RD)
        return None


def _is_valid(message: dict[str, Any]) -> bool:
    text = message.get("textMessage", {}).get("text")
    return bool(text) and len(message.get("phoneNumbers", [])) == 1 and len(message["id"]) <= 36


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A till that was killed leaves a broken connection."""


def _serve(gateway: Gateway, port: int) -> _Server:
    door = type("Door", (_Door,), {"gateway": gateway})
    server = _Server(("127.0.0.1", port), door)
    server.block_on_close = False
    return server


@contextmanager
def running(gateway: Gateway, port: int = 0) -> Iterator[str]:
    """Serve `gateway` on a thread; yields its address."""
    server = _serve(gateway, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="gateway")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        gateway.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Serve until killed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--log", type=Path)
    parser.add_argument(
        "--ignore-ids", action="store_true", help="take one id as often as it comes"
    )
    parser.add_argument("--delivers", action="store_true", help="report every text as delivered")
    arguments = parser.parse_args()
    gateway = Gateway(log=arguments.log, ignores_ids=arguments.ignore_ids)
    if arguments.delivers:
        gateway.states = Delivering()
    server = _serve(gateway, arguments.port)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
