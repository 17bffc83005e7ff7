"""Asking a gateway what became of the texts it took. A report never moves a text backwards."""

from __future__ import annotations

from pos_app.channels.protocol import DELIVERED, FAILED, Channel, Report
from pos_app.clock import DAY_MS, SECOND_MS, Instant
from pos_app.desk import legs
from pos_app.desk.transaction import Transaction
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.taking import Taking
from pos_app.store import sending, sent
from pos_app.store.messages import Message

STEPS_MS = tuple(seconds * SECOND_MS for seconds in (5, 15, 60, 300, 900))
_AT_ONCE, _LOOKED_AT = 20, 200


def record(act: Transaction, kind: str, message: Message, code: str = "") -> None:
    """Journal what happened to a text, without a word of it."""
    payload = {"message_id": message.id, "about": message.about}
    if code:
        payload["code"] = code
    act.record(kind, message.order_id, payload)


def take_report(act: Transaction, message: Message, state: str, code: str) -> bool:
    """A report that it was delivered or failed; False when it changed nothing.

    The first *delivered* ends all legs; a failed one begins the next.
    """
    reason = code if state == FAILED else ""
    if not sending.report(act.connection, message.id, state, reason, act.now):
        return False
    record(act, f"message_{state}", message, reason)
    if state == DELIVERED:
        told(act, message)
    else:
        legs.follow(act, message)
    return True


def told(act: Transaction, message: Message) -> None:
    """The guest knows: no further leg begins, and one that waits is taken back."""
    sent.pass_on(act.connection, message.id)
    sent.told_already(act.connection, message, act.now)


def next_asked_at(sent_at: Instant, now: Instant) -> Instant:
    """When to ask again: soon at first, then less and less often, never after a day."""
    age_ms = now - sent_at
    if age_ms > DAY_MS:
        return sending.NEVER
    return Instant(now + next((step for step in STEPS_MS if step > age_ms), STEPS_MS[-1]))


class DeliveryReports:
    """Collects the reports of one channel. `settled` counts those that ended a text's way."""

    def __init__(self, shop: OpenShop, channel_name: str, taking: Taking) -> None:
        self._shop = shop
        self._name = channel_name
        self._taking = taking
        self.settled = 0

    def collect(self, channel: Channel) -> None:
        """Ask for what is due; stops at the first question that got no answer."""
        setup, now = self._shop.desk.setup(), self._shop.clock.now()
        with self._shop.database.read() as connection:
            due = sending.to_poll(connection, self._name, now, _LOOKED_AT)
            found = self._taking.tried(connection, setup, due)
        for message in found.orphans[:_AT_ONCE]:
            self._stop_asking(message)
        for message in found.ours[:_AT_ONCE]:
            said = channel.poll(message.provider_id)
            self._take(message, said)
            if said is None:
                return

    def _stop_asking(self, message: Message) -> None:
        """The way that took it is not set up any more: nobody is left who could tell."""
        with self._shop.desk.act() as act:
            sending.ask_again(act.connection, message.id, sending.NEVER)

    def _take(self, message: Message, found: Report | None) -> None:
        with self._shop.desk.act() as act:
            if found is None or found.state not in (DELIVERED, FAILED):
                sent_at = act.now if message.sent_at is None else message.sent_at
                sending.ask_again(act.connection, message.id, next_asked_at(sent_at, act.now))
                return
            self.settled += take_report(act, message, found.state, found.code)
