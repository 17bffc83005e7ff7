"""What the shop does not take now stands on its pages, and only while it is so."""

from __future__ import annotations

import re

import msgspec
import pytest

from pos_app.clock import HOUR_MS, MINUTE_MS, VirtualClock
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, order

HALF_PAST_EIGHT = EVENING + 58 * MINUTE_MS
NINE = EVENING + 88 * MINUTE_MS


def footer(site: LiveSite, token: str, language: str = "en") -> str:
    with site.client() as client:
        page = client.get(f"/{token}?lang={language}").text
    found = page.partition('<div id="stopped">')[2].partition("</div>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


@pytest.fixture
def token(site: LiveSite, till: Till) -> str:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    return token


def stop(site: LiveSite, till: Till, **until: int) -> None:
    till.push(site, profile=msgspec.structs.replace(TRATTORIA, version=2, **until))


def test_nothing_is_said_while_nothing_is_stopped(site: LiveSite, token: str) -> None:
    assert footer(site, token) == ""


def test_stopped_deliveries_are_said_until_they_are_taken_again(
    site: LiveSite, till: Till, token: str, clock: VirtualClock
) -> None:
    stop(site, till, deliveries_stopped_until=HALF_PAST_EIGHT)
    assert footer(site, token) == "New deliveries are stopped until 20:30."
    clock.advance(57 * MINUTE_MS)
    assert footer(site, token) == "New deliveries are stopped until 20:30."
    clock.advance(MINUTE_MS)
    assert footer(site, token) == ""


def test_everything_covers_deliveries_that_come_back_first(
    site: LiveSite, till: Till, token: str
) -> None:
    stop(site, till, deliveries_stopped_until=HALF_PAST_EIGHT, everything_stopped_until=NINE)
    assert footer(site, token) == "New orders are stopped until 21:00."


def test_deliveries_that_come_back_later_are_said_beside(
    site: LiveSite, till: Till, token: str, clock: VirtualClock
) -> None:
    stop(site, till, deliveries_stopped_until=NINE, everything_stopped_until=HALF_PAST_EIGHT)
    assert footer(site, token) == (
        "New orders are stopped until 20:30. New deliveries are stopped until 21:00."
    )
    clock.advance(HOUR_MS)
    assert footer(site, token) == "New deliveries are stopped until 21:00."


def test_a_page_that_waits_for_its_order_says_it_too(site: LiveSite, till: Till) -> None:
    stop(site, till, everything_stopped_until=NINE)
    assert footer(site, till.token(EVENING)) == "New orders are stopped until 21:00."


def test_the_order_itself_reads_as_before(site: LiveSite, till: Till, token: str) -> None:
    with site.client() as client:
        before = client.get(f"/{token}?lang=en").text.partition("</main>")[0]
        stop(site, till, everything_stopped_until=NINE)
        after = client.get(f"/{token}?lang=en").text.partition("</main>")[0]
    assert before.replace("1.1.1.1.", "1.1.1.2.") == after
