"""Money: whole minor units in, the same out, and totals that only the lines decide."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import Instant
from pos_app.desk.menus import Rate, priced_in, read_menu_file
from pos_app.domain.money import decimals, parse_amount, show
from pos_app.domain.order import Adjustment, Line, total_of
from pos_app.errors import BadInput
from pos_app.paths import resources

CURRENCIES = st.sampled_from(["UAH", "USD", "EUR", "JPY", "KWD", "PLN"])
AMOUNTS = st.integers(-(10**12), 10**12)
_LINE = Line(
    id=1,
    no=1,
    dish_id=1,
    names={"en": "Soup"},
    kitchen={"en": "Soup"},
    quantity=1,
    unit_price=0,
    modifiers=(),
    note="",
    station_id=1,
    prep_minutes=5,
    tax_class="",
    tax_rate_bp=0,
    tax_inclusive=True,
    replaces=None,
    made_at=None,
    handed_over_at=None,
    voided_at=None,
)
LINES = st.lists(
    st.builds(
        lambda quantity, price, voided: replace(
            _LINE,
            quantity=quantity,
            unit_price=price,
            voided_at=Instant(1) if voided else None,
        ),
        st.integers(1, 999),
        st.integers(0, 10**9),
        st.booleans(),
    )
).map(tuple)


@given(AMOUNTS, CURRENCIES)
def test_an_amount_written_out_reads_back_the_same(amount: int, currency: str) -> None:
    written = str(Decimal(amount).scaleb(-decimals(currency)))
    assert parse_amount(written, currency, "price") == amount


@given(AMOUNTS, CURRENCIES, st.sampled_from(["en", "uk"]))
def test_a_shown_amount_loses_no_minor_unit(amount: int, currency: str, language: str) -> None:
    shown = show(amount, currency, language)
    number = shown.rsplit(" ", 1)[0] if " " in shown else shown
    plain = "".join(ch for ch in number if ch.isdigit() or ch in ".,−")
    value = Decimal(plain.replace(",", ".").replace("−", "-"))
    assert value.scaleb(decimals(currency)) == amount


@given(st.text(), CURRENCIES)
def test_any_text_is_an_amount_or_bad_input_naming_the_field(text: str, currency: str) -> None:
    try:
        read: int | str = parse_amount(text, currency, "lines[0].price")
    except BadInput as error:
        read = error.field
    assert isinstance(read, int) or read == "lines[0].price"


@given(LINES)
def test_a_total_does_not_depend_on_the_order_of_lines(lines: tuple[Line, ...]) -> None:
    assert total_of(lines) == total_of(tuple(reversed(lines)))


@given(LINES, LINES)
def test_totals_of_two_halves_make_the_whole(
    some: tuple[Line, ...], others: tuple[Line, ...]
) -> None:
    assert total_of(some + others) == total_of(some) + total_of(others)


@given(LINES)
def test_a_voided_line_costs_nothing(lines: tuple[Line, ...]) -> None:
    kept = tuple(line for line in lines if line.voided_at is None)
    assert total_of(lines) == total_of(kept)


@given(LINES, st.integers(-(10**12), 0))
def test_a_discount_never_makes_a_total_negative(lines: tuple[Line, ...], discount: int) -> None:
    total = total_of(lines, (Adjustment("discount", {"en": "friend"}, discount),))
    assert total == max(0, total_of(lines) + discount)


@given(st.sampled_from(sorted(read_menu_file(resources() / "demo" / "menu.json").rates)))
def test_sample_prices_are_whole_steps_in_every_listed_currency(currency: str) -> None:
    sample = read_menu_file(resources() / "demo" / "menu.json")
    rate: Rate = sample.rates[currency]
    for dish in priced_in(sample, currency).dishes:
        price = Decimal(dish.price)
        assert price > 0
        assert price % Decimal(rate.step) == 0
        for modifier in dish.modifiers:
            assert price + Decimal(modifier.price) > 0


@pytest.mark.parametrize("currency", ["UAH", "XAF", "THB"])
def test_a_currency_without_a_rate_keeps_the_figures(currency: str) -> None:
    sample = read_menu_file(resources() / "demo" / "menu.json")
    assert priced_in(sample, currency).dishes == sample.dishes
