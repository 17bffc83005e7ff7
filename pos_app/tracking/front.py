"""The hot routes as raw ASGI: page, stream, "I'm here", assets. Everything else goes on."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qs

from pos_app.clock import Clock
from pos_app.tracking.arrivals import Arrivals
from pos_app.tracking.asgi import HTML, Application, Receive, Scope, Send, answer, header, start
from pos_app.tracking.limits import Rate
from pos_app.tracking.pages import Pages
from pos_app.tracking.shelf import Entry, Shelf
from pos_app.tracking.stream import Streams
from pos_app.wire.tokens import LENGTH

_READS = ("GET", "HEAD")
_PLAIN = b"text/plain; charset=utf-8"
_ASSET_KEPT = (b"cache-control", b"public, max-age=31536000, immutable")


class Front:
    """Answers what guests ask, and hands the rest to `inner`."""

    def __init__(
        self,
        shelf: Shelf,
        pages: Pages,
        streams: Streams,
        arrivals: Arrivals,
        rate: Rate,
        clock: Clock,
        inner: Application,
    ) -> None:
        self._shelf = shelf
        self._pages = pages
        self._streams = streams
        self._arrivals = arrivals
        self._rate = rate
        self._clock = clock
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        path: str = scope["path"]
        asset = self._pages.assets.get(path)
        if asset is not None and scope["method"] in _READS:
            await answer(send, 200, asset.content_type, asset.body, _ASSET_KEPT)
        elif path.startswith(("/v1/", "/healthz")):
            await self._inner(scope, receive, send)
        else:
            await self._link(path[1 : 1 + LENGTH], path[1 + LENGTH :], scope, receive, send)

    async def _link(self, text: str, rest: str, scope: Scope, receive: Receive, send: Send) -> None:
        now = self._clock.now()
        entry = self._shelf.known(text, now)
        if entry is None and rest in ("", "/events", "/arrived"):
            entry = await self._shelf.find(text)
        if entry is None or rest not in ("", "/events", "/arrived"):
            await answer(send, 404, HTML, self._pages.missing)
            return
        wait_s = self._rate.take(entry.token, now)
        if wait_s:
            await too_many(send, wait_s)
            return
        language = choose_language(entry, scope)
        if rest == "/arrived":
            await self._arrivals.answer(entry, language, scope, send)
        elif scope["method"] not in _READS:
            await answer(send, 405, _PLAIN, b"", (b"allow", b"GET, HEAD"))
        elif rest == "/events":
            await self._streams.answer(entry, language, scope, receive, send)
        else:
            body = entry.body(language, now)
            await send(start(410 if entry.is_gone else 200, HTML, len(body)))
            await send({"type": "http.response.body", "body": body})


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
