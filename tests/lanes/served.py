"""A shop whose page is served by a real site in this process, one turn of a lane at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from pos_app import paths
from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.domain.order import Order
from pos_app.domain.workflow import Source
from pos_app.lanes.enrolment import LOOPBACK, use_local_site
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.state import LaneStates
from pos_app.store import sites
from pos_app.tracking.enrolment import enrol_local
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.tracking.live import LiveSite, live_site


@dataclass
class Served:
    """A shop whose page is served by a real site in this process."""

    shop: Shop
    site: LiveSite
    clock: VirtualClock
    push: PushWorker
    pull: PullWorker

    def place(self) -> Order:
        return self.shop.desk.place(pickup(self.shop, source=Source.PHONE)).order

    def page(self, order: Order) -> str:
        url = self.shop.desk.tracking_url(order.id)
        assert url is not None
        return httpx.get(f"{url}?lang=en", timeout=10).text

    def waiting(self) -> int:
        with self.shop.database.read() as connection:
            return sites.waiting_pages(connection)[0]

    def active(self) -> sites.Site:
        with self.shop.database.read() as connection:
            found = sites.active(connection)
        assert found is not None
        return found


@contextmanager
def served(
    data: Path, *, clock: VirtualClock | None = None, site_clock: VirtualClock | None = None
) -> Iterator[Served]:
    clock = clock or VirtualClock(EVENING)
    with (
        open_test_shop(data, clock=clock) as shop,
        live_site(paths.site_file(data), site_clock or clock) as site,
    ):
        use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        push = PushWorker(shop, LaneStates(shop))
        pull = PullWorker(shop, wait_s=0)
        try:
            yield Served(shop, site, clock, push, pull)
        finally:
            push.close()
            pull.close()
