"""The one guard for calls to addresses that somebody typed in or sent.

https only, no redirects, no user name in the address, the name resolved once and that address
used, only public addresses, ten seconds, 64 KB. Addresses of this computer and of the shop's
network only when a manager ticked them; those may use http.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase

from pos_app.channels import urls
from pos_app.channels.addresses import Address, is_nearby, is_public, unmapped
from pos_app.channels.cutting import CuttableAdapter
from pos_app.channels.failures import told_shortly

TIMEOUT_S = 10.0
LONGEST_ANSWER = 65_536
_CHUNK = 4_096


class CallFailed(Exception):
    """A call without an answer. `code` is short and free of addresses and secrets.

    `not_sent` says that the other side cannot have seen the request.
    """

    def __init__(self, code: str, *, not_sent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.not_sent = not_sent


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers` have lower-case names."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def check_url(url: str) -> None:
    """Raises CallFailed for an address that is never called, wherever it leads."""
    fault = urls.fault(url)
    if fault:
        raise CallFailed(fault, not_sent=True)


def check_headers(headers: Mapping[str, str]) -> None:
    """Raises CallFailed for what no header can carry: half of it would already be written."""
    if not all(urls.is_header(name, value) for name, value in headers.items()):
        raise CallFailed("bad_header", not_sent=True)


def resolve(host: str, port: int) -> list[Address]:
    """Every address of `host`. Raises CallFailed `no_name`."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CallFailed("no_name", not_sent=True) from None
    return [unmapped(str(entry[4][0])) for entry in found]


def allowed(scheme: str, found: list[Address], *, lan: bool) -> Address:
    """The address to call. Raises CallFailed when any of `found` may not be called.

    All of them are judged, not only the one that is used: a name that also leads inside is a
    trap.
    """
    for address in found:
        if is_public(address):
            if scheme != "https":
                raise CallFailed("not_https", not_sent=True)
        elif not (lan and is_nearby(address)):
            raise CallFailed("address_not_allowed", not_sent=True)
    if not found:
        raise CallFailed("no_name", not_sent=True)
    return found[0]


class _PinnedAdapter(CuttableAdapter):
    """Connects to the address that was judged; the name stays for TLS and `Host`."""

    def __init__(self, *, lan: bool) -> None:
        super().__init__()
        self._lan = lan

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> Any:
        keys: Any = super().build_connection_pool_key_attributes(request, verify, cert)
        target, options = keys
        name, scheme = target["host"], target["scheme"]
        port = target["port"] or (443 if scheme == "https" else 80)
        target["host"] = str(allowed(scheme, resolve(name, port), lan=self._lan))
        if scheme == "https":
            options["server_hostname"] = options["assert_hostname"] = name.strip("[]")
        return target, options


class _Session(requests.Session):
    """Follows nothing, and so never reads where an answer points to.

    The library would parse `Location` and read the whole answer even when told not to go there.
    """

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        del resp
        return None


class GuardedSession:
    """Calls to one configured service, one at a time.

    `headers` go with every call: a token belongs there. The connection is kept between calls
    unless `kept` is False: one that the other side closes just when the next call begins leaves
    an unknown outcome, which only keyed ways out can bear.
    """

    def __init__(
        self,
        *,
        lan: bool,
        auth: AuthBase | None = None,
        headers: Mapping[str, str] | None = None,
        kept: bool = True,
    ) -> None:
        self._kept = kept
        self._adapter = _PinnedAdapter(lan=lan)
        self._headers = dict(headers or {})
        self._session = _Session()
        self._session.trust_env = False
        self._session.auth = auth
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)

    def call(
        self,
        method: str,
        url: str,
        json: object = None,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        patience_s: float | None = None,
        longest: int = LONGEST_ANSWER,
    ) -> Answer:
        """One request, at most ten seconds and 64 KB unless told. Raises CallFailed.

        `body` is sent as it is, instead of `json`.
        """
        check_url(url)
        sent = {**self._headers, **(headers or {})}
        check_headers(sent)
        sent |= {"Host": urlsplit(url).netloc, "Accept-Encoding": "identity"}
        limit_s = TIMEOUT_S if patience_s is None else patience_s
        deadline = time.monotonic() + limit_s
        # The library's own limit begins anew with every byte that drips in.
        cutter = threading.Timer(limit_s, self._adapter.cut)
        cutter.start()
        try:
            with self._session.request(
                method,
                url,
                json=json,
                data=body,
                headers=sent,
                timeout=(min(limit_s, TIMEOUT_S), limit_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                got = _read(response, deadline, longest)
                told = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, told, got)
        except requests.RequestException as error:
            code, not_sent = told_shortly(error)
            if not not_sent and time.monotonic() >= deadline:
                code = "timeout"
            raise CallFailed(code, not_sent=not_sent) from None
        finally:
            cutter.cancel()
            if not self._kept:
                self._session.close()

    def end(self) -> None:
        """End a running call from another thread, and let none begin any more."""
        self._adapter.end()

    def close(self) -> None:
        self._session.close()


def _read(response: requests.Response, deadline: float, longest: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > longest:
            raise CallFailed("answer_too_long", not_sent=False)
        if time.monotonic() > deadline:
            raise CallFailed("timeout", not_sent=False)
    return bytes(body)
