"""*Ring when ready* in a real browser: a tap arms it, it rings until touched, the number is big."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pos_app.clock import SystemClock
from pos_app.wire.snapshots import OrderSnapshot
from tests.tracking.conftest import PHONE
from tests.tracking.live import TRATTORIA, LiveSite, Till, order

# Counts what the browser is asked to play and to keep awake; both still happen.
NOTED = """
window.tones = 0; window.awake = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) { window.tones++; return start.apply(this, at); };
const ask = WakeLock.prototype.request;
WakeLock.prototype.request = function (kind) { window.awake++; return ask.call(this, kind); };
"""
POOR = """
delete window.AudioContext; delete window.webkitAudioContext; delete Navigator.prototype.wakeLock;
"""
KEEP = "Keep this page open and the sound on."


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def token(site: LiveSite, till: Till) -> str:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    return token


@pytest.fixture
def phone(page: Page, site: LiveSite, token: str) -> Page:
    page.clock.install()
    page.add_init_script(NOTED)
    page.goto(f"{site.origin}/{token}")
    return page


def called(site: LiveSite, token: str, revision: int = 2) -> OrderSnapshot:
    return order(site.clock.now(), token, kind="ready", phase="ready", revision=revision)


def tones(page: Page) -> int:
    return int(page.evaluate("window.tones"))


def tones_in_ten_seconds(page: Page) -> int:
    """How many more there are when ten seconds have gone by on the phone."""
    before = tones(page)
    page.clock.run_for(10_000)
    return tones(page) - before


def test_nothing_sounds_before_a_tap(site: LiveSite, till: Till, token: str, phone: Page) -> None:
    expect(phone.locator("#ring")).to_have_text("Ring when ready")
    till.push(site, called(site, token))
    expect(phone.locator("h1")).to_have_text("Ready, come to the counter")
    assert (tones(phone), phone.evaluate("window.awake")) == (0, 0)
    expect(phone.locator("#big")).to_be_hidden()


def test_an_armed_page_rings_until_it_is_touched_and_shows_the_number(
    site: LiveSite, till: Till, token: str, phone: Page
) -> None:
    phone.locator("#ring").click()
    expect(phone.locator("#ring")).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("#told")).to_contain_text(KEEP)
    assert tones(phone) > 0, "the tap lets the guest hear how it will sound"
    assert phone.evaluate("window.awake") == 1
    till.push(site, called(site, token))
    expect(phone.locator("#big")).to_be_visible()
    assert tones_in_ten_seconds(phone) >= 9
    phone.mouse.click(PHONE["width"] / 2, 40)
    assert tones_in_ten_seconds(phone) == 0
    expect(phone.locator("#big")).to_be_visible()


def test_the_number_can_be_read_across_the_room(
    site: LiveSite, till: Till, token: str, phone: Page
) -> None:
    till.push(site, called(site, token))
    phone.locator("#show").click()
    number = phone.locator("#number")
    expect(number).to_have_text("A43")
    glyphs = phone.locator("#number text").bounding_box()
    assert glyphs is not None
    assert glyphs["width"] >= 0.7 * PHONE["width"]
    assert phone.evaluate("document.activeElement.id") == "close"
    assert phone.evaluate("document.querySelector('main').inert") is True
    box = phone.locator("#big").bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    assert "Iryna" not in phone.locator("#big").inner_text()


def test_the_number_closes_by_its_button_by_escape_and_by_going_back(
    site: LiveSite, till: Till, token: str, phone: Page
) -> None:
    till.push(site, called(site, token))
    for leave in (
        lambda: phone.locator("#close").click(),
        lambda: phone.keyboard.press("Escape"),
        phone.go_back,
    ):
        phone.locator("#show").press("Enter")
        expect(phone.locator("#big")).to_be_visible()
        leave()
        expect(phone.locator("#big")).to_be_hidden()
        expect(phone.locator("#show")).to_be_focused()


def test_a_second_tap_disarms(site: LiveSite, till: Till, token: str, phone: Page) -> None:
    phone.locator("#ring").click()
    phone.locator("#ring").click()
    expect(phone.locator("#ring")).to_have_text("Ring when ready")
    expect(phone.locator("#told")).to_be_empty()
    heard = tones(phone)
    till.push(site, called(site, token))
    expect(phone.locator("#show")).to_be_visible()
    expect(phone.locator("#big")).to_be_hidden()
    assert tones(phone) == heard


def test_an_order_that_is_brought_back_stops_ringing_and_rings_again_when_it_is_ready(
    site: LiveSite, till: Till, token: str, phone: Page
) -> None:
    phone.locator("#ring").click()
    till.push(site, called(site, token))
    expect(phone.locator("#big")).to_be_visible()
    now = site.clock.now()
    back = order(now, token, called_early=True, promise_moved=True, revision=3)
    till.push(site, back)
    expect(phone.locator("main")).to_contain_text("It was called ready too early.")
    expect(phone.locator("#big")).to_be_hidden()
    expect(phone.locator("#ring")).to_have_attribute("aria-pressed", "true")
    assert tones_in_ten_seconds(phone) == 0
    till.push(site, called(site, token, revision=4))
    expect(phone.locator("#big")).to_be_visible()
    assert tones_in_ten_seconds(phone) >= 9


def test_an_order_that_was_collected_rings_no_more(
    site: LiveSite, till: Till, token: str, phone: Page
) -> None:
    phone.locator("#ring").click()
    till.push(site, called(site, token))
    expect(phone.locator("#big")).to_be_visible()
    ended = order(site.clock.now(), token, kind="picked_up", phase="done", revision=3)
    till.push(site, ended)
    expect(phone.locator("h1")).to_have_text("Picked up")
    expect(phone.locator("#big")).to_be_hidden()
    assert phone.evaluate("document.querySelector('main').inert") is False
    assert tones_in_ten_seconds(phone) == 0


@pytest.fixture
def poor(browser: Browser) -> Iterator[Page]:
    """A phone whose browser has neither sound nor a way to keep the screen awake."""
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    page = context.new_page()
    page.add_init_script(POOR)
    yield page
    context.close()


def test_a_browser_that_cannot_ring_says_so_and_still_shows_the_number(
    site: LiveSite, till: Till, token: str, poor: Page
) -> None:
    poor.goto(f"{site.origin}/{token}")
    poor.locator("#ring").click()
    expect(poor.locator("#told")).to_have_text(
        "This browser can play no sound: watch the page."
        " This browser cannot keep the screen awake: do it yourself."
    )
    till.push(site, called(site, token))
    expect(poor.locator("#big")).to_be_visible()
