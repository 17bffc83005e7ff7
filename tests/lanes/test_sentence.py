"""What is down, said to people."""

from __future__ import annotations

import pytest

from pos_app.clock import HOUR_MS, MINUTE_MS, Instant
from pos_app.lanes.down import Down, What
from pos_app.lanes.sentence import Waiting, sentence
from tests.support.shops import EVENING

SINCE = Instant(EVENING - 89 * MINUTE_MS)


def said(*down: Down, waiting: Waiting | None = None) -> str:
    return sentence(down, waiting or Waiting(), language="en", zone="Europe/Kyiv", now=EVENING)


def test_nothing_is_said_when_all_is_well() -> None:
    assert said(waiting=Waiting(texts=3, pages=2)) == ""


@pytest.mark.parametrize(
    ("down", "waiting", "sentence"),
    [
        (
            Down(What.INTERNET, "no_name", SINCE),
            Waiting(texts=4),
            "No internet since 19:31. The board works; 4 texts wait.",
        ),
        (
            Down(What.INTERNET, "no_route", SINCE),
            Waiting(),
            "No internet since 19:31. The board works.",
        ),
        (
            Down(What.SITE, "unreachable", SINCE),
            Waiting(pages=3),
            "The page has not heard from us since 19:31; 3 changes wait.",
        ),
        (
            Down(What.SITE, "revoked", SINCE),
            Waiting(),
            "The site has cut this till off. Ask for a pairing code and pair it again.",
        ),
        (
            Down(What.SITE, "unauthorized", SINCE),
            Waiting(),
            "The site no longer knows this till. Pair it again.",
        ),
        (
            Down(What.TEXTS, "timeout", SINCE),
            Waiting(texts=1),
            "The SMS phone does not answer since 19:31; 1 text waits.",
        ),
        (
            Down(What.TEXTS, "queue_full", SINCE),
            Waiting(),
            "The SMS phone takes no more texts since 19:31.",
        ),
        (
            Down(What.PRINTER, "no_paper", SINCE, "Counter", 3),
            Waiting(),
            "No paper (Counter): 3 slips wait.",
        ),
        (
            Down(What.PRINTER, "cover_open", SINCE, "Kitchen", 1),
            Waiting(),
            "Printer cover open (Kitchen): 1 slip waits.",
        ),
        (
            Down(What.PRINTER, "offline", SINCE, "Kitchen"),
            Waiting(),
            "Printer not ready (Kitchen).",
        ),
        (
            Down(What.PRINTER, "unavailable", SINCE, "Kitchen", stand_in="Counter"),
            Waiting(),
            "Printer does not answer (Kitchen): Counter prints instead.",
        ),
        (
            Down(What.PRINTER, "held", SINCE, "Counter", 2),
            Waiting(),
            "2 old slips wait (Counter): print or drop them in Settings.",
        ),
        (
            Down(What.CLOCK, "clock_wrong", SINCE),
            Waiting(),
            "The clock of this computer is wrong. Set it.",
        ),
    ],
)
def test_each_thing_has_its_sentence(down: Down, waiting: Waiting, sentence: str) -> None:
    assert said(down, waiting=waiting) == sentence


def test_without_internet_the_site_and_the_texts_go_unsaid() -> None:
    found = said(
        Down(What.TEXTS, "no_name", SINCE),
        Down(What.SITE, "timeout", SINCE),
        Down(What.INTERNET, "no_name", SINCE),
        Down(What.PRINTER, "no_paper", SINCE, "Counter"),
        Down(What.PRINTER, "cover_open", SINCE, "Kitchen"),
    )
    assert found == (
        "No internet since 19:31. The board works."
        " No paper (Counter). Printer cover open (Kitchen)."
    )


def test_two_lanes_of_one_thing_are_one_sentence_with_the_earlier_time() -> None:
    later = Instant(SINCE + 5 * MINUTE_MS)
    found = said(Down(What.SITE, "timeout", later), Down(What.SITE, "timeout", SINCE))
    assert found == "The page has not heard from us since 19:31."


def test_another_day_is_named() -> None:
    found = said(Down(What.SITE, "timeout", Instant(EVENING - 24 * HOUR_MS)))
    assert found == "The page has not heard from us since 22.11. 21:00."
