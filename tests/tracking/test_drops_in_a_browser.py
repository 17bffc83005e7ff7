"""The courier's own phone: Chromium with real taps, on a network that comes and goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import pytest
from playwright.sync_api import Browser, expect

from pos_app.clock import MINUTE_MS, SystemClock
from pos_app.wire.drops import DropLine
from tests.support.ports import free_port
from tests.support.waiting import until
from tests.tracking.courier import PHONE, Courier, courier_of
from tests.tracking.live import LiveSite, Till, live_site
from tests.tracking.slips import IRYNA, Slip, hosted_site, new_slip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[LiveSite]:
    # The browser's own clock is real, so the site's is as well.
    with hosted_site(tmp_path / "site.sqlite", SystemClock()) as running:
        yield running


@pytest.fixture
def courier(browser: Browser) -> Iterator[Courier]:
    found = courier_of(browser)
    errors: list[str] = []
    found.page.on("pageerror", lambda error: errors.append(str(error)))
    yield found
    found.context.close()
    assert errors == []


def test_the_courier_takes_it_finds_the_door_and_delivers(courier: Courier, slip: Slip) -> None:
    courier.scan(slip)
    courier.says("h1", "A38")
    assert "Саксаганського" not in courier.page.content()
    courier.tap("#take")
    courier.says("#street", "вул. Саксаганського, 41")
    courier.says("#due", "TO PAY 585 ₴")
    courier.says("#how", "change from 1\u00a0000\u00a0₴")
    for name, value in (("entrance", "2"), ("floor", "5"), ("door_code", "48к")):
        courier.says(f"#{name}", value)
    courier.says("#lines", "2×Lemonade 0.5")
    assert courier.page.get_attribute("#guest", "href") == "tel:+380671234567"
    place = courier.page.get_attribute("#map", "href")
    assert place is not None
    assert unquote(place) == "geo:0,0?q=вул. Саксаганського, 41"
    courier.tap("#delivered")
    courier.says("#took-ask", "Took 585")
    courier.tap("#took")
    courier.says("#done-at", "Delivered")
    courier.says("#hand-in", "Hand in 585")
    assert "Саксаганського" not in courier.page.inner_text("body")
    until(lambda: len(slip.acts()) == 2, "the till to hear of it")
    assert slip.heard() == [("courier_took", False), ("courier_delivered", False)]


def test_the_key_never_leaves_the_phone(courier: Courier, slip: Slip) -> None:
    key = slip.url.partition("#")[2]
    courier.scan(slip)
    courier.tap("#take")
    expect(courier.page.locator("#mine")).to_be_visible()
    courier.tap("#could-not")
    courier.tap("[data-reason=wrong_address]")
    until(lambda: len(slip.acts()) == 2, "the till to hear of it")
    assert {urlsplit(one.url).netloc for one in courier.requests} == {slip.site.settings.authority}
    for one in courier.requests:
        sent = json.dumps(one.all_headers()) + (one.post_data or "")
        assert key not in sent
        # Playwright shows the address bar's fragment with the first request; the wire has none.
        assert key not in one.url or one.is_navigation_request()


def test_without_its_key_the_page_says_what_to_do(courier: Courier, slip: Slip) -> None:
    courier.page.goto(slip.url.partition("#")[0])
    courier.tap("#take")
    courier.says("#nokey h2", "Scan the code on the slip again")
    courier.scan(slip)
    courier.says("#street", "Саксаганського")


def test_another_slip_s_key_opens_nothing(courier: Courier, slip: Slip) -> None:
    courier.page.goto(slip.url[:-4] + ("AAAA" if not slip.url.endswith("AAAA") else "BBBB"))
    courier.tap("#take")
    courier.says("#unreadable h2", "This slip cannot be opened")


def test_the_second_phone_is_told_and_the_first_loses_it_by_a_release(
    courier: Courier, browser: Browser, slip: Slip
) -> None:
    other = courier_of(browser)
    try:
        other.scan(slip)
        courier.scan(slip)
        courier.tap("#take")
        expect(courier.page.locator("#mine")).to_be_visible()
        other.tap("#take")
        other.says("#taken-at", "Taken")
        other.says("#taken", "Ask the shop.")
        slip.released()
        other.page.reload()
        other.tap("#take")
        other.says("#street", "Саксаганського")
        courier.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        courier.says("#taken", "Ask the shop.")
        assert "Саксаганського" not in courier.page.content()
        assert "Iryna" not in courier.page.content()
        # Not in the attributes: an instant there may well have these digits.
        assert "585" not in (courier.page.text_content("body") or "")
    finally:
        other.context.close()


def test_a_wrong_tap_is_taken_back(courier: Courier, slip: Slip) -> None:
    courier.scan(slip)
    courier.tap("#take")
    courier.tap("#delivered")
    courier.tap("#no-money")
    courier.says("#done-at", "Delivered")
    slip.told(state="ended")
    courier.tap("#done .back-one")
    courier.says("#street", "Саксаганського")
    until(lambda: len(slip.acts()) == 3, "the till to hear of it")
    told = [act.courier for act in slip.acts() if act.courier]
    assert [(one.reason, one.of) for one in told] == [("", ""), ("unpaid", ""), ("", "delivered")]


def test_he_says_where_he_is_beside_what_he_does(courier: Courier, slip: Slip) -> None:
    courier.scan(slip)
    courier.tap("#take")
    courier.says("#at-shop", "I am at the restaurant")
    courier.tap("#at-shop")
    courier.says("#at-shop", "At the restaurant")
    courier.tap("#at-shop")
    courier.says("#at-shop", "I am at the restaurant")
    courier.context.set_offline(True)
    courier.tap("#at-shop")
    courier.tap("#picked-up")
    expect(courier.page.locator("#at-shop")).to_be_hidden()
    courier.tap("#arrived")
    courier.says("#arrived", "At the door")
    courier.says("#picked-up", "Picked it up")
    expect(courier.page.locator("#picked-up")).to_be_disabled()
    expect(courier.page.locator("#delivered")).to_be_enabled()
    courier.context.set_offline(False)
    until(lambda: len(slip.acts()) == 6, "the kept taps to arrive", 40)
    assert [kind.removeprefix("courier_") for kind, _late in slip.heard()] == [
        "took", "at_shop", "took_back", "at_shop", "picked_up", "arrived",
    ]  # fmt: skip
    courier.tap("#delivered")
    courier.tap("#took")
    courier.says("#done-at", "Delivered")


def test_what_an_older_till_does_not_take_is_not_offered(
    courier: Courier, site: LiveSite, till: Till
) -> None:
    slip = new_slip(site, till)
    slip.drop_off = msgspec.structs.replace(IRYNA, also=[])
    slip.told()
    courier.scan(slip)
    courier.tap("#take")
    courier.says("#picked-up", "Picked it up")
    expect(courier.page.locator("#at-shop")).to_be_hidden()
    expect(courier.page.locator("#arrived")).to_be_hidden()


def test_taps_without_network_are_kept_shown_and_sent_with_their_true_time(
    courier: Courier, slip: Slip
) -> None:
    courier.scan(slip)
    courier.tap("#take")
    expect(courier.page.locator("#mine")).to_be_visible()
    courier.context.set_offline(True)
    courier.tap("#picked-up")
    courier.tap("#delivered")
    courier.tap("#took")
    courier.says("#done-at", "Delivered")
    courier.says("#news", "What you tapped is kept")
    kept = courier.storage()
    assert kept.count("action_id") == 2
    for word in ("Iryna", "Саксаганського", "67123", "58500", slip.token, slip.url[-43:]):
        assert word not in kept
    assert slip.heard() == [("courier_took", False)]
    courier.page.evaluate(
        "(ms) => { const now = Date.now; Date.now = () => now() + ms; }", MINUTE_MS
    )
    courier.context.set_offline(False)
    until(lambda: len(slip.acts()) == 3, "the kept taps to arrive", 40)
    delivered = slip.acts()[-1]
    assert delivered.courier is not None
    assert delivered.received_at - delivered.courier.occurred_at > 0
    until(lambda: courier.storage() == "[[],[]]", "the phone to forget them")


def test_taps_that_a_closed_page_kept_are_sent_when_it_is_opened_again(
    courier: Courier, slip: Slip
) -> None:
    courier.scan(slip)
    courier.tap("#take")
    expect(courier.page.locator("#mine")).to_be_visible()
    courier.context.set_offline(True)
    courier.tap("#could-not")
    courier.tap("[data-reason=nobody_home]")
    courier.says("#failed-why", "Nobody at home")
    courier.page.close()
    slip.released()
    courier.context.set_offline(False)
    courier.page = courier.context.new_page()
    courier.scan(slip)
    courier.says("#news", "The shop decides what is true")
    assert slip.heard()[-1] == ("courier_failed", True)


def test_a_site_that_is_away_gets_the_taps_when_it_is_back(
    courier: Courier, tmp_path: Path
) -> None:
    database, port, till = tmp_path / "own" / "site.sqlite", free_port(), Till()
    origin = f"http://127.0.0.1:{port}"
    with live_site(database, SystemClock(), mode="hosted", origin=origin, port=port) as site:
        till.enrolled(site)
        slip = new_slip(site, till)
        slip.told()
        courier.scan(slip)
        courier.tap("#take")
        expect(courier.page.locator("#mine")).to_be_visible()
    courier.tap("#delivered")
    courier.tap("#took")
    courier.says("#news", "What you tapped is kept")
    with live_site(database, SystemClock(), mode="hosted", origin=origin, port=port) as site:
        slip.site = site
        until(lambda: len(slip.acts()) == 2, "the kept tap to arrive", 60)
        courier.says("#done-at", "Delivered")
        expect(courier.page.locator("#news")).to_be_hidden()


def test_a_claim_without_network_asks_to_tap_again_and_is_one_claim(
    courier: Courier, slip: Slip
) -> None:
    courier.scan(slip)
    courier.context.set_offline(True)
    courier.tap("#take")
    courier.says("#news", "Tap again")
    courier.context.set_offline(False)
    courier.tap("#take")
    courier.says("#street", "Саксаганського")
    assert slip.heard() == [("courier_took", False)]


def test_a_cancelled_order_is_shouted(courier: Courier, slip: Slip) -> None:
    courier.scan(slip)
    courier.tap("#take")
    expect(courier.page.locator("#mine")).to_be_visible()
    slip.told(state="cancelled")
    courier.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    courier.says("#cancelled", "The shop has cancelled this order")


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>window.hit = 1</script>",
        '"><img src=x onerror="window.hit = 1">',
        "javascript:window.hit=1",
        "tel:+1&q=geo:0,0",
        "Robert'); DROP TABLE drops;--",
        "${window.hit = 1}{{7*7}}",
    ],
)
def test_what_a_guest_wrote_is_shown_literally_and_links_stay_links(
    courier: Courier, site: LiveSite, till: Till, nasty: str
) -> None:
    slip = new_slip(site, till)
    slip.drop_off = msgspec.structs.replace(
        IRYNA, name=nasty, street=nasty, entrance=nasty, door_code=nasty, note=nasty,
        address_note=nasty, phone=f"+380 67 111{nasty}", lines=[DropLine(1, {"en": nasty})],
    )  # fmt: skip
    slip.told()
    courier.scan(slip)
    courier.tap("#take")
    for selector in ("#street", "#entrance", "#door_code", "#note", "#address_note", "#lines"):
        courier.says(selector, nasty)
    assert courier.page.evaluate("window.hit") is None
    phone, place = (courier.page.get_attribute(one, "href") for one in ("#guest", "#map"))
    assert phone is not None
    assert phone.startswith("tel:+38067111")
    assert phone[5:].isdigit()
    assert place is not None
    assert place.startswith("geo:0,0?q=")
    assert unquote(place[10:]) == nasty
    assert "&" not in place


@pytest.mark.parametrize("locale", ["en-GB", "uk-UA"])
def test_everything_fits_the_phone_and_a_glove(
    browser: Browser, site: LiveSite, till: Till, locale: str
) -> None:
    slip = new_slip(site, till)
    slip.told()
    courier = courier_of(browser, locale)
    try:
        courier.scan(slip)
        fits(courier)
        courier.tap("#take")
        expect(courier.page.locator("#mine")).to_be_visible()
        fits(courier)
        courier.tap("#could-not")
        fits(courier)
        courier.tap("#why > .cancel")
        courier.tap("#delivered")
        fits(courier)
        courier.tap("#took")
        fits(courier)
    finally:
        courier.context.close()


def fits(courier: Courier) -> None:
    """Nothing is wider than the phone; buttons are at least 60 px high and 8 px apart."""
    page = courier.page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    boxes = [one.bounding_box() for one in page.locator("button:visible, .button:visible").all()]
    found = [box for box in boxes if box is not None]
    assert found
    for box in found:
        assert box["height"] >= 60
        assert box["width"] >= 110
    bar = page.locator("#bar")
    if bar.is_visible():
        place = bar.bounding_box()
        assert place is not None
        assert place["y"] + place["height"] <= PHONE["height"] + 0.5
