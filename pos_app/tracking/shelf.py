"""Pages kept ready in memory: a token that was proven once is answered without key or database.

An entry is dropped when its order, its shop's profile or its own time changes; finding it again
costs one HMAC and one read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.clock import DAY_MS, Clock, Instant
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.keys import LinkKey
from pos_app.tracking.notify import Notify, notify
from pos_app.tracking.offers import Offers, offers
from pos_app.tracking.pages import Pages
from pos_app.tracking.rendered import Rendered, next_midnight
from pos_app.tracking.repository import Repository
from pos_app.tracking.rows import OrderRow
from pos_app.tracking.view import ShopFace, face
from pos_app.wire import tokens
from pos_app.wire.envelopes import decode
from pos_app.wire.snapshots import OrderSnapshot, ShopProfile

ENDED_KEPT_MS = 14 * DAY_MS
HORIZON_MS = tokens.HORIZON_WEEKS * tokens.WEEK_MS
_NO_KEY = bytes(tokens.KEY_BYTES)


class ShopMemory:
    """What the site holds of one shop in memory; `heard_at` moves with every signed request."""

    __slots__ = ("heard_at", "name", "profile", "shop_id")

    def __init__(
        self, shop_id: str, name: str, heard_at: Instant | None, profile: ShopProfile | None
    ) -> None:
        self.shop_id = shop_id
        self.name = name
        self.heard_at = heard_at
        self.profile = profile


@dataclass(slots=True)
class _Body:
    heard_at: Instant | None
    good_until: Instant
    content: bytes


class Entry:
    """One link: what it opens now, and the bytes made of it so far."""

    __slots__ = (
        "_bodies",
        "_languages",
        "_pages",
        "_rendered",
        "good_until",
        "is_gone",
        "key",
        "row",
        "shop",
        "snapshot",
        "token",
    )

    def __init__(
        self,
        token: str,
        key: tuple[str, str],
        shop: ShopMemory,
        row: OrderRow | None,
        snapshot: OrderSnapshot | None,
        is_gone: bool,
        good_until: Instant,
        pages: Pages,
    ) -> None:
        self.token = token
        self.key = key
        self.shop = shop
        self.row = row
        self.snapshot = snapshot
        self.is_gone = is_gone
        self.good_until = good_until
        self._pages = pages
        self._rendered: dict[str, Rendered] = {}
        self._bodies: dict[str, _Body] = {}
        self._languages: tuple[tuple[str, ...], str] | None = None

    def languages(self) -> tuple[tuple[str, ...], str]:
        """What the page can be read in, and what it is read in unless somebody wishes."""
        if self._languages is None:
            shop = self.face("")
            self._languages = (shop.languages, shop.default_language)
        return self._languages

    def face(self, language: str) -> ShopFace:
        return face(self.shop.profile, self.shop.name, language)

    def rendered(self, language: str, now: Instant) -> Rendered:
        """The live page; not for an entry that is gone."""
        found = self._rendered.get(language)
        if found is None:
            found = self._rendered[language] = self._render(language, now)
        return found

    def body(self, language: str, now: Instant) -> bytes:
        """The bytes to send."""
        body = self._bodies.get(language)
        if body is None or body.heard_at != self.shop.heard_at or now >= body.good_until:
            body = self._bodies[language] = self._fill(language, now)
        return body.content

    def offers(self) -> Offers | None:
        """What this link may do with its order; None where there is no order to be seen."""
        if self.row is None or self.snapshot is None or self.is_gone:
            return None
        return offers(self.snapshot, self.row.marks, self.row.scope)

    def notify(self) -> Notify:
        """What a browser that shows this page may ask of the shop."""
        now_offered = self.offers()
        if self.snapshot is None or now_offered is None:
            return Notify()
        return notify(self.snapshot, now_offered, self.shop.profile)

    def _fill(self, language: str, now: Instant) -> _Body:
        heard_at, shop = self.shop.heard_at, self.face(language)
        good_until = next_midnight(now, shop.zone)
        if self.is_gone:
            content = self._pages.gone(shop, language)
        else:
            rendered = self.rendered(language, now)
            content = rendered.body(heard_at, now)
            good_until = min(good_until, rendered.good_until(now))
        return _Body(heard_at, good_until, content)

    def _render(self, language: str, now: Instant) -> Rendered:
        shop, now_offered = self.face(language), self.offers()
        if self.row is None or self.snapshot is None or now_offered is None:
            return self._pages.unreported(shop, language, now)
        return self._pages.order(
            self.token, self.snapshot, self.row.stored_at, now_offered, self.notify(),
            self.shop.profile, shop, language, now,
        )  # fmt: skip


class Shelf:
    """All entries, newest last, at most `kept`."""

    def __init__(
        self,
        repository: Repository,
        directory: KeyDirectory,
        pages: Pages,
        clock: Clock,
        kept: int,
    ) -> None:
        self._repository = repository
        self._directory = directory
        self._pages = pages
        self._clock = clock
        self._kept = kept
        self._entries: dict[str, Entry] = {}
        self._tokens: dict[tuple[str, str], str] = {}
        self._shops: dict[str, ShopMemory] = {}
        self._generation = 0

    def known(self, text: str, now: Instant) -> Entry | None:
        """The entry of a token (upper case) that was proven before and is still good."""
        entry = self._entries.get(text)
        return entry if entry is not None and now < entry.good_until else None

    async def find(self, text: str) -> Entry | None:
        """The entry of any text; None for what is no genuine token. One HMAC, at most one read."""
        now = self._clock.now()
        text = text.upper()
        known = self.known(text, now)
        if known is not None:
            return known
        try:
            token = tokens.parse(text)
        except tokens.BadToken:
            return None
        # What is read while something is being stored may be old already: read again then.
        while True:
            generation = self._generation
            link = await self._directory.link(token.kid)
            if not tokens.is_genuine(token, link.key if link else _NO_KEY) or link is None:
                return None
            entry = await asyncio.to_thread(self._read, text, token, link, now)
            if generation == self._generation:
                break
        self._put(entry)
        return entry

    def heard(self, shop_id: str, now: Instant) -> None:
        shop = self._shops.get(shop_id)
        if shop is not None:
            shop.heard_at = now

    def forget(self, shop_id: str, token_hashes: Iterable[str]) -> None:
        """These links open something else now."""
        self._generation += 1
        for token_hash in token_hashes:
            text = self._tokens.pop((shop_id, token_hash), None)
            if text is not None:
                self._entries.pop(text, None)

    def forget_shop(self, shop_id: str) -> None:
        """The shop has a new profile."""
        self.forget(shop_id, [known[1] for known in self._tokens if known[0] == shop_id])
        self._shops.pop(shop_id, None)

    def forget_all(self) -> None:
        """Another process wrote: everything is read again."""
        self._generation += 1
        self._entries.clear()
        self._tokens.clear()
        self._shops.clear()

    def _put(self, entry: Entry) -> None:
        # Entries of one shop share one memory of it, so that `heard` reaches all of them.
        entry.shop = self._shops.setdefault(entry.shop.shop_id, entry.shop)
        while len(self._entries) >= self._kept:
            oldest = next(iter(self._entries))
            del self._tokens[self._entries.pop(oldest).key]
        self._entries[entry.token] = entry
        self._tokens[entry.key] = entry.token

    def _read(self, text: str, token: tokens.Token, link: LinkKey, now: Instant) -> Entry:
        key = (link.shop_id, tokens.token_hash(text))
        with self._repository.read() as session:
            row = session.order_of_link(*key)
            is_stub = row is None and session.is_stub(*key)
            shop = session.shop(link.shop_id)
            profile = session.profile(link.shop_id)
        memory = ShopMemory(
            link.shop_id,
            shop.name if shop else "",
            shop.heard_at if shop else None,
            decode(profile, ShopProfile) if profile else None,
        )
        snapshot = decode(row.body, OrderSnapshot) if row else None
        gone_at = _gone_at(token, snapshot, now)
        is_ended = is_stub or link.is_withdrawn or (row is not None and row.revoked)
        is_gone = is_ended or now >= gone_at
        good_until = Instant(now + DAY_MS) if is_gone else gone_at
        return Entry(text, key, memory, row, snapshot, is_gone, good_until, self._pages)


def _gone_at(token: tokens.Token, snapshot: OrderSnapshot | None, now: Instant) -> Instant:
    """When the link stops opening the order: 14 days after its end, or at the horizon."""
    if tokens.is_past_horizon(token, now):
        return now
    weeks_left = tokens.HORIZON_WEEKS + 1 - tokens.age_weeks(token, now)
    horizon = tokens.week_start(now) + weeks_left * tokens.WEEK_MS
    ended_at = snapshot.stages.ended_at if snapshot else None
    return Instant(horizon if ended_at is None else min(horizon, ended_at + ENDED_KEPT_MS))
