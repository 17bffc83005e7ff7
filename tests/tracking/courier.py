"""A courier's phone with a screen: Chromium at its size, tapped like a finger does."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

from tests.tracking.slips import Slip

PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Courier:
    """One phone and what its browser asked for."""

    context: BrowserContext
    page: Page
    requests: list[Request] = field(default_factory=list)

    def scan(self, slip: Slip) -> None:
        self.page.goto(slip.url)

    def tap(self, selector: str) -> None:
        """A finger: it waits until the button takes taps, 700 ms after it has moved."""
        self.page.locator(selector).click()

    def says(self, selector: str, text: str) -> None:
        place = self.page.locator(selector)
        expect(place).to_be_visible()
        expect(place).to_contain_text(text)

    def storage(self) -> str:
        found = self.page.evaluate(
            "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])"
        )
        return str(found)


def courier_of(browser: Browser, locale: str = "en-GB") -> Courier:
    context = browser.new_context(viewport=PHONE, locale=locale, has_touch=True)
    courier = Courier(context, context.new_page())

    def keep(request: Request) -> None:
        courier.requests.append(request)

    courier.page.on("request", keep)
    return courier
