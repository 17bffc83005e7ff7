"""What a script of one of our own pages posts: JSON, small, and from nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos_app.errors import BadInput
from pos_app.tracking.asgi import Receive, Scope, Send, answer, header, is_from_own_page, read_body

T = TypeVar("T")
PLAIN, JSON = b"text/plain; charset=utf-8", b"application/json"


async def posted(
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    origin: bytes,
    most: int,
    read: Callable[[bytes], T],
) -> T | None:
    """What `read` makes of the body; None once it has been refused and answered.

    `read` raises BadInput, of which the field is told and never what stood in it.
    """
    if scope["method"] != "POST":
        await answer(send, 405, PLAIN, b"", (b"allow", b"POST"))
        return None
    if not is_from_own_page(scope, origin):
        await answer(send, 403, PLAIN, b"This button works on its own page only.\n")
        return None
    if header(scope, b"content-type").partition(b";")[0].strip() != JSON:
        await answer(send, 415, PLAIN, b"Only JSON is read here.\n")
        return None
    body = await read_body(receive, most)
    if body is None:
        await answer(send, 413, PLAIN, b"That is too long.\n")
        return None
    try:
        return read(body)
    except BadInput as error:
        await answer(send, 400, PLAIN, f"Not understood: {error.field}\n".encode())
        return None
