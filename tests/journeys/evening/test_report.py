"""The script's own count notices each thing that could be counted wrongly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.evening.report import expected
from tests.journeys.evening.rush import Item
from tests.journeys.evening.tally import CARD, CASH, UNPAID, Tally, Wish

PIZZA = (Item("Margherita M", "Real classic", 2, 1600),)
NOW = 1_795_455_900.0


def evening() -> Tally:
    """Three orders: fetched and paid, eaten and not paid, brought by Oleh."""
    tally = Tally()
    tally.placed("A1", Wish(PIZZA, pay=CASH), NOW)
    tally.placed("A2", Wish(PIZZA, "dine_in", table="4", pay=UNPAID), NOW)
    tally.placed("A3", Wish(PIZZA, "delivery", street="Franka 1", pay=UNPAID), NOW)
    for number in ("A1", "A2", "A3"):
        tally.ready(number, NOW + 60)
    tally.gone("A1", NOW + 90)
    tally.gone("A2", NOW + 90, UNPAID)
    tally.delivered("A3", NOW + 120, "Oleh", took=True)
    return tally


def test_it_counts_what_was_done() -> None:
    count = expected(evening())
    assert count["orders"]["A2"] == ("served", 3200, 0, 3200)
    assert count["received"] == {"cash": 6400}
    assert count["left unpaid"] == {"A2": 3200}
    assert count["couriers"] == {"Oleh": (["A3"], 3200, 3200)}
    assert (count["judged"], count["late"]) == (3, [])


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("late", lambda t: t.ready("A1", NOW + 21 * 60)),
        ("cancelled", lambda t: t.cancelled("A1", "Sold out")),
        ("refunded", lambda t: t["A1"].refunds.append((CARD, 100))),
        ("not collected", lambda t: t.settled("A2", "not_collected")),
        ("times left out", lambda t: setattr(t["A1"], "times_known", False)),
        ("promises moved", lambda t: setattr(t["A1"], "moved", True)),
        ("undone", lambda t: setattr(t["A1"], "undone", True)),
        ("couriers", lambda t: t.handed_in.update({"Oleh": 3200})),
        ("texts", lambda t: t.texts.update([("A1", "ready")])),
        ("left unpaid", lambda t: t["A2"].payments.append((CASH, 3200))),
    ],
)
def test_each_of_these_would_be_seen(name: str, change: Callable[[Tally], None]) -> None:
    before, tally = evening(), evening()
    change(tally)
    assert expected(tally)[name] != expected(before)[name]
