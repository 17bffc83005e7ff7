"""The hot routes as raw ASGI: page, stream, guests' forms, assets. Everything else goes on."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qs

from pos_app.clock import Clock
from pos_app.tracking.asgi import HTML, Application, Receive, Scope, Send, answer, header, start
from pos_app.tracking.assets import WORKER, Asset
from pos_app.tracking.guest_acts import KINDS, GuestActs
from pos_app.tracking.limits import Rate
from pos_app.tracking.pages import Pages
from pos_app.tracking.push_wishes import PATH as PUSH
from pos_app.tracking.push_wishes import PushWishes
from pos_app.tracking.shelf import Entry, Shelf
from pos_app.tracking.stream import Streams
from pos_app.wire.drops import PATH as DROP_PATH
from pos_app.wire.tokens import LENGTH

_READS = ("GET", "HEAD")
_RESTS = ("", "/events", PUSH, *KINDS)
_PLAIN = b"text/plain; charset=utf-8"
_ASSET_KEPT = (b"cache-control", b"public, max-age=31536000, immutable")


class Front:
    """Answers what guests ask, and hands the rest to `inner`; `drops` are couriers' pages."""

    def __init__(
        self,
        shelf: Shelf,
        pages: Pages,
        streams: Streams,
        guest_acts: GuestActs,
        push_wishes: PushWishes,
        rate: Rate,
        clock: Clock,
        drops: Application | None,
        inner: Application,
    ) -> None:
        self._shelf = shelf
        self._pages = pages
        self._streams = streams
        self._guest_acts = guest_acts
        self._push_wishes = push_wishes
        self._rate = rate
        self._clock = clock
        self._drops = drops
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        path: str = scope["path"]
        asset = self._pages.assets.get(path)
        if asset is not None and scope["method"] in _READS:
            await _asset(asset, scope, send)
        elif path == WORKER and scope["method"] in _READS:
            worker = self._pages.worker
            await answer(send, 200, worker.content_type, worker.body)
        elif path.startswith(("/v1/", "/healthz")):
            await self._inner(scope, receive, send)
        elif self._drops is not None and path[: len(DROP_PATH)].upper() == DROP_PATH:
            await self._drops(scope, receive, send)
        else:
            await self._link(path[1 : 1 + LENGTH], path[1 + LENGTH :], scope, receive, send)

    async def _link(self, text: str, rest: str, scope: Scope, receive: Receive, send: Send) -> None:
        now = self._clock.now()
        entry = self._shelf.known(text, now)
        if entry is None and rest in _RESTS:
            entry = await self._shelf.find(text)
        if entry is None or rest not in _RESTS:
            await answer(send, 404, HTML, self._pages.missing)
            return
        wait_s = self._rate.take(entry.token, now)
        if wait_s:
            await too_many(send, wait_s)
            return
        language = choose_language(entry, scope)
        if rest in KINDS:
            await self._guest_acts.answer(entry, KINDS[rest], language, scope, receive, send)
        elif rest == PUSH:
            await self._push_wishes.answer(entry, scope, receive, send)
        elif scope["method"] not in _READS:
            await answer(send, 405, _PLAIN, b"", (b"allow", b"GET, HEAD"))
        elif rest == "/events":
            await self._streams.answer(entry, language, scope, receive, send)
        else:
            body = entry.body(language, now)
            await send(start(410 if entry.is_gone else 200, HTML, len(body)))
            await send({"type": "http.response.body", "body": body})


async def _asset(asset: Asset, scope: Scope, send: Send) -> None:
    # Only what holds no secret is packed: its size tells nothing.
    kept = (_ASSET_KEPT, (b"vary", b"accept-encoding"))
    if b"gzip" in header(scope, b"accept-encoding"):
        more = (*kept, (b"content-encoding", b"gzip"))
        await answer(send, 200, asset.content_type, asset.packed, *more)
    else:
        await answer(send, 200, asset.content_type, asset.body, *kept)


async def too_many(send: Send, wait_s: int) -> None:
    retry = (b"retry-after", str(wait_s).encode("ascii"))
    await answer(send, 429, _PLAIN, b"Too many requests.\n", retry)


def choose_language(entry: Entry, scope: Scope) -> str:
    """`?lang=` if the shop has it, else the browser's wish, else the shop's own language."""
    languages, default = entry.languages()
    return wished(scope["query_string"], header(scope, b"accept-language"), languages, default)


@lru_cache(maxsize=4096)
def wished(query: bytes, accepted: bytes, languages: tuple[str, ...], default: str) -> str:
    asked = parse_qs(query.decode("latin-1"), max_num_fields=10).get("lang", [""])[0]
    if asked in languages:
        return asked
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted.decode("latin-1").split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        ranked.append((-_quality(quality), place, tag.partition("-")[0].strip().lower()))
    for weight, _, code in sorted(ranked):
        if weight < 0 and code in languages:
            return code
    return default


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
