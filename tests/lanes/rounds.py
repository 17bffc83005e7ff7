"""One turn of a lane at a moment that the test chooses, and what the store then says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.config import SmsSettings
from pos_app.domain.order import Order
from pos_app.lanes.lease import Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.state import SMS
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.store import messages
from pos_app.store.messages import Message
from tests.lanes.turns import turn
from tests.support.gateway import PASSWORD, USERNAME, Gateway, running
from tests.support.shops import EVENING, open_test_shop, pickup


@dataclass
class Evening:
    """A shop that sends by `gateway`, with a clock that only the test moves."""

    shop: Shop
    clock: VirtualClock
    gateway: Gateway
    lease: Lease
    worker: TextsWorker

    def place(self, **more: object) -> Order:
        return self.shop.desk.place(pickup(self.shop, **more)).order  # type: ignore[arg-type]

    def make_ready(self, order: Order) -> Order:
        """Start, then ready: the two taps of the pass."""
        self.shop.desk.bump(order.id)
        return self.shop.desk.bump(order.id).order

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(round(seconds * 1000))

    def send(self) -> str:
        """One turn of the SMS lane; its trouble as a code, empty when there was none."""
        return turn(self.shop, self.worker, SMS)

    def expire(self) -> None:
        TimersWorker(self.shop, self.lease.fence, lambda: None).work()

    def texts(self, order: Order) -> list[Message]:
        with self.shop.database.read() as connection:
            return messages.of_orders(connection, [order.id])[order.id]

    def states(self, order: Order) -> list[tuple[str, str, str]]:
        """`(about, state, reason)` of the order's texts, oldest first."""
        return [(m.about, m.state, m.reason) for m in self.texts(order)]

    def events(self, order: Order) -> list[str]:
        """What the journal says of the order's texts."""
        found = self.shop.desk.timeline(order.id)
        return [entry.kind for entry in found if entry.kind.startswith("message_")]

    def take_over(self) -> None:
        """Another process becomes the holder: a new fence, a new lane."""
        self.lease.release()
        assert self.lease.take()
        self.worker.close()
        self.worker = TextsWorker(self.shop, self.lease.fence, Outlet(self.shop))


@contextmanager
def evening(data: Path, *, practice: bool = False) -> Iterator[Evening]:
    clock = VirtualClock(EVENING)
    gateway = Gateway()
    with running(gateway) as url, open_test_shop(data, clock=clock, practice=practice) as shop:
        if not practice:
            sms = SmsSettings("smsgate", url, USERNAME, lan=True)
            shop.desk.set_sms(sms, PASSWORD)
        lease = Lease(shop)
        assert lease.take()
        worker = TextsWorker(shop, lease.fence, Outlet(shop))
        found = Evening(shop, clock, gateway, lease, worker)
        try:
            yield found
        finally:
            found.worker.close()
            lease.release()
