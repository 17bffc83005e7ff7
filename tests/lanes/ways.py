"""A shop on a virtual evening with several ways out, each with a stand-in of its gateway."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, add_channel
from pos_app.clock import VirtualClock
from pos_app.config import WayOut
from pos_app.domain.cascade import Leg
from pos_app.domain.order import Order
from pos_app.lanes.lane import Down
from pos_app.lanes.lease import Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.state import LaneStates, lane_of
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.store import messages
from pos_app.store.messages import Message
from tests.support import any_gateway, twilio_account
from tests.support import gateway as phone
from tests.support.any_gateway import AnyGateway
from tests.support.providers import Provider
from tests.support.providers import running as provider_running
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.support.twilio_account import TwilioAccount


@dataclass
class Lane:
    """One channel's lane, driven by hand."""

    shop: Shop
    name: str
    worker: TextsWorker

    def turn(self) -> str:
        """One round; its trouble as a code."""
        states = LaneStates(self.shop)
        try:
            self.worker.work()
        except Down as down:
            states.note(lane_of(self.name), down.code)
            return down.code
        states.note(lane_of(self.name), "")
        return ""


@dataclass
class Crossroads:
    """`places` are the stand-ins by the way's name; lanes run only when a test says so."""

    shop: Shop
    clock: VirtualClock
    lease: Lease
    places: dict[str, Any]
    lanes: dict[str, Lane] = field(default_factory=dict)

    def open_lanes(self) -> None:
        """A lane for each channel that is set up, as the runner has them."""
        for name in sorted(self.shop.desk.setup().open_channels):
            if name not in self.lanes:
                worker = TextsWorker(self.shop, self.lease.fence, Outlet(self.shop, name))
                self.lanes[name] = Lane(self.shop, name, worker)

    def place(self, **more: Any) -> Order:
        return self.shop.desk.place(pickup(self.shop, **more)).order

    def ready(self, **more: Any) -> Order:
        """An order that has become ready, its grace over."""
        order = self.place(**more)
        self.shop.desk.bump(order.id)
        order = self.shop.desk.bump(order.id).order
        self.pass_time(31)
        return order

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(round(seconds * 1000))

    def turn(self) -> dict[str, str]:
        """One round of the timers and of every lane; troubles by channel."""
        TimersWorker(self.shop, self.lease.fence, None).work()
        return {name: code for name, lane in self.lanes.items() if (code := lane.turn())}

    def texts(self, order: Order) -> list[Message]:
        with self.shop.database.read() as connection:
            return messages.of_orders(connection, [order.id])[order.id]

    def states(self, order: Order) -> list[tuple[str, str, str]]:
        """`(channel, state, reason)` of the order's texts, oldest first."""
        return [(m.channel, m.state, m.reason) for m in self.texts(order)]

    def legs(self, *written: tuple[str, int]) -> None:
        self.shop.desk.channels.set_legs(tuple(Leg(*leg) for leg in written))

    def limit(self, **changed: Any) -> None:
        desk = self.shop.desk.channels
        desk.set_limits(replace(desk.limits(), **changed))


PHONE, TWILIO, BLIND = "phone", "twilio", "blind"


@contextmanager
def crossroads(data: Path, *ways: tuple[str, str], price: int = 0) -> Iterator[Crossroads]:
    """A shop with the named ways, each `(kind, channel)`; `phone` is the gateway phone."""
    clock = VirtualClock(EVENING)
    with ExitStack() as stack:
        shop = stack.enter_context(open_test_shop(data, clock=clock, practice=False))
        lease = Lease(shop)
        assert lease.take()
        stack.callback(lease.release)
        found = Crossroads(shop, clock, lease, {})
        for kind, channel in ways:
            found.places[channel] = _set_up(stack, found, kind, channel, price)
        found.open_lanes()
        try:
            yield found
        finally:
            for lane in found.lanes.values():
                lane.worker.close()


def _set_up(stack: ExitStack, found: Crossroads, kind: str, channel: str, price: int) -> Any:
    from pos_app.config import SmsSettings

    if kind == PHONE:
        place = phone.Gateway()
        url = stack.enter_context(phone.running(place))
        sms = SmsSettings("smsgate", url, phone.USERNAME, lan=True)
        found.shop.desk.set_sms(sms, phone.PASSWORD)
        found.shop.desk.channels.set_price(PHONE, price)
        return place
    provider: Provider
    if kind == TWILIO:
        provider, secret = TwilioAccount(clock=found.clock), twilio_account.TOKEN
    else:
        provider, secret = AnyGateway(), any_gateway.SECRET
    url = stack.enter_context(provider_running(provider))
    add_channel(found.shop, way_to(kind, channel, url, price), secret)
    return provider


def way_to(kind: str, channel: str, url: str, price: int) -> WayOut:
    """The way out to a stand-in at `url`, as an owner would set it up."""
    if kind == TWILIO:
        setup = {
            "account_sid": twilio_account.ACCOUNT,
            "sender": twilio_account.SENDER,
            "url": url,
            "lan": True,
        }
        return WayOut(f"twilio-{channel}", channel, "twilio", setup, price)
    http = {
        "url": f"{url}/send",
        "headers": [["X-Key", "{secret}"]],
        "body": '{"to": "{to}", "text": "{text}", "ref": "{uid}"}',
        "success_path": "state",
        "success_value": "ok",
        "id_path": "data.messages[0].id",
        "lan": True,
    }
    return WayOut(f"http-{channel}", channel, "http", http, price)
