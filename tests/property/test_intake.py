"""Reading orders from outside: whatever comes is a draft or an error that names its field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from unicodedata import category

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app import intake
from pos_app.clock import Instant
from pos_app.domain.cards import masked, passes_luhn
from pos_app.domain.menu import Category, Dish, Menu, Modifier, Station
from pos_app.domain.order import Draft
from pos_app.errors import BadInput


def dish(no: int, names: dict[str, str], modifiers: tuple[Modifier, ...] = ()) -> Dish:
    return Dish(no, f"dish-{no}", 1, names, names, 100, 1, 5, False, no, modifiers=modifiers)


def modifier(no: int, name: str) -> Modifier:
    return Modifier(no, f"modifier-{no}", 1, {"en": name}, {"en": name}, 0, "", no)


MENU = Menu(
    categories=(Category(1, "category-1", {"en": "All"}, 0),),
    dishes=(
        dish(1, {"en": "Soup", "uk": "Суп"}, (modifier(1, "Hot"), modifier(2, "cold"))),
        dish(2, {"en": "Pie"}),
        dish(3, {"en": "pie "}),
    ),
    stations=(Station(1, "station-1", {"en": "Kitchen"}, 0),),
)
SHOP = intake.Shop(MENU, "UA", Instant(1_795_460_400_000))
WORDS = st.sampled_from(
    [
        *("ref", "fulfilment", "source", "lines", "customer", "promised_at", "payment", "tags"),
        *("allergy", "note", "address", "table", "dish", "quantity", "modifiers", "name"),
        *("phone", "language", "order_texts", "type", "state", "street", "floor", "change_from"),
    ]
)
KNOWN = [
    *("pickup", "delivery", "dine_in", "web", "Soup", "суп", "pie", "dish-2", "hot", "cash"),
    *("paid", "uk", "+380671234567", "2026-11-23T21:30:00+02:00", "4111111111111111"),
]
VALUES = st.one_of(
    st.sampled_from(KNOWN),
    st.none(),
    st.booleans(),
    st.integers(-5, 2_000),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.text(st.characters(codec=None), max_size=5),
)
ANYTHING = st.recursive(
    VALUES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(WORDS, st.text(max_size=6)), inner, max_size=8),
    ),
    max_leaves=25,
)
LINE = st.fixed_dictionaries(
    {"dish": st.one_of(st.sampled_from(["Soup", "dish-2", "pie"]), ANYTHING)},
    optional={"quantity": ANYTHING, "modifiers": ANYTHING, "note": ANYTHING},
)
OPTIONAL = ("source", "customer", "payment", "address", "tags", "note", "promised_at")
ORDER = st.fixed_dictionaries(
    {
        "fulfilment": st.one_of(st.just("pickup"), ANYTHING),
        "lines": st.one_of(st.lists(LINE, max_size=3), ANYTHING),
    },
    optional=dict.fromkeys(OPTIONAL, ANYTHING),
)


def outcome(read: Callable[[], Draft]) -> Draft | BadInput:
    """What reading ends with; any other exception is a bug."""
    try:
        return read()
    except BadInput as error:
        return error


def is_well_told(error: BadInput) -> bool:
    told = str(error)
    return bool(error.title) and "\n" not in told and len(told) < 1_000


@given(st.one_of(ANYTHING, ORDER))
def test_any_json_value_is_a_draft_or_bad_input(value: Any) -> None:
    read = outcome(lambda: intake.draft(value, SHOP))
    if isinstance(read, BadInput):
        assert is_well_told(read)
    else:
        assert read.lines
        # What was accepted can be stored: no lone surrogate got through.
        assert msgspec.json.encode(read)


@given(st.one_of(st.binary(), ORDER.map(lambda value: json.dumps(value).encode())))
def test_any_bytes_are_a_draft_or_bad_input(raw: bytes) -> None:
    read = outcome(lambda: intake.read_order(raw, SHOP))
    if isinstance(read, BadInput):
        assert is_well_told(read)
    else:
        assert msgspec.json.encode(read)


@given(st.text(max_size=300))
def test_a_text_is_kept_literally_but_for_breaks_and_edges(note: str) -> None:
    value = {"fulfilment": "pickup", "lines": [{"dish": "Soup"}], "note": note}
    read = outcome(lambda: intake.draft(value, SHOP))
    breaks = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")
    flat = note.replace("\r\n", " ").translate(breaks).strip()
    if isinstance(read, BadInput):
        assert read.field == "note"
        assert any(category(sign) in ("Cc", "Cs", "Cn") for sign in flat)
    else:
        assert read.note == flat


@given(st.integers(1, 999), st.sampled_from(["Soup", "СУП", " soup ", "dish-1"]))
def test_a_dish_goes_by_id_or_name_in_any_language(quantity: int, name: str) -> None:
    value = {
        "fulfilment": "pickup",
        "lines": [{"dish": name, "quantity": quantity, "modifiers": ["HOT", "modifier-2"]}],
    }
    (line,) = intake.draft(value, SHOP).lines
    assert (line.dish_id, line.quantity) == (1, quantity)
    assert line.modifier_uids == ("modifier-1", "modifier-2")


def test_a_name_that_two_dishes_have_is_refused_with_their_ids() -> None:
    value = {"fulfilment": "pickup", "lines": [{"dish": "Pie"}]}
    with pytest.raises(BadInput, match="dish-2, dish-3") as refused:
        intake.draft(value, SHOP)
    assert refused.value.field == "lines[0].dish"


@given(st.integers(10**11, 10**18 - 1), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_masked_and_nothing_else(number: int, between: str) -> None:
    digits = str(number)
    check = next(str(d) for d in range(10) if passes_luhn(f"{digits}{d}"))
    card = digits + check
    spoken = between.join(card[place : place + 4] for place in range(0, len(card), 4))
    told = masked(f"card {spoken} ok")
    assert sum(sign.isdigit() for sign in told) == (4 if 13 <= len(card) <= 19 else len(card))
    if not between:
        wrong = digits + str((int(check) + 1) % 10)
        assert masked(f"card {wrong} ok") == f"card {wrong} ok"


@pytest.mark.parametrize(
    "text", ["+380 67 123 45 67", "order 2026-11-23 19:30", "A43", "12345678901234567890123"]
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


def test_a_card_beside_another_number_is_found() -> None:
    assert masked("2 4111 1111 1111 1111 12 27") == "2 **** **** **** 1111 12 27"
