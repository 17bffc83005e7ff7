"""The webhooks lane: programs that a rule calls hear of its event, signed, until they take it.

A receiver that fails holds up no other: each call has its own next try. What it never takes ends
as a dead letter, after three days.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos_app import keys
from pos_app.channels.protocol import Accepted, GiveUp, Outcome, RetryLater
from pos_app.channels.retrying import wait_ms
from pos_app.channels.setups_direct import WebhookSetup
from pos_app.channels.webhook_events import OrderEvent, payload, type_of
from pos_app.channels.webhooks import Webhook
from pos_app.clock import SECOND_MS, Instant
from pos_app.config import Receiver
from pos_app.lanes.backoff import spread
from pos_app.lanes.lane import always
from pos_app.lanes.shop import OpenShop
from pos_app.store import journal, orders, settings, webhooks
from pos_app.store.webhooks import Delivery

_AT_ONCE = 20


class WebhooksWorker:
    """`taken` counts calls that a receiver has answered with yes."""

    def __init__(self, shop: OpenShop, holds: Callable[[], bool] = always) -> None:
        self._shop = shop
        self._holds = holds
        self._stopping = threading.Event()
        self._calling: Webhook | None = None
        self.taken = 0

    def work(self) -> float | None:
        if self._shop.desk.setup().settings.catch_up.pauses_texts:
            # Perhaps the till that this store was copied from tells it.
            return None
        now = self._shop.clock.now()
        with self._shop.database.read() as connection:
            due = webhooks.due(connection, now, _AT_ONCE)
        for delivery in due:
            if self._stopping.is_set() or not self._holds():
                break
            self._deliver(delivery)
        with self._shop.database.read() as connection:
            next_at = webhooks.next_due(connection)
        if next_at is None:
            return None
        return max(1.0, (next_at - self._shop.clock.now()) / SECOND_MS)

    def stop(self) -> None:
        self._stopping.set()
        calling = self._calling
        if calling is not None:
            calling.cut()

    def close(self) -> None:
        """Nothing is open between two calls."""

    def _deliver(self, delivery: Delivery) -> None:
        known = {one.id: one for one in self._shop.desk.webhooks.receivers()}
        receiver = known.get(delivery.target)
        if receiver is None:
            self._record(delivery, GiveUp("no_receiver"))
            return
        if self._shop.identity.practice:
            self._record(delivery, GiveUp("practice"))
            return
        body = self._body(delivery, receiver)
        outcome: Outcome = GiveUp("no_order")
        if body is not None:
            outcome = self._call(delivery, receiver, body)
        self._record(delivery, outcome)

    def _body(self, delivery: Delivery, receiver: Receiver) -> bytes | None:
        with self._shop.database.read() as connection:
            event = journal.get(connection, delivery.event_seq)
            if event is None or event.order_id is None:
                return None
            order = orders.load(connection, event.order_id)
        if order is None:
            return None
        kind = type_of(str(event.payload.get("to", "")))
        said = OrderEvent(delivery.uid, kind, Instant(event.at))
        return payload(said, order, personal=receiver.personal)

    def _call(self, delivery: Delivery, receiver: Receiver, body: bytes) -> Outcome:
        with self._shop.database.read() as connection:
            sealed = settings.read_sealed(connection, receiver.secret)
        if sealed is None:
            return GiveUp("no_secret")
        secret = keys.open_sealed(keys.secret(self._shop.keys, keys.STORE), receiver.secret, sealed)
        setup = WebhookSetup(receiver.url, lan=receiver.lan)
        calling = self._calling = Webhook(setup, (secret,), self._shop.clock)
        if self._stopping.is_set():
            calling.cut()
        try:
            return calling.deliver(delivery.uid, body)
        finally:
            self._calling = None
            calling.close()

    def _record(self, delivery: Delivery, outcome: Outcome) -> None:
        with self._shop.desk.act() as act:
            if isinstance(outcome, Accepted):
                self.taken += webhooks.settle(act.connection, delivery, webhooks.TAKEN, "", act.now)
                return
            again = None
            if not isinstance(outcome, GiveUp):
                asked = outcome.after_s if isinstance(outcome, RetryLater) else None
                again = wait_ms(delivery.tries + 1, asked, spread=spread())
            if again is None:
                webhooks.settle(act.connection, delivery, webhooks.DEAD, outcome.code, act.now)
                act.record("webhook_dead", None, {"target": delivery.target, "code": outcome.code})
                return
            again_at = Instant(act.now + again)
            webhooks.postpone(act.connection, delivery, outcome.code, again_at)
