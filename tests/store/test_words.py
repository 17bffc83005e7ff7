"""Words to be found by: written with a guest, and mended where an older till wrote none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.domain.folding import endings, folded_words
from pos_app.lanes.nightly import NightlyWorker
from pos_app.store import words
from tests.support.shops import open_test_shop, pickup


def _numbers(shop: Shop, typed: str) -> list[str]:
    return [card.order.number for card in shop.desk.search(typed)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("АВЕІКМНОРСТХУ", "abeikmhopctxy"),
        ("Мар’яна", "МАРʼЯНА"),
        ("Мар'яна", "марьяна".replace("ь", "")),
        ("Ґалаґан", "галаган"),
        ("Chloë", "CHLOE"),
        ("Їжак", "іжак"),
        ("Cafe\u0301", "café"),
    ],
)
def test_what_looks_the_same_is_the_same(one: str, other: str) -> None:
    assert folded_words(one) == folded_words(other)


def test_endings_have_three_digits_or_more() -> None:
    assert endings("+38 067") == {"38067", "8067", "067"}
    assert endings("12") == endings("") == set()


def test_guests_of_an_older_till_are_found_once_the_shop_is_opened_again(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        shop.desk.place(pickup(shop))
        assert _numbers(shop, "iryna") == _numbers(shop, "margherita") == ["A1"]
        with shop.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM people_words")
            connection.exec_driver_sql("DELETE FROM dish_words")
    with open_test_shop(tmp_path) as shop:
        assert _numbers(shop, "iryna") == _numbers(shop, "margherita") == ["A1"]


def test_a_guest_whose_name_changes_before_he_was_ever_looked_for_is_found_by_the_new_one(
    tmp_path: Path,
) -> None:
    with open_test_shop(tmp_path) as shop:
        first, second = "+380501112231", "+380501112232"
        shop.desk.place(pickup(shop, phone=first))
        shop.desk.place(pickup(shop, phone=second))
        draft = pickup(shop, phone=second)
        shop.desk.place(replace(draft, customer=replace(draft.customer, name="Olena")))
        assert _numbers(shop, "olena") == ["A3", "A2"]
        assert _numbers(shop, "iryna") == ["A1"]
        shop.desk.place(replace(draft, customer=replace(draft.customer, name="Оксана")))
        assert _numbers(shop, "оксана") == ["A4", "A3", "A2"]
        assert _numbers(shop, "olena") == []


def test_the_till_itself_keeps_the_words_up_so_that_a_first_search_need_not(
    tmp_path: Path,
) -> None:
    with open_test_shop(tmp_path) as shop:
        shop.desk.place(pickup(shop))
        NightlyWorker(shop, at_once=True).work()
        with shop.database.read() as connection:
            assert not words.are_behind(connection)


def test_what_can_not_be_written_any_more_is_still_searched(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        shop.desk.place(pickup(shop))
        assert _numbers(shop, "iryna") == ["A1"]
        shop.desk.place(pickup(shop))
        shop.desk.place(pickup(shop, phone="+380501112233"))
        with shop.database.write() as connection:
            connection.exec_driver_sql("UPDATE store SET min_writer = 99")
        assert _numbers(shop, "iryna") == ["A2", "A1"]


def test_guests_of_an_older_till_among_ours_are_mended_when_the_day_is_closed(
    tmp_path: Path,
) -> None:
    with open_test_shop(tmp_path) as shop:
        first = shop.desk.place(pickup(shop)).order
        second = shop.desk.place(pickup(shop, phone="+380501112233")).order
        assert _numbers(shop, "iryna") == [second.number, first.number]
        with shop.database.write() as connection:
            connection.exec_driver_sql(
                "DELETE FROM people_words WHERE people_id = ?", (first.people_id,)
            )
        assert _numbers(shop, "iryna") == [second.number]
        for order in (first, second):
            shop.desk.cancel(order.id, "a trial")
        shop.desk.evening.close_day(first.business_date)
        assert _numbers(shop, "iryna") == [second.number, first.number]


def test_mending_goes_on_until_nobody_is_left(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        for number in range(5):
            shop.desk.place(pickup(shop, phone=f"+38067000000{number}"))
        with shop.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM people_words")
            mended = [words.mend_all(connection, 2) for _ in range(4)]
        assert mended == [2, 2, 1, 0]
