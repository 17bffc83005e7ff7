""" "I'm here": the first act of a customer that travels back to the till."""

from __future__ import annotations

import asyncio

from pos_app.clock import Clock, Instant
from pos_app.tracking.asgi import Scope, Send, answer, header
from pos_app.tracking.hub import Hub
from pos_app.tracking.repository import Repository
from pos_app.tracking.shelf import Entry, Shelf

ARRIVED = "arrived"
_PLAIN = b"text/plain; charset=utf-8"
_OWN_SITES = (b"", b"same-origin", b"none")


class Arrivals:
    """Takes the button's POST; pressing it again changes nothing."""

    def __init__(
        self, repository: Repository, shelf: Shelf, hub: Hub, clock: Clock, origin: str
    ) -> None:
        self._repository = repository
        self._shelf = shelf
        self._hub = hub
        self._clock = clock
        self._origin = origin.encode("ascii")

    async def answer(self, entry: Entry, language: str, scope: Scope, send: Send) -> None:
        if scope["method"] != "POST":
            await answer(send, 405, _PLAIN, b"", (b"allow", b"POST"))
            return
        if not self._is_own_form(scope):
            await answer(send, 403, _PLAIN, b"This button works on its own page only.\n")
            return
        snapshot = entry.snapshot
        if snapshot is not None and may_arrive(entry):
            await self._arrive(entry, snapshot.uid)
        back = f"/{entry.token}?lang={language}".encode("ascii")
        await answer(send, 303, _PLAIN, b"", (b"location", back))

    async def _arrive(self, entry: Entry, uid: str) -> None:
        now = self._clock.now()
        hashes = await asyncio.to_thread(self._record, entry.shop.shop_id, uid, now)
        self._shelf.forget(entry.shop.shop_id, hashes)
        self._hub.publish(entry.shop.shop_id, hashes)
        self._hub.call_till(entry.shop.shop_id)

    def _record(self, shop_id: str, uid: str, now: Instant) -> list[str]:
        with self._repository.write() as session:
            if session.mark_arrived(shop_id, uid, now):
                session.add_action(shop_id, ARRIVED, uid, now)
            return session.links_of(shop_id, uid)

    def _is_own_form(self, scope: Scope) -> bool:
        # Browsers always send Origin with a form's POST; over plain http they leave out
        # Sec-Fetch-Site. Whoever sends neither is no browser and has nobody else's page.
        origin = header(scope, b"origin")
        return header(scope, b"sec-fetch-site") in _OWN_SITES and origin in (b"", self._origin)


def may_arrive(entry: Entry) -> bool:
    """Only for an open pickup order that this link may open."""
    order = entry.snapshot
    return (
        order is not None
        and not entry.is_gone
        and order.fulfilment == "pickup"
        and order.phase not in ("done", "cancelled")
    )
