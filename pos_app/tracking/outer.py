"""The one layer outside everything: whose request it is, headers, failures, errors.

Every answer passes here, also those of the raw routes and of what goes wrong, so that no route
can forget a header or a limit.
"""

from __future__ import annotations

import logging

from pos_app.clock import Clock
from pos_app.crashes import watching
from pos_app.tracking.asgi import Application, Headers, Message, Receive, Scope, Send, header, start
from pos_app.tracking.limits import Rate, address_block, is_address, is_loopback
from pos_app.tracking.settings import SiteSettings

_POLICY = (
    b"default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; img-src 'self'; "
    b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS: Headers = [
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-robots-tag", b"noindex"),
]
_NO_STORE = (b"cache-control", b"no-store")
_HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
_FAILED = (400, 403, 404, 405)
_KEPT = ("/assets/", "/favicon.ico")
_PLAIN = b"text/plain; charset=utf-8"


class Outer:
    """Wraps the whole site."""

    def __init__(self, inner: Application, settings: SiteSettings, clock: Clock) -> None:
        self._inner = inner
        self._clock = clock
        self._is_local = settings.is_local
        self._proxy = settings.trusted_proxy
        self._authority = settings.authority.encode("ascii")
        self._loopback_authority = f"127.0.0.1:{settings.port}".encode("ascii")
        self._failures = Rate(settings.limits.failures_per_minute)
        self._kept_headers = [*_ALWAYS, _HSTS] if settings.is_https else _ALWAYS
        self._headers = [*self._kept_headers, _NO_STORE]
        self._log = logging.getLogger("orderbell.site")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            return
        client = self._client(scope)
        scope["orderbell.address"] = address_block(client)
        reply = _Reply(self, scope, send)
        try:
            if self._is_local and (refusal := self._refusal(scope, client)) is not None:
                await _plain(reply, *refusal)
            else:
                await self._inner(scope, receive, reply)
        except Exception as error:
            # The kind of error only: its text and its trace may hold what no log may.
            self._log.error("request_failed error=%s", type(error).__name__)
            watching.keep(error, "site")
            if reply.is_started:
                raise
            await _plain(reply, 500, b"Something went wrong here. Please try again.\n")

    def failure_wait_s(self, scope: Scope) -> int:
        """Count a failure of this address; 0 while it may be told, else seconds to wait."""
        return self._failures.take(scope["orderbell.address"], self._clock.now())

    def headers_of(self, message: Message, scope: Scope) -> Headers:
        is_asset = message["status"] == 200 and scope["path"].startswith(_KEPT)
        return [*message["headers"], *(self._kept_headers if is_asset else self._headers)]

    def _client(self, scope: Scope) -> str:
        peer: str = scope["client"][0] if scope["client"] else ""
        if self._proxy is None or peer != self._proxy:
            return peer
        # Only the last entry was written by the proxy; what stands before it anyone can send.
        last = header(scope, b"x-forwarded-for").decode("latin-1").rpartition(",")[2].strip()
        return last if is_address(last) else peer

    def _refusal(self, scope: Scope, client: str) -> tuple[int, bytes] | None:
        """Rules of a site on a shop's own network: exact `Host`, /v1 only from this machine."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        is_api = scope["path"].startswith("/v1/")
        is_from_here = is_loopback(client) and is_loopback(scope["server"][0])
        if is_api and not is_from_here:
            return 404, b"Not found.\n"
        if hosts == [self._authority] or (
            # The till itself: its lanes and its look at the site's health.
            is_from_here
            and hosts == [self._loopback_authority]
            and (is_api or scope["path"] == "/healthz")
        ):
            return None
        return 421, b"This is not the address of this site.\n"


class _Reply:
    """The `send` of one request: adds the headers, and counts what failed.

    The tills' route has its own count of failures (signed.py), so that guests behind the same
    address cannot lock a till out.
    """

    __slots__ = ("_is_replaced", "_outer", "_scope", "_send", "is_started")

    def __init__(self, outer: Outer, scope: Scope, send: Send) -> None:
        self._outer = outer
        self._scope = scope
        self._send = send
        self._is_replaced = False
        self.is_started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.is_started = True
            if message["status"] in _FAILED and not self._scope["path"].startswith("/v1/"):
                message = self._counted(message)
            headers = self._outer.headers_of(message, self._scope)
            message = {**message, "headers": headers}
        elif self._is_replaced:
            if message.get("more_body"):
                return
            message = {"type": "http.response.body", "body": _TOO_MANY}
        await self._send(message)

    def _counted(self, message: Message) -> Message:
        wait_s = self._outer.failure_wait_s(self._scope)
        if not wait_s:
            return message
        self._is_replaced = True
        retry = (b"retry-after", str(wait_s).encode("ascii"))
        return start(429, _PLAIN, len(_TOO_MANY), retry)


_TOO_MANY = b"Too many requests.\n"


async def _plain(send: Send, status: int, body: bytes) -> None:
    await send(start(status, _PLAIN, len(body)))
    await send({"type": "http.response.body", "body": body})
