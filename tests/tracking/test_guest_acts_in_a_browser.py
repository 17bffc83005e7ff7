"""The page's forms as guests use them: with fingers, keys, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pos_app.clock import SystemClock
from pos_app.wire.envelopes import ACTION, decode, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer, Link, OrderSnapshot, StageTimes
from pos_app.wire.tokens import token_hash
from tests.tracking.conftest import PHONE
from tests.tracking.live import TRATTORIA, LiveSite, Till, order

Shown = Callable[[OrderSnapshot], None]


@pytest.fixture
def clock() -> SystemClock:
    return SystemClock()


@pytest.fixture
def personal(site: LiveSite, till: Till) -> str:
    return till.token(site.clock.now())


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser in which no script runs."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def accepted(site: LiveSite, token: str, **changed: object) -> OrderSnapshot:
    now = site.clock.now()
    state: dict[str, object] = {
        "kind": "accepted", "phase": "new", "stages": StageTimes(now), "cancel_allowed": True,
        "acts": ["cancel_asked", "texts_stopped"], "links": [Link(token_hash(token), "personal")],
    }  # fmt: skip
    return order(now, **{**state, **changed})


def collected(site: LiveSite, token: str) -> OrderSnapshot:
    now = site.clock.now()
    return order(
        now, token, kind="picked_up", phase="done", acts=["rated"],
        stages=StageTimes(now, now, now, None, now),
    )  # fmt: skip


def acts(site: LiveSite, till: Till) -> list[tuple[str, int | None]]:
    answer = decode(till.actions(site).content, ActionsAnswer)
    found = [open_envelope(envelope, ACTION, Action) for envelope in answer.actions]
    return [(act.kind, act.value) for act in found]


def test_texts_are_stopped_by_one_tap_and_one_confirmation(
    site: LiveSite, till: Till, page: Page, personal: str
) -> None:
    till.push(site, accepted(site, personal), profile=TRATTORIA)
    page.goto(f"{site.origin}/{personal}")
    expect(page.locator("#stop_send")).to_be_hidden()
    page.get_by_text("Not your order? Stop texts").click()
    assert acts(site, till) == []
    page.locator("#stop_send").click()
    expect(page.get_by_text("Texts about this order are stopped.")).to_be_visible()
    assert acts(site, till) == [("texts_stopped", None)]


def test_a_wish_to_cancel_goes_to_the_shop_and_its_answer_appears(
    site: LiveSite, till: Till, page: Page, personal: str
) -> None:
    till.push(site, accepted(site, personal), profile=TRATTORIA)
    page.goto(f"{site.origin}/{personal}")
    page.locator("#cancel summary").press("Enter")
    page.locator("#cancel_send").press("Enter")
    expect(page.get_by_text("You asked to cancel. The shop decides.")).to_be_visible()
    assert acts(site, till) == [("cancel_asked", None)]
    declined = {"acts": [], "cancel_declined": True, "revision": 2}
    till.push(site, accepted(site, personal, **declined))
    expect(page.get_by_text("It stays: the shop is already cooking it.")).to_be_visible()
    till.push(site, accepted(site, personal, kind="cancelled", phase="cancelled", revision=3))
    expect(page.locator("h1")).to_have_text("Cancelled")


def test_a_rating_is_chosen_then_sent(
    site: LiveSite, till: Till, page: Page, personal: str
) -> None:
    till.push(site, collected(site, personal), profile=TRATTORIA)
    page.goto(f"{site.origin}/{personal}")
    page.locator("#rate").click()
    assert acts(site, till) == [], "nothing is sent before a star is chosen"
    page.locator("label").nth(1).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="4 stars")).to_be_checked()
    page.locator("#rate").click()
    expect(page.get_by_text("Thank you for rating: 4 of 5.")).to_be_visible()
    expect(page.locator("#rate")).to_have_count(0)
    assert acts(site, till) == [("rated", 4)]


def test_what_a_guest_is_about_to_send_survives_an_update(
    site: LiveSite, till: Till, page: Page, personal: str
) -> None:
    till.push(site, accepted(site, personal), profile=TRATTORIA)
    page.goto(f"{site.origin}/{personal}")
    page.locator("#stop summary").click()
    till.push(site, accepted(site, personal, number="A44", revision=2))
    expect(page.locator("#order")).to_have_text("Order A44")
    expect(page.locator("#stop_send")).to_be_visible()
    ended = {"kind": "picked_up", "phase": "done", "acts": ["rated"]}
    till.push(site, accepted(site, personal, **ended, revision=3))
    page.locator("label").nth(4).click()
    till.push(site, accepted(site, personal, **ended, number="A45", revision=4))
    expect(page.locator("#order")).to_have_text("Order A45")
    expect(page.get_by_role("radio", name="5 stars")).to_be_checked()


def test_every_form_works_without_javascript(
    site: LiveSite, till: Till, plain: Page, personal: str
) -> None:
    till.push(site, accepted(site, personal), profile=TRATTORIA)
    plain.goto(f"{site.origin}/{personal}")
    expect(plain.locator("#ring")).to_be_hidden()
    plain.click("#cancel summary")
    plain.click("#cancel_send")
    assert "You asked to cancel. The shop decides." in plain.inner_text("main")
    plain.click("#stop summary")
    plain.click("#stop_send")
    assert "Texts about this order are stopped." in plain.inner_text("main")
    till.push(
        site, accepted(site, personal, kind="picked_up", phase="done", acts=["rated"], revision=2)
    )
    plain.reload()
    plain.locator("label").nth(2).click()
    plain.click("#rate")
    assert "Thank you for rating: 3 of 5." in plain.inner_text("main")
    kinds = [("cancel_asked", None), ("texts_stopped", None), ("rated", 3)]
    assert acts(site, till) == kinds


def test_the_number_is_in_reach_without_javascript(
    site: LiveSite, till: Till, plain: Page, personal: str
) -> None:
    till.push(
        site, accepted(site, personal, kind="ready", phase="ready", acts=[]), profile=TRATTORIA
    )
    plain.goto(f"{site.origin}/{personal}")
    plain.click("#show")
    expect(plain.locator("#number")).to_be_visible()
    plain.click("#close")
    expect(plain.locator("#number")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390])
def test_every_state_fits_the_phone_and_every_target_a_finger(
    site: LiveSite, till: Till, page: Page, personal: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    states: list[dict[str, object]] = [
        {},
        {"kind": "ready", "phase": "ready"},
        {"kind": "picked_up", "phase": "done", "acts": ["rated", "texts_stopped"]},
    ]
    for revision, state in enumerate(states, start=1):
        till.push(site, accepted(site, personal, **state, revision=revision), profile=TRATTORIA)
        for language in ("en", "uk"):
            page.goto(f"{site.origin}/{personal}?lang={language}")
            for folded in page.locator("summary").all():
                folded.click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for act in page.locator("button:visible, .button:visible, summary, label").all():
                box = act.bounding_box()
                assert box is not None
                assert box["height"] >= 48
                assert box["width"] >= 48
