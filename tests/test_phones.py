"""Numbers are read as people of the shop's country type them, and known for what they are."""

from __future__ import annotations

import pytest

from pos_app.errors import BadInput
from pos_app.language import Texts
from pos_app.phones import (
    PhoneKind,
    country_of,
    example,
    is_premium,
    kind_of,
    parse,
    show,
    takes_texts,
)


@pytest.mark.parametrize(
    "typed",
    ["0671234567", "067 123-45-67", "+38 (067) 123 45 67", "00380671234567", "380671234567",
     "67 123 45 67", "\u0660671234567", " +380671234567 "],
)  # fmt: skip
def test_a_number_as_it_is_typed_in_ukraine(typed: str) -> None:
    assert parse(typed, "UA") == "+380671234567"


def test_no_number_is_none() -> None:
    assert parse("  ", "UA") == ""


@pytest.mark.parametrize(
    "typed", ["8 067 123 45 67", "102", "06712345", "+380671234567890", "+999"]
)
def test_a_number_that_nobody_has_is_refused_by_field_with_an_example(typed: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(typed, "UA", "lines[0].phone")
    assert caught.value.field == "lines[0].phone"
    assert "phone number" in caught.value.title
    assert caught.value.told(Texts("uk").gettext).hint == "Наприклад, 050 123 4567."


@pytest.mark.parametrize("typed", ["junk", "+", "x" * 100_000, "{typed}", "١٢٣", "0x67", "-5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        parse(typed, "UA")


def test_a_shop_of_an_unknown_country_takes_numbers_of_the_whole_world_only() -> None:
    assert parse("+48501234567", "XX") == "+48501234567"
    with pytest.raises(BadInput, match=r"Such as \+380 50 123 4567"):
        parse("501234567", "XX")


@pytest.mark.parametrize(
    ("phone", "country", "shown"),
    [
        ("+380671234567", "UA", "067 123 4567"),
        ("+380671234567", "PL", "+380 67 123 4567"),
        ("+12125550123", "US", "(212) 555-0123"),
        ("", "UA", ""),
        ("junk", "UA", "junk"),
    ],
)
def test_a_number_is_shown_as_people_of_the_country_read_it(
    phone: str, country: str, shown: str
) -> None:
    assert show(phone, country) == shown


@pytest.mark.parametrize(
    ("phone", "kind", "country", "texts"),
    [
        ("+380671234567", PhoneKind.MOBILE, "UA", True),
        ("+380442345678", PhoneKind.FIXED, "UA", False),
        ("+380900301234", PhoneKind.PREMIUM, "UA", False),
        ("+380800301234", PhoneKind.UNKNOWN, "UA", False),
        ("+12125550123", PhoneKind.EITHER, "US", True),
        ("+449098790000", PhoneKind.PREMIUM, "GB", False),
        ("+979123456789", PhoneKind.PREMIUM, "", False),
        ("+881612345678", PhoneKind.MOBILE, "", True),
        ("junk", PhoneKind.UNKNOWN, "", False),
        ("", PhoneKind.UNKNOWN, "", False),
    ],
)
def test_what_stands_behind_a_number(
    phone: str, kind: PhoneKind, country: str, texts: bool
) -> None:
    assert (kind_of(phone), country_of(phone), takes_texts(phone)) == (kind, country, texts)
    assert is_premium(phone) == (kind is PhoneKind.PREMIUM)


@pytest.mark.parametrize("country", ["UA", "PL", "US", "GB", "DE"])
def test_the_example_of_a_country_is_a_number_of_it(country: str) -> None:
    assert country_of(parse(example(country), country)) == country
