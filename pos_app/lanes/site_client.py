"""Signed calls to the site this shop reports to. One instance serves one lane."""

from __future__ import annotations

import time
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.channels.cutting import CuttableAdapter
from pos_app.channels.failures import told_shortly
from pos_app.clock import Clock, Instant
from pos_app.errors import BadInput
from pos_app.keys import SIGNING, KeyStore, secret
from pos_app.lanes.lane import Down
from pos_app.store.sites import Site
from pos_app.wire import signing
from pos_app.wire.envelopes import decode, encode
from pos_app.wire.link_keys import PATH as LINK_KEYS
from pos_app.wire.link_keys import LinkKeyAnswer, LinkKeyRequest
from pos_app.wire.snapshots import ActionsAnswer, Fault, PushAnswer

CONNECT_S = 5.0
ANSWER_S = 30.0
LONGEST_ANSWER = 4_194_304
_JSON = "application/json"
_CHUNK = 65_536
_STATUS_CODES = {
    401: "unauthorized",
    404: "not_offered",
    409: "fork",
    413: "too_large",
    429: "busy",
}
_FAULTS = {403: ("other_store", "revoked"), 409: ("other_key", "no_kid")}

_Answer = TypeVar("_Answer", bound=msgspec.Struct)


class SiteClient:
    """Talks to one site as one terminal. Raises Down with a short code, nothing else.

    `offset_ms` is what the site's clock is ahead of ours, once it has complained.
    """

    def __init__(self, site: Site, keys: KeyStore, clock: Clock) -> None:
        self.site = site
        self.offset_ms = 0
        self._base = base_of(site)
        self._clock = clock
        self._key = Ed25519PrivateKey.from_private_bytes(secret(keys, SIGNING))
        self._adapter = CuttableAdapter()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)

    def push(self, body: bytes) -> PushAnswer:
        """POST /v1/snapshots with an encoded PushRequest."""
        return self._call("POST", "/v1/snapshots", "", body, PushAnswer)

    def actions(self, after: int, wait_s: int) -> ActionsAnswer:
        """GET /v1/actions; waits up to `wait_s` seconds for the first one."""
        query = f"after={after}&wait={wait_s}"
        return self._call("GET", "/v1/actions", query, b"", ActionsAnswer)

    def link_key(self, request: LinkKeyRequest) -> LinkKeyAnswer:
        """POST /v1/link-keys; an older site answers `not_offered`."""
        return self._call("POST", LINK_KEYS, "", encode(request), LinkKeyAnswer)

    def cut(self) -> None:
        """End a call that another thread has running or is about to begin, and every later one."""
        self._adapter.end()

    def close(self) -> None:
        self._session.close()

    def _call(
        self, method: str, path: str, query: str, body: bytes, shape: type[_Answer]
    ) -> _Answer:
        status, raw = self._send(method, path, query, body)
        if status == 401 and self._learn_clock(raw):
            status, raw = self._send(method, path, query, body)
        if status != 200:
            raise Down(_code(status, raw))
        try:
            return decode(raw, shape)
        except BadInput:
            raise Down("garbage") from None

    def _send(self, method: str, path: str, query: str, body: bytes) -> tuple[int, bytes]:
        url = f"{self._base}{path}?{query}" if query else f"{self._base}{path}"
        headers = self._signed(method, path, query, body)
        deadline = time.monotonic() + ANSWER_S
        try:
            with self._session.request(
                method,
                url,
                data=body or None,
                headers=headers,
                timeout=(CONNECT_S, ANSWER_S),
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, _read(response, deadline)
        except requests.RequestException as error:
            raise Down(told_shortly(error)[0]) from None

    def _signed(self, method: str, path: str, query: str, body: bytes) -> dict[str, str]:
        request = signing.Request(
            method=method,
            origin=self.site.origin,
            path=path,
            query=query,
            key_id=self.site.terminal_id,
            time_s=(self._clock.now() + self.offset_ms) // 1000,
            nonce=signing.new_nonce(),
            content_type=_JSON,
            body=body,
        )
        return {**signing.sign(request, self._key), "Content-Type": _JSON}

    def _learn_clock(self, raw: bytes) -> bool:
        """Take over the site's time when that was the complaint."""
        try:
            fault = decode(raw, Fault)
        except BadInput:
            return False
        if fault.error != "clock" or fault.now is None:
            return False
        self.offset_ms = Instant(fault.now) - self._clock.now()
        return True


def base_of(site: Site) -> str:
    """Where the site is called; one on the shop's network lets a till in on loopback only."""
    if site.mode == "shop_network":
        return f"http://127.0.0.1:{urlsplit(site.origin).port}"
    return site.origin


def _read(response: requests.Response, deadline: float) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > LONGEST_ANSWER or time.monotonic() > deadline:
            raise Down("garbage")
    return bytes(body)


def _code(status: int, raw: bytes) -> str:
    try:
        fault = decode(raw, Fault).error
    except BadInput:
        fault = ""
    if fault in _FAULTS.get(status, ()):
        return fault
    return _STATUS_CODES.get(status, "site_error" if status >= 500 else "refused")
