"""A shop that pushes to its guests' browsers: real site, real lanes, one push service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from pos_app.bootstrap import Shop, add_channel, pair
from pos_app.clock import SystemClock, VirtualClock
from pos_app.config import WayOut
from pos_app.domain.order import Draft, Order
from pos_app.domain.workflow import Fulfilment
from pos_app.lanes.lease import Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.state import LaneStates
from pos_app.lanes.texts import TextsWorker
from pos_app.store import contacts, messages
from pos_app.store.contacts import Contact
from pos_app.store.messages import Message
from pos_app.tracking.enrolment import add_shop
from pos_app.wire.envelopes import decode
from pos_app.wire.snapshots import ShopProfile
from tests.support.certificates import authority
from tests.support.push_service import Browser, PushService
from tests.support.receiver import receiving
from tests.support.shops import line, open_test_shop
from tests.tracking.live import LiveSite
from tests.tracking.slips import hosted_site

CONTACT = "mailto:orders@trattoria.example"


@dataclass
class Guest:
    """A phone whose browser has one push service of its own."""

    service: PushService
    origin: str
    path: str = "/wpush/v2/guest"

    @property
    def endpoint(self) -> str:
        return f"{self.origin}{self.path}"

    @property
    def browser(self) -> Browser:
        return self.service.browser

    def wish(self, kind: str = "push_on", language: str = "uk") -> bytes:
        subscribed = json.loads(self.browser.subscription(self.endpoint))
        return json.dumps({"kind": kind, "subscription": subscribed, "language": language}).encode()

    def told(self) -> list[str]:
        """What this phone has shown."""
        return [str(shown["body"]) for shown in self.service.shown]


@dataclass
class Pushing:
    """The shop's push way is called `push`; nothing moves until a test says so."""

    shop: Shop
    site: LiveSite
    clock: VirtualClock
    lease: Lease
    push: PushWorker
    pull: PullWorker
    texts: TextsWorker
    outlet: Outlet
    roots: str
    guests: list[Guest] = field(default_factory=list)

    def place(self, draft: Draft | None = None) -> Order:
        """An order (of nobody, at the counter, unless told), reported to the site."""
        wanted = draft or Draft(Fulfilment.PICKUP, (line(self.shop, "Margherita"),))
        order = self.shop.desk.place(wanted).order
        self.push.work()
        return order

    def url(self, order: Order, scope: str = "paper") -> str:
        found = self.shop.desk.tracking_url(order.id, scope)
        assert found is not None
        return found

    def ask(self, order: Order, guest: Guest, kind: str = "push_on", **more: str) -> int:
        """The phone's wish, from the page to the till; the site's answer."""
        status = self.wish(order, guest.wish(kind, **more))
        self.sync()
        return status

    def wish(self, order: Order, body: bytes) -> int:
        headers = {"content-type": "application/json", "origin": self.site.origin}
        told = httpx.post(f"{self.url(order)}/push", content=body, headers=headers, timeout=10)
        return told.status_code

    def sync(self) -> None:
        self.pull.work()
        self.push.work()

    def contacts(self, order: Order) -> list[Contact]:
        person = self.order(order).people_id
        with self.shop.database.read() as connection:
            return contacts.of_order(connection, person, order.id, "push")

    def endpoints(self, order: Order) -> list[str]:
        return [json.loads(one.address)["endpoint"] for one in self.contacts(order)]

    def order(self, order: Order) -> Order:
        card = self.shop.desk.order(order.id)
        assert card is not None
        return card.order

    def ready(self, order: Order) -> None:
        """Bumped to ready, its grace over, its texts sent."""
        self.shop.desk.bump(order.id)
        self.shop.desk.bump(order.id)
        self.clock.advance(31_000)
        self.send()

    def send(self) -> None:
        channel: Any = self.outlet.current()
        # The push services of a test stand behind an authority of the test's own.
        channel._session._session.verify = self.roots
        self.texts.work()

    def messages(self, order: Order) -> list[Message]:
        with self.shop.database.read() as connection:
            return messages.of_orders(connection, [order.id])[order.id]

    def states(self, order: Order) -> list[tuple[str, str, str]]:
        return [(m.channel, m.state, m.reason) for m in self.messages(order)]

    def profile(self) -> ShopProfile:
        """What the site knows of the shop."""
        with self.site.repository.read() as session:
            body = session.profile(session.shops()[0].shop_id)
        assert body is not None
        return decode(body, ShopProfile)


def turn_on(shop: Shop, *, lan: bool = True) -> None:
    add_channel(shop, WayOut("push", "", "push", {"contact": CONTACT, "lan": lan}), "")


@contextmanager
def pushing(data: Path, phones: int = 1, *, lan: bool = True) -> Iterator[Pushing]:
    """A shop with `phones` guests, each with a browser of his own."""
    # Push services look at the real clock, so the shop's begins there.
    clock = VirtualClock(SystemClock().now())
    roots = data / "roots.pem"
    data.mkdir(exist_ok=True)
    roots.write_text(authority().pem)
    with (
        open_test_shop(data / "shop", clock=clock, practice=False) as shop,
        hosted_site(data / "site" / "site.sqlite", clock) as site,
    ):
        pair(shop, add_shop(site.settings.database, "Trattoria", site.settings.authority, clock))
        turn_on(shop, lan=lan)
        lease = Lease(shop)
        assert lease.take()
        outlet = Outlet(shop, "push")
        found = Pushing(
            shop, site, clock, lease, PushWorker(shop, LaneStates(shop)), PullWorker(shop, 0),
            TextsWorker(shop, lease.fence, outlet), outlet, str(roots),
        )  # fmt: skip
        found.push.work()
        try:
            with _services(found, data, phones):
                yield found
        finally:
            for worker in (found.push, found.pull, found.texts):
                worker.close()
            lease.release()


@contextmanager
def _services(found: Pushing, folder: Path, phones: int) -> Iterator[None]:
    if phones == 0:
        yield
        return
    service = PushService(subscribed=found.profile().push_key)
    with receiving(service, authority().context(folder, "127.0.0.1")) as url:
        service.origin = url
        found.guests.append(Guest(service, url))
        with _services(found, folder, phones - 1):
            yield
