"""Server-sent events of one page: the version now, every change, and a sign of life."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

import msgspec

from pos_app.clock import Clock
from pos_app.tracking.asgi import Receive, Scope, Send, answer, header
from pos_app.tracking.hub import BEAT, CHANGED, ENDED, Hub, Watcher
from pos_app.tracking.shelf import Entry, Shelf

BEAT_S = 15
_HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8")]
_RETRY = b"retry: 3000\n\n"
_GONE = b"event: gone\ndata: {}\n\n"
_FULL_WAIT = (b"retry-after", b"30")


class Streams:
    """Opens streams; each is one coroutine that sleeps until its watcher is woken."""

    def __init__(self, shelf: Shelf, hub: Hub, clock: Clock) -> None:
        self._shelf = shelf
        self._hub = hub
        self._clock = clock

    async def answer(
        self, entry: Entry, language: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        watcher = self._hub.join(entry.key, scope["orderbell.address"])
        if watcher is None:
            await answer(
                send, 429, b"text/plain; charset=utf-8", b"Too many streams.\n", _FULL_WAIT
            )
            return
        left = asyncio.ensure_future(_until_left(receive, watcher))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            if scope["method"] != "HEAD":
                await self._run(entry.token, language, _last_seen(scope), watcher, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._hub.leave(watcher)
            left.cancel()

    async def _run(
        self, token: str, language: str, seen: str, watcher: Watcher, send: Send
    ) -> None:
        flags, opening = CHANGED | BEAT, _RETRY
        while not flags & ENDED:
            entry = await self._shelf.find(token)
            if entry is None or entry.is_gone:
                await _tell(send, opening + _GONE)
                return
            told = opening
            rendered = entry.rendered(language, self._clock.now())
            if rendered.version != seen:
                told += rendered.event
                seen = rendered.version
            elif opening:
                told += b"event: version\nid: %s\ndata: {}\n\n" % seen.encode("ascii")
            if flags & BEAT:
                told += self._heard(entry)
            if told:
                await _tell(send, told)
            opening = b""
            flags = await watcher.woken()

    def _heard(self, entry: Entry) -> bytes:
        told = {"now": self._clock.now(), "heard": entry.shop.heard_at or 0}
        return b": beat\nevent: heard\ndata: " + msgspec.json.encode(told) + b"\n\n"


async def _tell(send: Send, text: bytes) -> None:
    await send({"type": "http.response.body", "body": text, "more_body": True})


async def _until_left(receive: Receive, watcher: Watcher) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    watcher.wake(ENDED)


def _last_seen(scope: Scope) -> str:
    """The version that the browser shows: of its last event, else of the page it loaded."""
    last = header(scope, b"last-event-id").decode("latin-1")
    if last:
        return last
    asked = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=10)
    seen: list[str] = asked.get("v", [""])
    return seen[0]
