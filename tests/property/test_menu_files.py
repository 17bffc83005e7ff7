"""Prices as people write them, and a menu that went through a spreadsheet."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.desk import menu_table, menu_table_plan
from pos_app.domain.menu import Category, Dish, Menu, Station, kitchen_name
from pos_app.domain.money import decimals, parse_price, plain, show, symbol
from pos_app.errors import BadInput

# The first one reads the currencies of the world, or the catalogue.
FIRST_IS_SLOW = settings(deadline=None)
CURRENCIES = ("UAH", "EUR", "JPY", "KWD")
AMOUNTS = st.integers(0, 10**9)
NAMES = (
    st.text(
        st.characters(
            codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ;,\"'=+-@"
        ),
        min_size=1,
        max_size=40,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text != "")
)


@FIRST_IS_SLOW
@given(AMOUNTS, st.sampled_from(CURRENCIES), st.sampled_from(["en", "uk"]))
def test_a_price_is_read_as_it_is_shown(amount: int, currency: str, language: str) -> None:
    assert parse_price(show(amount, currency, language), currency, "price") == amount
    assert parse_price(plain(amount, currency, language), currency, "price") == amount
    assert parse_price(plain(-amount, currency, language), currency, "price") == -amount


@FIRST_IS_SLOW
@given(st.integers(0, 10**6), st.integers(0, 99), st.sampled_from([".", ","]))
def test_points_and_commas_are_both_cents(whole: int, cents: int, point: str) -> None:
    wanted = whole * 100 + cents
    for text in (f"{whole}{point}{cents:02}", f" {whole}{point}{cents:02} {symbol('UAH', 'uk')}"):
        assert parse_price(text, "UAH", "price") == wanted
    grouped = f"{whole:,}.{cents:02}"
    other = grouped.translate(str.maketrans(",.", ".,"))
    assert {parse_price(text, "UAH", "price") for text in (grouped, other)} == {wanted}


@FIRST_IS_SLOW
@given(st.text(max_size=12), st.sampled_from(CURRENCIES))
def test_nothing_is_a_price_but_figures(text: str, currency: str) -> None:
    with suppress(BadInput):
        amount = parse_price(text, currency, "price")
        assert any(sign in "0123456789" for sign in text)
        assert abs(amount) < 10 ** (len(text) + decimals(currency) + 1)


@pytest.mark.parametrize("text", ["1,250", "1.250", "12,5,0", "1,2.3.4", "1e3", "", "грн", "5 5x"])
def test_what_could_be_two_prices_is_none(text: str) -> None:
    with pytest.raises(BadInput):
        parse_price(text, "UAH", "price")


@st.composite
def menus(draw: st.DrawFn) -> Menu:
    """A menu whose names are all different, as the form keeps them."""
    unique = draw(st.lists(NAMES, min_size=2, max_size=12, unique_by=lambda name: name.casefold()))
    categories = tuple(Category(i, f"c{i}", {"uk": f"Розділ {i}"}, i) for i in (1, 2))
    stations = tuple(Station(i, f"s{i}", {"uk": f"Цех {i}"}, i) for i in (1, 2))
    dishes = []
    for place, name in enumerate(unique):
        spoken = draw(st.sampled_from(["en", "uk"]))
        dishes.append(
            Dish(
                place + 1,
                f"d{place}",
                draw(st.sampled_from([1, 2])),
                {spoken: name},
                {spoken: kitchen_name(name)},
                draw(AMOUNTS),
                draw(st.sampled_from([1, 2])),
                draw(st.integers(0, 600)),
                False,
                place,
                draw(st.sampled_from(["", f"482{place}"])),
            )
        )
    return Menu(categories, tuple(dishes), stations)


@settings(FIRST_IS_SLOW, max_examples=40)
@given(menus(), st.sampled_from(["en", "uk"]), st.sampled_from(CURRENCIES))
def test_a_menu_comes_back_from_a_table_as_it_was(menu: Menu, language: str, currency: str) -> None:
    table = menu_table.read(menu_table.written(menu, currency, language).encode(), language)
    plan = menu_table_plan.plan_table(table, menu, currency, language, replace_all=True)
    assert (plan.faults, plan.changes_nothing) == ((), True)
    nothing = Menu((), (), ())
    anew = menu_table_plan.plan_table(table, nothing, currency, language, replace_all=True)
    assert anew.faults == ()
    assert sorted(map(_said, anew.added)) == sorted(map(_said, menu.dishes))


def _said(dish: Dish) -> tuple[object, ...]:
    names = tuple(dish.names.items())
    return names, tuple(dish.kitchen.items()), dish.price, dish.prep_minutes, dish.barcode
