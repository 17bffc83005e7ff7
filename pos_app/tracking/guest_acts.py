"""What guests do on the page and what travels back to their till: plain forms, each act once."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

from pos_app.clock import Clock, Instant
from pos_app.tracking.asgi import Receive, Scope, Send, answer, is_from_own_page, read_body
from pos_app.tracking.hub import Hub
from pos_app.tracking.repository import Repository
from pos_app.tracking.shelf import Entry, Shelf
from pos_app.wire.snapshots import ARRIVED, CANCEL_ASKED, MOST_STARS, RATED, TEXTS_STOPPED

KINDS = {
    "/arrived": ARRIVED,
    "/cancel": CANCEL_ASKED,
    "/rate": RATED,
    "/stop": TEXTS_STOPPED,
}
"""The act of each form, by the rest of its address."""

_PLAIN = b"text/plain; charset=utf-8"
_LONGEST_FORM = 200


class GuestActs:
    """Takes the POST of a form; pressing it again, or too late, changes nothing."""

    def __init__(
        self, repository: Repository, shelf: Shelf, hub: Hub, clock: Clock, origin: str
    ) -> None:
        self._repository = repository
        self._shelf = shelf
        self._hub = hub
        self._clock = clock
        self._origin = origin.encode("ascii")

    async def answer(
        self, entry: Entry, kind: str, language: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if scope["method"] != "POST":
            await answer(send, 405, _PLAIN, b"", (b"allow", b"POST"))
            return
        if not is_from_own_page(scope, self._origin):
            await answer(send, 403, _PLAIN, b"This button works on its own page only.\n")
            return
        stars = await _read_stars(receive) if kind == RATED else None
        if kind == RATED and stars is None:
            await answer(send, 400, _PLAIN, b"A rating is from 1 to 5 stars.\n")
            return
        snapshot, offers = entry.snapshot, entry.offers()
        if snapshot is not None and offers is not None and kind in offers.acts:
            await self._take(entry, snapshot.uid, kind, stars)
        back = f"/{entry.token}?lang={language}".encode("ascii")
        await answer(send, 303, _PLAIN, b"", (b"location", back))

    async def _take(self, entry: Entry, uid: str, kind: str, stars: int | None) -> None:
        now = self._clock.now()
        hashes = await asyncio.to_thread(self._record, entry.shop.shop_id, uid, kind, stars, now)
        self._shelf.forget(entry.shop.shop_id, hashes)
        self._hub.publish(entry.shop.shop_id, hashes)
        self._hub.call_till(entry.shop.shop_id)

    def _record(
        self, shop_id: str, uid: str, kind: str, stars: int | None, now: Instant
    ) -> list[str]:
        with self._repository.write() as session:
            if session.mark(shop_id, uid, kind, now if stars is None else stars):
                session.add_action(shop_id, kind, uid, now, stars)
            return session.links_of(shop_id, uid)


async def _read_stars(receive: Receive) -> int | None:
    """The rating in the form's body; None for anything else."""
    body = await read_body(receive, _LONGEST_FORM)
    if body is None:
        return None
    given = parse_qs(body.decode("latin-1"), max_num_fields=10).get("stars", [""])[0]
    return int(given) if len(given) == 1 and given in "12345"[:MOST_STARS] else None
