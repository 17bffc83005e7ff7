"""A guest who follows his order in Telegram, with nothing of ours pretended.

The site is a real one, the guest's phone is Chromium, Telegram is a Bot API that others wrote,
and the till is a window with all its lanes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import zxingcpp
from playwright.sync_api import sync_playwright

from pos_app import paths
from pos_app.bootstrap import add_channel, lanes_of
from pos_app.clock import VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.order import Order
from pos_app.lanes.enrolment import LOOPBACK, use_local_site
from pos_app.lanes.runner import Lanes
from pos_app.tracking.enrolment import enrol_local
from tests.lanes.bot import BOT, way_to_bot
from tests.receipts.jobs import read_job
from tests.support.bot_api import TOKEN
from tests.support.shops import EVENING, pickup
from tests.support.telegram_server import Guest, bot_api
from tests.support.waiting import until
from tests.support.window import SHOP, Till
from tests.tracking.live import live_site

GRACE_S = 31


@dataclass
class Evening:
    """A till whose guests follow in Telegram."""

    till: Till
    lanes: Lanes
    clock: VirtualClock
    guest: Guest
    heard: list[str] = field(default_factory=list)

    def place(self) -> Order:
        return self.till.shop.desk.place(pickup(self.till.shop)).order

    def answered(self, words: str) -> str:
        """The newest message in the guest's chat, once one holds `words`."""

        def found() -> str:
            self.heard += self.guest.reads()
            return next((said for said in reversed(self.heard) if words in said), "")

        said = until(found, f"the bot to say {words}, not {self.heard}", 20)
        self.heard.clear()
        return said

    def make_ready(self, order: Order) -> None:
        self.till.shop.desk.bump(order.id)
        self.till.shop.desk.bump(order.id)

    def pass_grace(self) -> None:
        self.clock.advance(GRACE_S * 1000)
        self.lanes.wake()


@pytest.fixture
def evening(qapp: object, tmp_path: Path) -> Iterator[Evening]:
    clock = VirtualClock(EVENING)
    with ExitStack() as stack:
        url = stack.enter_context(bot_api())
        till = Till(tmp_path / "shop", SHOP, clock=clock, screen="board")
        stack.callback(till.close)
        add_channel(till.shop, way_to_bot(url), TOKEN)
        lanes = lanes_of(till.shop)
        stack.callback(lanes.stop)
        lanes.start()
        yield Evening(till, lanes, clock, Guest(url))


@pytest.mark.timeout(120)
def test_from_the_page_into_the_chat_and_to_a_person(evening: Evening) -> None:
    till, shop = evening.till, evening.till.shop
    with ExitStack() as stack:
        site = stack.enter_context(live_site(paths.site_file(shop.data), evening.clock))
        use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        evening.lanes.wake()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        page = browser.new_page(locale="uk-UA")

        # The page offers the chat; its word is no tracking code.
        order = evening.place()
        url = str(shop.desk.tracking_url(order.id))
        assert url.startswith(site.origin)
        page.goto(url)
        page.wait_for_selector("#follow", timeout=20_000)
        link = str(page.get_attribute("#follow", "href"))
        assert link.startswith(f"https://t.me/{BOT}?start=")
        assert url.rpartition("/")[2] not in link

        # He taps it: Telegram sends the word, the bot answers, the page offers it no more.
        evening.guest.writes(f"/start {link.rpartition('=')[2]}")
        assert order.number in evening.answered("Замовлення прийнято")
        page.wait_for_selector("#follow", state="detached", timeout=20_000)

        # The kitchen is done: page and chat both say so.
        evening.make_ready(order)
        evening.pass_grace()
        assert order.number in evening.answered("готове")

        # He asks, and is answered; he has a wish, and a person sees it.
        evening.guest.writes("Де моє замовлення?")
        assert order.number in evening.answered("підходьте")
        evening.guest.writes("Дві виделки, будь ласка")
        evening.answered("передано")
        till.wait(lambda: till.sees("duty:1"), "the wish on the board")
        assert "Дві виделки, будь ласка" in till.text("duty_says:1")
        assert order.number in till.text("duty_about:1")


@pytest.mark.timeout(120)
def test_without_any_page_from_the_printed_slip_into_the_chat(
    evening: Evening, tmp_path: Path
) -> None:
    shop, slips = evening.till.shop, tmp_path / "slips"
    shop.desk.add_printer(
        name="Counter", kind="file", address=str(slips), prints=Prints(slips=True)
    )
    order = evening.place()
    evening.lanes.wake()
    file = until(lambda: next(slips.glob("*.escpos"), None), "the slip", 30)
    link = str(zxingcpp.read_barcodes(read_job(file.read_bytes()).picture)[0].text)
    assert link.startswith(f"https://t.me/{BOT}?start=")
    evening.guest.writes(f"/start {link.rpartition('=')[2]}")
    assert order.number in evening.answered("Замовлення прийнято")
    evening.make_ready(order)
    evening.pass_grace()
    assert order.number in evening.answered("готове")
