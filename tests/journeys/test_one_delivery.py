"""One delivery from the printed slip to the guest's door, with nothing pretended.

The site is a process, the till runs its lanes against it, the slip is what the print head would
burn, and the courier's phone is Chromium, which reads the code from that slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import Page, sync_playwright

from pos_app.bootstrap import Shop, lanes_of, open_shop, pair
from pos_app.desk import paper
from pos_app.desk.printers import Prints
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.lanes.runner import Lanes
from tests.receipts.jobs import read_job
from tests.support.ports import free_port
from tests.support.processes import Process, ask, orderbell
from tests.support.shift import courier, now, ready
from tests.support.shops import delivery
from tests.support.waiting import until
from tests.tracking.courier import Courier, courier_of


@dataclass
class Evening:
    """Everything that stands in and around the shop."""

    shop: Shop
    lanes: Lanes
    site: Process
    slips: Path
    phone: Courier
    guest: Page

    def printed(self, order: Order) -> str:
        """What the code on the courier's slip says, read from the dots of the print head."""
        with self.shop.desk.act() as act:
            paper.print_delivery(act, act.order(order.id))
        self.lanes.wake()
        file = until(lambda: next(self.slips.glob("*.escpos"), None), "the slip", 30)
        return str(zxingcpp.read_barcodes(read_job(file.read_bytes()).picture)[0].text)

    def stands(self, order: Order, kind: Kind) -> None:
        until(lambda: now(self.shop, order).kind is kind, f"the order to be {kind}", 30)

    def guest_reads(self, words: str) -> None:
        heading = self.guest.locator("h1")
        until(lambda: words in heading.inner_text(), f"the guest's page to say {words}", 30)

    def owed(self, courier_id: str) -> int:
        runs = self.shop.desk.dispatch.overview().runs
        return next(run.to_hand_in for run in runs if run.courier.id == courier_id)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    port, data, slips = free_port(), tmp_path / "shop", tmp_path / "slips"
    where = ("--data", str(tmp_path / "site"), "--origin", f"http://127.0.0.1:{port}")
    assert ask("init", "--name", "Trattoria Lviv", "--data", str(data)).returncode == 0
    code = ask("site", "shops", "add", "Trattoria Lviv", *where).stdout.splitlines()[0]
    with ExitStack() as stack:
        site = stack.enter_context(orderbell("site", "--port", str(port), *where, name="site"))
        site.line("site: listening")
        shop = open_shop(data)
        stack.callback(shop.close)
        pair(shop, code)
        prints = Prints(slips=False, deliveries=True)
        shop.desk.add_printer(name="Door", kind="file", address=str(slips), prints=prints)
        lanes = lanes_of(shop)
        stack.callback(lanes.stop)
        lanes.start()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        phone = courier_of(browser)
        yield Evening(shop, lanes, site, slips, phone, browser.new_page(locale="en-GB"))


@pytest.mark.timeout(240)
def test_a_delivery_from_the_slip_to_the_guest_s_door(evening: Evening) -> None:
    shop, phone = evening.shop, evening.phone
    oleh = courier(shop)
    order = ready(shop, delivery(shop, "Margherita", "Tiramisu"))
    shop.desk.dispatch.assign([order.id], oleh)
    guest_url = shop.desk.tracking_url(order.id)
    assert guest_url is not None
    evening.guest.goto(guest_url)
    evening.guest_reads("Ready")

    # He scans the slip and has the delivery; the guest is told when he leaves.
    phone.page.goto(evening.printed(order))
    phone.tap("#take")
    phone.says("#street", "Franka 12")
    phone.says("#due", f"TO PAY {order.total // 100}")
    phone.tap("#picked-up")
    evening.stands(order, Kind.OUT_FOR_DELIVERY)
    evening.guest_reads("On the way")

    # A wrong tap in the stairwell, taken back.
    phone.tap("#delivered")
    phone.tap("#took")
    evening.stands(order, Kind.DELIVERED)
    evening.guest_reads("Delivered")
    phone.tap("#done .back-one")
    evening.stands(order, Kind.OUT_FOR_DELIVERY)
    evening.guest_reads("On the way")
    assert evening.owed(oleh) == 0

    # At the door there is no network; the tap counts all the same.
    phone.context.set_offline(True)
    phone.tap("#delivered")
    phone.tap("#took")
    phone.says("#news", "What you tapped is kept")
    phone.context.set_offline(False)
    evening.stands(order, Kind.DELIVERED)
    evening.guest_reads("Delivered")

    # The board is done with it, and the money is his to hand in.
    assert shop.desk.board() == []
    assert now(shop, order).due == 0
    assert evening.owed(oleh) == order.total
    shop.desk.dispatch.hand_in(oleh, order.total)
    assert evening.owed(oleh) == 0
    assert shop.desk.check().problems == ()
    assert evening.site.said == ["site: listening on " + guest_url.rpartition("/")[0]]
