"""A guest's phone on the page through both shipped proxies, over HTTP/2."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.hosting.behind import Behind
from tests.hosting.proxies import HERE, NAME


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", f"--host-resolver-rules=MAP {NAME} {HERE}"],
        )
        # The tests' authority is not one of the browser's; who it is stands in test_proxies.py.
        context = chromium.new_context(
            ignore_https_errors=True, viewport={"width": 390, "height": 844}, locale="en-GB"
        )
        yield context.new_page()
        chromium.close()


def test_the_page_follows_the_order_over_http_2(behind: Behind, page: Page) -> None:
    page.goto(f"{behind.proxy.origin}/{behind.token}")
    expect(page.locator("h1")).to_contain_text("Being prepared", timeout=20_000)
    behind.tell(revision=2, kind="ready", phase="ready")
    expect(page.locator("h1")).to_contain_text("Ready", timeout=20_000)
    spoken = page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")
    assert spoken == "h2"
