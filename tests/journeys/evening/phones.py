"""Two phones: a guest's page, and a courier's slip that came out of the printer."""

from __future__ import annotations

import re
from collections import Counter

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.support.receipt_printer import ReceiptPrinter, is_marked
from tests.support.screen import Screen
from tests.support.waiting import until

PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 60_000
PATIENCE_S = PATIENCE_MS / 1000


def code_on(picture: Image.Image) -> str:
    """What the code in a picture says; empty without one."""
    found = zxingcpp.read_barcodes(picture)
    return str(found[0].text) if found else ""


class GuestPhone:
    """Scanned once; from then on the page is never loaded again by hand."""

    def __init__(self, browser: Browser, screen: Screen) -> None:
        url = until(lambda: code_on(screen.picture()), "a code on the screen", PATIENCE_S)
        self.page: Page = browser.new_page(viewport=PHONE)
        self.page.goto(url)

    def says(self, words: str) -> None:
        expect(self.page.locator("main")).to_contain_text(words, timeout=PATIENCE_MS)

    def rate(self, stars: int) -> None:
        expect(self.page.locator("#rate")).to_be_visible(timeout=PATIENCE_MS)
        self.page.check(f"#star{stars}", force=True)
        self.page.click("#rate")
        expect(self.page.locator("#rate")).to_be_hidden(timeout=PATIENCE_MS)


class CourierPhone:
    """Holds a delivery's slip that was printed, and taps what a courier taps."""

    def __init__(self, browser: Browser, printer: ReceiptPrinter) -> None:
        context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-GB")
        self._page = context.new_page()
        self._printer = printer
        self._read: list[str] = []

    def scan(self, number: str) -> None:
        """The slip of this order, once it has come out."""
        tried: set[str] = set()

        def found() -> bool:
            for url in self._delivery_codes():
                if url not in tried:
                    tried.add(url)
                    self._page.goto(url)
                    if self._page.inner_text("#number") == number:
                        return True
            return False

        until(found, f"the courier's slip of {number}", PATIENCE_S)

    def _delivery_codes(self) -> list[str]:
        # A slip stays as it came out: each is read once.
        self._read += [code_on(slip) for slip in list(self._printer.slips)[len(self._read) :]]
        return [code for code in self._read if "/D/" in code]

    def tap(self, selector: str) -> None:
        """It waits until the button takes taps: 700 ms after it has moved."""
        expect(self._page.locator("body")).not_to_have_class(
            re.compile("settling"), timeout=PATIENCE_MS
        )
        self._page.locator(selector).click(timeout=PATIENCE_MS)

    def says(self, selector: str, words: str) -> None:
        place = self._page.locator(selector)
        expect(place).to_be_visible(timeout=PATIENCE_MS)
        expect(place).to_contain_text(words, timeout=PATIENCE_MS)


def guests_codes(printer: ReceiptPrinter) -> tuple[Counter[str], Counter[str]]:
    """Where the codes of the guests' slips lead, in capitals: on plain slips, and on copies."""
    plain: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for slip in list(printer.slips):
        code = code_on(slip).upper()
        if code and "/D/" not in code:
            (marked if is_marked(slip) else plain)[code] += 1
    return plain, marked


def nothing_twice(printer: ReceiptPrinter) -> None:
    """What comes out again says COPY: no two plain slips are the same."""
    plain = [slip.tobytes() for slip in list(printer.slips) if not is_marked(slip)]
    assert len(plain) == len(set(plain)), "a slip came out twice without COPY"
