"""Joining a hosted site: one pasted code, one signed request, and the shop reports there.

The keys are made and stored before anything is sent, so that a request whose answer got lost is
repeated with the same keys and gets the same answer. A till that was cut off comes back with keys
of its own making only: whoever stole it has the others.
"""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass

import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app import keys
from pos_app.clock import SECOND_MS
from pos_app.errors import BadInput, Refused, Unavailable
from pos_app.lanes.shop import OpenShop
from pos_app.store.sites import Site
from pos_app.wire import signing, tokens
from pos_app.wire.envelopes import decode
from pos_app.wire.pairing import PairAnswer, PairingCode, PairRequest, check_word, key_text
from pos_app.wire.snapshots import Fault

FIRST_GENERATION = 1
TIMEOUT_S = 30.0
LONGEST_ANSWER = 65_536
_PATH = "/v1/pair"
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Paired:
    """`check_word` is what the site shows as well; `links` counts open orders that got a page."""

    origin: str
    check_word: str
    links: int


def pair(shop: OpenShop, code: PairingCode) -> Paired:
    """Pair with the site that gave `code` and report to it from now on.

    Open orders whose links were made with keys that are gone get links anew. Raises Unavailable
    when it does not answer, Refused when it does not take the code.
    """
    if shop.keys.get(keys.ROOT) is None and shop.desk.setup().site is not None:
        # On another computer: a key that is made now is not the one that the site knows.
        shop.desk.stop_site()
    try:
        return _pair(shop, code)
    except _KeyRevoked:
        _make_new_keys(shop)
        return _pair(shop, code)


class _KeyRevoked(Refused):
    """The site has cut off whoever signs with this key."""


def _make_new_keys(shop: OpenShop) -> None:
    """Forget the keys that somebody else may have."""
    # First, so that no link is made under the old handle with a key that its site never had.
    shop.desk.stop_site()
    for name in (keys.SIGNING, keys.ROOT):
        shop.keys.put(name, secrets.token_bytes(32))


def _pair(shop: OpenShop, code: PairingCode) -> Paired:
    signing_key = Ed25519PrivateKey.from_private_bytes(keys.secret(shop.keys, keys.SIGNING))
    root = keys.secret(shop.keys, keys.ROOT)
    generation = _generation(shop, code.origin)
    link_keys = tuple(tokens.link_key(root, code.origin, n) for n in range(1, generation + 1))
    sig_pub = signing_key.public_key().public_bytes_raw()
    request = PairRequest(
        code=code.secret,
        sig_pub=key_text(sig_pub),
        link_key=key_text(link_keys[-1]),
        gen=generation,
        store_id=shop.identity.store_id,
        epoch=shop.identity.epoch,
        terminal_name=(socket.gethostname() or "till")[:80],
    )
    answer = _ask(shop, code, msgspec.json.encode(request), signing_key)
    site = Site(
        site_id=answer.site_id,
        mode="hosted",
        origin=code.origin,
        shop_id=answer.shop_id,
        terminal_id=answer.terminal_id,
        kid=answer.kid,
        generation=generation,
        site_epoch=answer.site_epoch,
        push_seq=0,
        action_cursor=0,
        profile_version=0,
        heard_at=shop.clock.now(),
    )
    links = shop.desk.use_site(site, link_keys[-1], link_keys)
    return Paired(code.origin, check_word(code.secret, sig_pub), links)


def _generation(shop: OpenShop, origin: str) -> int:
    """The generation in use there, so that the keys of links made before can be told."""
    site = shop.desk.setup().site
    return site.generation if site is not None and site.origin == origin else FIRST_GENERATION


def _ask(
    shop: OpenShop, code: PairingCode, body: bytes, signing_key: Ed25519PrivateKey
) -> PairAnswer:
    signed = signing.sign(
        signing.Request(
            method="POST",
            origin=code.origin,
            path=_PATH,
            query="",
            key_id=signing.UNPAIRED_KEY,
            time_s=shop.clock.now() // SECOND_MS,
            nonce=signing.new_nonce(),
            content_type=_JSON,
            body=body,
        ),
        signing_key,
    )
    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.post(
                code.origin + _PATH,
                data=body,
                headers={**signed, "Content-Type": _JSON},
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,
            ) as response:
                raw = response.raw.read(LONGEST_ANSWER + 1, decode_content=True)
                status = response.status_code
        except (requests.RequestException, OSError) as error:
            raise Unavailable(
                "The site does not answer",
                "{host}: {reason}.",
                "Check the internet connection, then pair again with the same code.",
                host=code.host,
                reason=type(error).__name__,
            ) from None
    return _read(status, raw)


def _read(status: int, raw: bytes) -> PairAnswer:
    if status == 403 and _fault(raw) == "revoked":
        raise _KeyRevoked("The site has cut this till off", hint="Ask for a new code.")
    if status in (401, 403):
        raise Refused(
            "The site does not take this code",
            "It works once and for ten minutes, and this computer's clock must be right.",
            "Ask for a new code.",
        )
    if status != 200:
        raise Unavailable(
            "The site could not pair", "It answered {status}.", "Try again later.", status=status
        )
    try:
        return msgspec.json.decode(raw, type=PairAnswer)
    except msgspec.DecodeError:
        raise Unavailable(
            "The site's answer cannot be read", "Is this an Orderbell site?", "Check the code."
        ) from None


def _fault(raw: bytes) -> str:
    try:
        return decode(raw, Fault).error
    except BadInput:
        return ""
