"""A guest's browser asks to be told: taken from its page, sealed to the shop, and forgotten.

What it sends is personal (whoever has it may know the phone), so it is in this process in clear
only until it is sealed: nothing of it is stored, logged, or answered.
"""

from __future__ import annotations

import asyncio

from pos_app.clock import Clock
from pos_app.errors import BadInput
from pos_app.tracking.asgi import Receive, Scope, Send, answer
from pos_app.tracking.hub import Hub
from pos_app.tracking.own_page import PLAIN, posted
from pos_app.tracking.repository import Repository
from pos_app.tracking.shelf import Entry
from pos_app.wire import box
from pos_app.wire.browsers import (
    LONGEST_BODY,
    PUSH_ON,
    BrowserWish,
    is_secure,
    leads_inside,
    wish,
)
from pos_app.wire.envelopes import encode

PATH = "/push"
MOST_OF_ORDER = 20
"""Wishes of browsers about one order: a family's phones, each of them changing its mind."""


class PushWishes:
    """Takes POST /TOKEN/push; the till hears of it at once."""

    def __init__(self, repository: Repository, hub: Hub, clock: Clock, origin: str) -> None:
        self._repository = repository
        self._hub = hub
        self._clock = clock
        self._origin = origin.encode("ascii")
        # A push service beside a site of this very machine is somebody's trial.
        self._is_trial = is_secure(origin) and not origin.startswith("https:")

    async def answer(self, entry: Entry, scope: Scope, receive: Receive, send: Send) -> None:
        asked = await posted(
            scope, receive, send, origin=self._origin, most=LONGEST_BODY, read=self._read
        )
        if asked is None:
            return
        status, said = await self._taken(entry, asked)
        await answer(send, status, PLAIN, said)

    def _read(self, body: bytes) -> BrowserWish:
        asked = wish(body)
        if leads_inside(asked.subscription.endpoint) and not self._is_trial:
            raise BadInput("subscription.endpoint", "This is no address of a push service.")
        return asked

    async def _taken(self, entry: Entry, asked: BrowserWish) -> tuple[int, bytes]:
        order, profile, offered = entry.snapshot, entry.shop.profile, entry.notify()
        is_taken = offered.is_open if asked.kind == PUSH_ON else bool(offered.key)
        if order is None or profile is None or not is_taken:
            return 409, b"Nobody is told about this order any more.\n"
        shop_id, key = entry.shop.shop_id, profile.box_key
        if not await asyncio.to_thread(self._store, shop_id, order.uid, key, asked):
            return 429, b"That is enough for one order.\n"
        self._hub.call_till(shop_id)
        return 202, b"The shop is told.\n"

    def _store(self, shop_id: str, uid: str, key: str, asked: BrowserWish) -> bool:
        # Encoded again from its own fields: whatever else was sent ends here.
        sealed = box.close(encode(asked), key, uid)
        with self._repository.write() as session:
            if not session.count_push_act(shop_id, uid, MOST_OF_ORDER):
                return False
            session.add_action(shop_id, asked.kind, uid, self._clock.now(), sealed=sealed)
            return True
