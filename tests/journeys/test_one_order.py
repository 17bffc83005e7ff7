"""One pickup order from the counter to the guest's hand, with nothing pretended.

The application runs as a process on a virtual screen and is touched through the X server; the
site is a process; the guest's phone is Chromium; the gateway phone is a stateful stand-in behind
Prism, which refuses whatever its published contract does not allow.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Page, sync_playwright

from tests.journeys.evening.desk import OtherDesk
from tests.support.gateway import PASSWORD, USERNAME
from tests.support.ports import free_port
from tests.support.prism import judged
from tests.support.processes import Process, ask, orderbell
from tests.support.screen import Hand, Screen, virtual_screen
from tests.support.waiting import until

GRACE_S = 30
# A button that has just moved under the finger ignores it for 700 ms.
SETTLED_S = 0.9
SELDOM_S = 0.2


@dataclass
class Evening:
    """Everything that stands in and around the shop."""

    data: Path
    screen: Screen
    hand: Hand
    gateway_log: Path
    desk: OtherDesk
    site_port: int
    site: Process
    page: Page

    def stop_site(self) -> int:
        """End the site that runs now; it may have been started anew."""
        return self.site.stop()

    def cli(self, *words: str, stdin: str = "") -> Any:
        done = ask(*words, "--data", str(self.data), stdin=stdin)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout.startswith(("{", "[")) else done.stdout

    def texts(self) -> list[str]:
        """What the gateway phone has been given, in order."""
        if not self.gateway_log.exists():
            return []
        lines = self.gateway_log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["textMessage"]["text"] for line in lines]

    def page_says(self, words: str, deadline_s: float = 10.0) -> None:
        until(
            lambda: words in self.page.inner_text("h1"),
            f"the page to say {words}, not {self.page.inner_text('h1')}",
            deadline_s,
            SELDOM_S,
        )

    def bump(self, number: str, expected: str, paid: str = "") -> None:
        """Tap the ticket's button, say how an unpaid order is `paid`; it stands in `expected`."""
        self.tap_settled(f"card:{number}:button")
        if paid:
            self.tap_settled(f"pay_bar:{paid}")
        until(
            lambda: self.desk.show(number)["status"] == expected,
            f"{number} to be {expected}",
            pause_s=SELDOM_S,
        )

    def tap_settled(self, name: str) -> None:
        """Not in the moment in which a button that moved takes no touch."""
        until(lambda: self.hand.find(name), f"{name} on the board")
        started = time.monotonic()
        until(lambda: time.monotonic() - started > SETTLED_S, f"{name} to have settled")
        self.hand.tap(name)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    data, log = tmp_path / "shop", tmp_path / "gateway.jsonl"
    site_port = free_port()
    assert ask("init", "--name", "Trattoria Lviv", "--data", str(data)).returncode == 0
    with ExitStack() as stack:
        gateway = stack.enter_context(
            Process(
                [sys.executable, "-m", "tests.support.gateway", "--port", "0", "--log", str(log)],
                name="gateway",
            )
        )
        gateway_url = gateway.line("http://127.0.0.1")
        prism_url = stack.enter_context(judged(gateway_url, tmp_path))
        done = ask(
            *("sms", "set", "--url", prism_url, "--username", USERNAME, "--lan"),
            *("--data", str(data)),
            stdin=PASSWORD + "\n",
        )
        assert done.returncode == 0, done.stderr
        desk = OtherDesk(data)
        stack.callback(desk.process.stop)
        site = _site(site_port, data)
        stack.callback(site.stop)
        screen = stack.enter_context(virtual_screen())
        till = stack.enter_context(
            Process(
                [sys.executable, "-m", "tests.support.probed_till", str(data)],
                env=screen.env,
                name="till",
            )
        )
        till.line("probe ready")
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        stack.callback(browser.close)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        parts = Evening(data, screen, Hand(till, screen), log, desk, site_port, site, page)
        stack.callback(parts.stop_site)
        stack.callback(lambda: screen.picture().save(tmp_path / "last-seen.png"))
        yield parts


def _site(port: int, data: Path) -> Process:
    site = orderbell("site", "--port", str(port), "--data", str(data), name="site")
    site.line("site: listening")
    return site


@pytest.mark.timeout(240)
def test_a_pickup_order_from_the_counter_to_the_guest(evening: Evening) -> None:
    hand = evening.hand

    # The cashier enters two dishes, the phone, the tick, the payment, and places.
    for name in ("tile:Margherita", "tile:Four cheese", "phone"):
        hand.tap(name)
    evening.screen.type("0671234567")
    hand.tap("order_texts")
    hand.tap("pay:unpaid")
    hand.tap("place")

    # The slip on the screen carries a code that a phone can read.
    hand.tap("placed_slip")
    until(lambda: hand.find("slip_picture"), "the slip's picture")
    url = until(lambda: _code_on(evening.screen), "a code on the screen", 15)
    shown = evening.desk.show("A1")
    assert url == shown["tracking_url"]
    assert shown["message"] is None or shown["message"]["about"] != "accepted"

    # The guest opens it; from here on the page is never loaded again.
    evening.page.goto(url)
    evening.page.evaluate("window.neverLoadedAgain = true")
    hand.tap("rail:board")
    evening.bump("A1", "preparing")
    evening.page_says("Being prepared")
    evening.bump("A1", "ready")
    ready_at = datetime.fromisoformat(evening.desk.show("A1")["times"]["ready_at"])
    evening.page_says("Ready")
    assert evening.texts() == []

    # A second order is bumped to ready by mistake and undone inside its grace.
    mistaken = evening.cli("order", "place", "-", stdin=json.dumps(SECOND))
    assert mistaken["number"] == "A2"
    evening.bump("A2", "preparing")
    evening.bump("A2", "ready")
    undone_after = time.monotonic()
    hand.tap("undo:0")
    until(
        lambda: evening.desk.show("A2")["status"] == "preparing",
        "the undo to be there",
        pause_s=SELDOM_S,
    )

    # The first guest gets exactly one text, after the grace and not before.
    until(evening.texts, "the text at the gateway", GRACE_S + 20)
    assert time.time() - ready_at.timestamp() >= GRACE_S - 1
    until(lambda: time.monotonic() - undone_after > GRACE_S + 5, "A2's grace to be over", 60)
    assert [text for text in evening.texts() if "A1" in text] == evening.texts()
    assert len(evening.texts()) == 1

    # The site goes away; the board works on; afterwards the page is right.
    assert evening.stop_site() == 0
    evening.bump("A1", "picked_up", paid="cash")
    evening.bump("A2", "ready")
    evening.site = _site(evening.site_port, evening.data)
    evening.page_says("Picked up", 45)
    assert evening.page.evaluate("window.neverLoadedAgain") is True
    assert ask("check", "--data", str(evening.data)).returncode == 0
    assert hand.till.stop() == 0


SECOND = {
    "fulfilment": "pickup",
    "lines": [{"dish": "Tiramisu", "quantity": 1}],
    "customer": {"name": "Taras", "phone": "+380501112233", "order_texts": True},
}


def _code_on(screen: Screen) -> str | None:
    found = zxingcpp.read_barcodes(screen.picture())
    return str(found[0].text) if found else None
