"""Orders found again: whatever somebody remembers of one, on whatever keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, VirtualClock
from pos_app.desk.menu_exchange import import_menu
from pos_app.desk.menus import parse_menu
from pos_app.domain.order import Customer
from pos_app.domain.workflow import Fulfilment
from pos_app.store import search, words
from tests.support.shops import EVENING, open_test_shop, pickup

GUESTS = (
    ("Ірина Коваль", "+380671234567", "Margherita"),
    ("Ґеорґій Мар’янчук", "+380509876543", "Pepperoni"),
    ("Siobhán O’Hara", "+353851112233", "Margherita"),
    ("Ірина Бондар", "", "Pepperoni"),
)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    """Four orders of 23 November, A1 to A4; then a table's, A1 of the day after."""
    with open_test_shop(tmp_path, clock=clock) as opened:
        for name, phone, dish in GUESTS:
            # Ended, so that the next day begins with A1 again.
            opened.desk.cancel(_place(opened, name, phone, dish), "a trial")
        clock.advance(DAY_MS)
        at_table = replace(pickup(opened, "Margherita"), fulfilment=Fulfilment.DINE_IN)
        opened.desk.place(replace(at_table, customer=Customer(), table="Terrace 3"))
        yield opened


def _place(shop: Shop, name: str, phone: str, dish: str) -> int:
    draft = replace(pickup(shop, dish), customer=Customer(name, phone))
    return shop.desk.place(draft).order.id


def found(shop: Shop, typed: str) -> list[str]:
    return [
        f"{card.order.number}@{card.order.business_date[-2:]}" for card in shop.desk.search(typed)
    ]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ["A1@24", "A4@23", "A3@23", "A2@23", "A1@23"]),
        ("A2", ["A2@23"]),
        ("а2", ["A2@23"]),
        ("2", ["A2@23"]),
        ("A", ["A1@24", "A4@23", "A3@23", "A2@23", "A1@23"]),
        ("123 45 67", ["A1@23"]),
        ("(067) 123-45-67", ["A1@23"]),
        ("3456", ["A1@23"]),
        ("ІРИНА", ["A4@23", "A1@23"]),
        ("ірина ковал", ["A1@23"]),
        ("коваль ірина", ["A1@23"]),
        ("георгий", []),
        ("георгій", ["A2@23"]),
        ("георгіи", ["A2@23"]),
        ("мар'янчук", ["A2@23"]),
        ("марянчук", ["A2@23"]),
        ("siobhan ohara", ["A3@23"]),
        ("O'H", ["A3@23"]),
        ("маргарита", ["A1@24", "A3@23", "A1@23"]),
        ("margh", ["A1@24", "A3@23", "A1@23"]),
        ("ірина маргарита", ["A1@23"]),
        ("ірина zzz", []),
        ("terrace 3", ["A1@24"]),
        ("TERRACE 3", ["A1@24"]),
        ("2026-11-23", ["A4@23", "A3@23", "A2@23", "A1@23"]),
        ("23.11", ["A4@23", "A3@23", "A2@23", "A1@23"]),
        ("23.11.26 ірина", ["A4@23", "A1@23"]),
        ("A1 24.11.2026", ["A1@24"]),
        ("вчора пепероні", ["A4@23", "A2@23"]),
        ("today", ["A1@24"]),
        ("30.02", []),
        ("%", []),
        ("_____", []),
        ("—", []),
    ],
)
def test_an_order_is_found_by_what_somebody_remembers(
    shop: Shop, typed: str, numbers: list[str]
) -> None:
    assert found(shop, typed) == numbers


def test_every_piece_of_a_phone_number_finds_its_guest(shop: Shop) -> None:
    digits = "380671234567"
    for start in range(len(digits) - 2):
        for end in range(start + 3, len(digits) + 1):
            assert "A1@23" in found(shop, digits[start:end]), digits[start:end]


def test_further_pages_go_on_where_the_last_one_ended(shop: Shop) -> None:
    for typed in ("", "маргарита", "ірина", "A", "23.11"):
        everything = [card.order.id for card in shop.desk.search(typed)]
        paged: list[int] = []
        while page := shop.desk.search(typed, 1, before=paged[-1] if paged else None):
            paged.append(page[0].order.id)
        assert paged == everything, typed


def test_common_names_are_found_newest_first_whether_walked_or_sorted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("ірина", "ірина маргарита", "ірина бондар", "A", "A1", "ірина 23.11")
    sorted_ones = [found(shop, typed) for typed in asked]
    monkeypatch.setattr(search, "MANY_GUESTS", 0)
    monkeypatch.setattr(search, "MANY_NUMBERS", 0)
    monkeypatch.setattr(search, "FEW_GUESTS", 0)
    for walked in (0, 2, 5_000):
        monkeypatch.setattr(search, "WALKED", walked)
        assert [found(shop, typed) for typed in asked] == sorted_ones
        for typed in asked:
            assert [c.order.id for c in shop.desk.search(typed, 1)] == [
                c.order.id for c in shop.desk.search(typed)
            ][:1]


def test_a_guest_is_found_by_his_new_name_and_no_longer_by_the_old_one(shop: Shop) -> None:
    _place(shop, "Орися Коваль", "+380671234567", "Margherita")
    assert found(shop, "орися") == ["A2@24", "A1@23"]
    assert found(shop, "ірина ковал") == []


def test_a_dish_is_found_by_the_name_it_had_when_it_was_ordered(shop: Shop) -> None:
    dish = next(d for d in shop.desk.setup().menu.dishes if d.names["en"] == "Pepperoni")
    renamed = (
        '{"stations": [{"id": "s", "names": {"en": "Oven"}}],'
        ' "categories": [{"id": "c", "names": {"en": "Pizza"}}], "dishes": [{"category": "c",'
        f' "station": "s", "id": "{dish.uid}", "names": {{"en": "Diavola"}}, "price": "9"}}]}}'
    )
    with shop.desk.act() as act:
        import_menu(act, parse_menu(renamed.encode()), replace=False)
    assert found(shop, "diavola") == found(shop, "pepperoni") == ["A4@23", "A2@23"]


def test_a_guest_who_was_forgotten_is_found_by_nothing_of_his(shop: Shop) -> None:
    guest = shop.desk.acquaintance("0671234567")
    assert guest is not None
    assert found(shop, "коваль")
    with shop.database.write() as connection:
        words.forget_guests(connection, [guest.person.id])
    assert found(shop, "коваль") == found(shop, "1234567") == []
    assert found(shop, "A1") == ["A1@24", "A1@23"]
    with shop.database.write() as connection:
        assert words.mend(connection) == words.mend_all(connection) == 0
