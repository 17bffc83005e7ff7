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


async def read_body(receive: Receive, most: int) -> bytes | None:
    """The request's body; None when it has more than `most` bytes, or the sender has gone."""
    body, is_whole = b"", False
    while not is_whole:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > most:
            return None
        is_whole = not message.get("more_body", False)
    return body


def is_from_own_page(scope: Scope, origin: bytes) -> bool:
    """Whether a POST comes from a page of this site, as far as its browser says.

    Browsers always send Origin with a POST; over plain http they leave out Sec-Fetch-Site.
    Whoever sends neither is no browser and has nobody else's page.
    """
    sites = (b"", b"same-origin", b"none")
    return header(scope, b"sec-fetch-site") in sites and header(scope, b"origin") in (b"", origin)
