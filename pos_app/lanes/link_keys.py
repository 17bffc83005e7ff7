"""The key that links are made with, followed by the next one: by hand, or when its site says so.

The site takes the next key first, then the store turns to it. Whatever is cut off in between, the
till goes on with a key that its site knows, and asking again gets the same handle. Links that
were printed go on opening: the site keeps an old key until its last link has ended.
"""

from __future__ import annotations

from pos_app.clock import HOUR_MS, Instant
from pos_app.errors import OrderbellError, Refused, Unavailable
from pos_app.keys import ROOT, secret
from pos_app.lanes.lane import Down
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_client import SiteClient
from pos_app.store import sites
from pos_app.store.sites import Site
from pos_app.wire.link_keys import LinkKeyRequest
from pos_app.wire.pairing import key_text
from pos_app.wire.snapshots import KeyWord
from pos_app.wire.tokens import link_key

AGAIN_MS = HOUR_MS


def renew(shop: OpenShop) -> int:
    """Have the site in use take the next key, and make links with it from now on; its generation.

    Raises Refused or Unavailable; then links are made with the key of before.
    """
    with shop.database.read() as connection:
        site = sites.active(connection)
    if site is None:
        raise Refused(
            "There is no page whose links could get a new key",
            hint="Choose who opens the page in Settings, Tracking page.",
        )
    client = SiteClient(site, shop.keys, shop.clock)
    try:
        return take(shop, client, site, site.generation + 1)
    except Down as down:
        raise _plain(down.code) from None
    finally:
        client.close()


def take(shop: OpenShop, client: SiteClient, site: Site, generation: int) -> int:
    """Make links with the key of `generation`, which the site has taken; the same. Raises Down."""
    key = link_key(secret(shop.keys, ROOT), site.origin, generation)
    known = site.kid if generation == site.generation else None
    answer = client.link_key(LinkKeyRequest(generation, key_text(key), known))
    if answer.gen != generation:
        raise Down("garbage")
    shop.desk.use_link_key(site, answer.kid, generation)
    return generation


class KeyCare:
    """Does what a site says of the key in its answers to pushes."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._tried_at: Instant | None = None

    def heed(self, client: SiteClient, site: Site, word: KeyWord) -> None:
        """Raises Down when the site has lost the key and takes it no more.

        A key that is only old works on: what hinders the next one is tried again in an hour.
        """
        if word == "unknown":
            take(self._shop, client, site, site.generation)
        elif word == "old" and self._is_due():
            self._tried_at = self._shop.clock.now()
            try:
                take(self._shop, client, site, site.generation + 1)
            except Down:
                return

    def _is_due(self) -> bool:
        return self._tried_at is None or self._shop.clock.now() - self._tried_at >= AGAIN_MS


def _plain(code: str) -> OrderbellError:
    if code in ("revoked", "unauthorized"):
        return Refused(
            "The site no longer lets this till in",
            hint="Ask whoever runs the site for a pairing code, then pair again.",
        )
    if code == "busy":
        return Refused(
            "The links of this till got new keys today already",
            hint="Try again tomorrow.",
        )
    if code == "not_offered":
        return Unavailable(
            "The site is too old for this",
            hint="Ask whoever runs it to update it.",
        )
    if code in ("other_key", "no_kid"):
        return Refused(
            "The site takes no further key of this till",
            hint="Pair it again: links that are printed go on opening.",
        )
    return Unavailable(
        "The site did not take the new key",
        "It answered: {code}.",
        "Links are made with the key of before. Try again.",
        code=code,
    )
