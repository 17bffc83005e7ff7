"""A shop paired with a hosted site in this process, one turn of a lane at a time."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_app.bootstrap import Shop, pair
from pos_app.clock import VirtualClock
from pos_app.desk.pages import SLIP
from pos_app.domain.order import Order
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.state import LaneStates
from pos_app.tracking.enrolment import add_shop
from pos_app.wire import tokens
from pos_app.wire.drops import DropOff, bound_to
from pos_app.wire.envelopes import decode
from tests.support.shops import EVENING, delivery, open_test_shop
from tests.tracking.live import LiveSite, Till
from tests.tracking.slips import Phone, Slip, hosted_site


@dataclass
class Paired:
    """A shop whose guests and couriers open a hosted site."""

    shop: Shop
    site: LiveSite
    clock: VirtualClock
    push: PushWorker
    pull: PullWorker

    def place(self, *dishes: str) -> Order:
        """A delivery, told to the site."""
        order = self.shop.desk.place(delivery(self.shop, *dishes)).order
        self.push.work()
        return order

    def slip_url(self, order: Order) -> str:
        url = self.shop.desk.tracking_url(order.id, SLIP)
        assert url is not None
        return url

    def phone(self, order: Order) -> Phone:
        """A phone that has scanned the order's slip."""
        token = urlsplit(self.slip_url(order)).path.rpartition("/")[2]
        phone = Phone(Slip(self.site, Till(), token))
        phone.open()
        return phone

    def tap(self, phone: Phone, kind: str, **more: object) -> str:
        """A tap, pulled by the till, whose answer is pushed; the site's answer to the phone."""
        outcome = phone.outcome(kind, **more)
        self.sync()
        return outcome

    def taken(self, order: Order) -> Phone:
        """A phone that has taken the order."""
        phone = self.phone(order)
        assert self.tap(phone, "took") == "stored"
        return phone

    def read(self, order: Order, phone: Phone) -> DropOff:
        """What the phone reads with the key of the slip's address."""
        key = base64.urlsafe_b64decode(urlsplit(self.slip_url(order)).fragment + "=")
        sealed = str(phone.state()["sealed"])
        raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
        bound = bound_to(tokens.token_hash(phone.slip.token))
        return decode(AESGCM(key).decrypt(raw[:12], raw[12:], bound), DropOff)

    def sync(self) -> None:
        self.pull.work()
        self.push.work()

    def guest_reads(self, order: Order) -> str:
        url = self.shop.desk.tracking_url(order.id)
        assert url is not None
        return httpx.get(f"{url}?lang=en", timeout=10).text

    def acts(self, order: Order) -> list[tuple[str, str]]:
        """`(kind, outcome)` of what the till has written of couriers' taps."""
        with self.shop.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT kind, outcome FROM courier_acts WHERE order_id = ?"
                " ORDER BY received_at, action_id",
                (order.id,),
            )
            return [(row[0].removeprefix("courier_"), row[1]) for row in rows]


@contextmanager
def paired(data: Path) -> Iterator[Paired]:
    clock = VirtualClock(EVENING)
    with (
        open_test_shop(data / "shop", clock=clock) as shop,
        hosted_site(data / "site" / "site.sqlite", clock) as site,
    ):
        code = add_shop(site.settings.database, "Trattoria", site.settings.authority, clock)
        pair(shop, code)
        push = PushWorker(shop, LaneStates(shop))
        pull = PullWorker(shop, wait_s=0)
        try:
            yield Paired(shop, site, clock, push, pull)
        finally:
            push.close()
            pull.close()
