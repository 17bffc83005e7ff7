"""Types and the few answers that the raw routes share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

HTML = b"text/html; charset=utf-8"


def start(status: int, content_type: bytes, length: int, *more: tuple[bytes, bytes]) -> Message:
    """The first message of an answer whose length is known."""
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(length).encode("ascii")),
        *more,
    ]
    return {"type": "http.response.start", "status": status, "headers": headers}


async def answer(
    send: Send, status: int, content_type: bytes, body: bytes, *more: tuple[bytes, bytes]
) -> None:
    await send(start(status, content_type, len(body), *more))
    await send({"type": "http.response.body", "body": body})


def header(scope: Scope, name: bytes) -> bytes:
    """The first header `name` (lower case), or nothing."""
    for found, value in scope["headers"]:
        if found == name:
            return bytes(value)
    return b""
