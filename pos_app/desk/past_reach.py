"""How the guests of past orders could be reached, and who of them wants nothing said.

What is known is as it is now: an address that has been forgotten reaches nobody any more. Only that
a guest was told in a chat or a browser of his outlives the address, in the text that told him.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_app.desk import asked_on
from pos_app.desk.chats import TELEGRAM
from pos_app.desk.setup import Setup
from pos_app.store import opt_outs, past_reach, unwanted
from pos_app.store.database import Connection
from pos_app.store.messages import BY_PHONE

PUSH = "push"
_ASKED_FIRST = (TELEGRAM, PUSH)
"""Nobody is told here who has not asked for it."""


class Reach:
    """Of the orders of one simulation; reads nothing where nothing can be found."""

    def __init__(self, connection: Connection, setup: Setup) -> None:
        self._connection = connection
        self._open = setup.open_channels
        self._looks_beside = not (
            setup.identity.practice or asked_on.BESIDE_PHONE.isdisjoint(self._open)
        )
        self._key = setup.address_key
        has_key = self._key is not None
        self._stops = opt_outs.every_hash(connection) if has_key else frozenset()
        self._of_order: dict[int, tuple[str, ...]] = {}
        self._of_person: dict[int, tuple[str, ...]] = {}
        self._stopped: set[int] = set()

    def look(self, first: int, last: int) -> None:
        """Read what is known of the orders with these ids."""
        self._of_order, self._of_person, self._stopped = {}, {}, set()
        if not (self._looks_beside or self._stops):
            return
        rows = past_reach.contacts_of(self._connection, first, last)
        if self._stops:
            self._stopped = {row.people_id for row in rows if self._has_stopped(row.address)}
        if self._looks_beside:
            told = past_reach.told_on(self._connection, first, last, _ASKED_FIRST)
            alone = [(row.order_id, row.channel) for row in rows if row.order_id is not None]
            self._of_order = self._joined([*alone, *((row.order_id, row.channel) for row in told)])
            always = [(row.people_id, row.channel) for row in rows if row.order_id is None]
            self._of_person = self._joined(always)

    def asked_on(self, order_id: int) -> tuple[str, ...]:
        """Channels beside his phone on which the guest asked to be told, the newest first."""
        return self._of_order.get(order_id, ())

    def reached_on(self, head: Any) -> tuple[str, ...]:
        """All channels on which he could be reached."""
        by_phone = BY_PHONE if head.person_phone else ()
        if not self._of_order and not self._of_person:
            return by_phone
        others = self._of_person.get(head.people_id, ())
        return (*self.asked_on(head.id), *by_phone, *others)

    def unwanted(self, head: Any) -> str:
        """Why rules say nothing to him; empty where they may."""
        if head.people_id is not None and self._stops:
            has_stopped = head.people_id in self._stopped
            if has_stopped or self._has_stopped(head.person_phone or ""):
                return unwanted.OPTED_OUT
        return unwanted.BY_HAND if head.by_hand or head.guest_by_hand else ""

    def _has_stopped(self, address: str) -> bool:
        if self._key is None or not address:
            return False
        return opt_outs.hashed(self._key, address) in self._stops

    def _joined(self, pairs: Sequence[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
        """The open channels by order or guest, each once, in the order of `pairs`."""
        found: dict[int, dict[str, None]] = {}
        for key, channel in pairs:
            if channel in self._open:
                found.setdefault(key, {})[channel] = None
        return {key: tuple(channels) for key, channels in found.items()}
