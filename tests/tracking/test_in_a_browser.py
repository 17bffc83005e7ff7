"""The page in a real browser: live without a reload, right without JavaScript, one origin."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from pos_app.clock import SystemClock
from tests.tracking.conftest import PHONE
from tests.tracking.live import TRATTORIA, LiveSite, Till, order


@pytest.fixture
def clock() -> SystemClock:
    """The browser's own clock is real, so the site's is as well."""
    return SystemClock()


def test_the_page_follows_the_order_without_a_reload(
    site: LiveSite, till: Till, page: Page
) -> None:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site.origin}/{token}")
    expect(page.locator("h1")).to_have_text("Being prepared")
    expect(page.locator("#live")).to_contain_text("Live · updated")
    page.evaluate("window.notReloaded = true")
    till.push(site, order(now, token, kind="ready", phase="ready", revision=2))
    expect(page.locator("h1")).to_have_text("Ready, come to the counter")
    expect(page.locator("#say")).to_contain_text("Ready, come to the counter")
    assert page.title() == "Ready, come to the counter · Order A43"
    assert page.evaluate("window.notReloaded") is True
    assert {urlsplit(url).netloc for url in requests} == {site.settings.authority}
    assert len(requests) <= 4


def test_the_guest_says_that_he_is_here(site: LiveSite, till: Till, page: Page) -> None:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    page.goto(f"{site.origin}/{token}?lang=uk")
    page.locator("#arrive").click()
    expect(page.locator(".note")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    assert len(till.actions(site).json()["actions"]) == 1


def test_another_language_is_one_tap_away(site: LiveSite, till: Till, page: Page) -> None:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    page.goto(f"{site.origin}/{token}")
    page.get_by_text("УКР").click()
    expect(page.locator(".shop")).to_have_text("Тратторія Львів")


def test_without_javascript_the_page_is_right_and_the_button_works(
    site: LiveSite, till: Till, browser: Browser
) -> None:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{site.origin}/{token}")
        assert "Being prepared" in page.inner_text("main")
        assert "Last heard from the shop" in page.inner_text("footer")
        page.click("#arrive")
        assert "The shop knows that you are here." in page.inner_text("main")
        till.push(site, order(now, token, kind="ready", phase="ready", revision=2))
        page.reload()
        assert "Ready, come to the counter" in page.inner_text("h1")
    finally:
        context.close()


def test_nothing_is_wider_than_the_phone_and_targets_are_large(
    site: LiveSite, till: Till, page: Page
) -> None:
    now = site.clock.now()
    token = till.token(now)
    till.push(site, order(now, token), profile=TRATTORIA)
    for language in ("en", "uk"):
        page.goto(f"{site.origin}/{token}?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        for act in page.locator("button, .button").all():
            box = act.bounding_box()
            assert box is not None
            assert box["height"] >= 48
