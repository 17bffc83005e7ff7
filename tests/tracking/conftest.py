"""A running site with one enrolled till, and Chromium as a guest's phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from pos_app.clock import Clock, Instant, VirtualClock
from tests.tracking.live import LiveSite, Till, live_site
from tests.tracking.slips import Phone, Slip, new_slip, scanned

# Monday, 23 November 2026, 19:32 in Kyiv.
EVENING = Instant(1_795_455_120_000)
PHONE: ViewportSize = {"width": 390, "height": 844}
# A deadline, not a speed: two cores may have to paint other windows first.
expect.set_options(timeout=20_000)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def site(tmp_path: Path, clock: Clock) -> Iterator[LiveSite]:
    with live_site(tmp_path / "site" / "site.sqlite", clock) as running:
        yield running


@pytest.fixture
def till(site: LiveSite) -> Till:
    enrolled = Till()
    enrolled.enrolled(site)
    return enrolled


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that must not say anything in the console."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def slip(site: LiveSite, till: Till) -> Slip:
    """A delivery's slip that the site knows; for modules whose `site` is a hosted one."""
    told = new_slip(site, till)
    told.told()
    return told


@pytest.fixture
def phone(slip: Slip) -> Phone:
    """A phone that has taken the delivery."""
    taken = scanned(slip)
    assert taken.outcome("took") == "stored"
    return taken
