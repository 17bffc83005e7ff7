"""What a text costs as SMS, and which character makes it dear."""

from __future__ import annotations

import pytest

from pos_app.automation import texts
from pos_app.automation.wording.sms import (
    GSM7,
    UCS2,
    Offending,
    cheaper,
    encoding_of,
    facts,
    offending,
    plain,
    sms_parts,
)


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts", "left"),
    [
        ("", GSM7, 0, 1, 160),
        ("a" * 160, GSM7, 160, 1, 0),
        ("a" * 161, GSM7, 161, 2, 145),
        ("a" * 306, GSM7, 306, 2, 0),
        ("a" * 307, GSM7, 307, 3, 152),
        ("€" * 80, GSM7, 160, 1, 0),
        ("€" * 81, GSM7, 162, 2, 143),
        ("ж" * 70, UCS2, 70, 1, 0),
        ("ж" * 71, UCS2, 71, 2, 63),
        ("ж" * 134, UCS2, 134, 2, 0),
        ("ж" * 135, UCS2, 135, 3, 66),
        ("🍕" * 35, UCS2, 70, 1, 0),
        ("🍕" * 36, UCS2, 72, 2, 61),
        ("a" * 69 + "’", UCS2, 70, 1, 0),
    ],
)
def test_the_room_in_an_sms(text: str, encoding: str, units: int, parts: int, left: int) -> None:
    found = facts(text)
    assert (found.encoding, found.units, found.parts, found.left) == (encoding, units, parts, left)
    assert sms_parts(text) == parts


def test_a_character_of_two_units_is_never_split_between_parts() -> None:
    # 306 septets, but the sign that would lie across the border moves on.
    assert sms_parts("a" * 152 + "€" + "a" * 152) == 3
    assert sms_parts("ж" * 66 + "🍕" + "ж" * 66) == 3


def test_the_lanes_count_by_the_same_rule() -> None:
    assert texts.sms_parts is sms_parts


def test_each_character_that_makes_a_text_dear_is_named_once_with_what_could_stand_for_it() -> None:
    assert offending("It’s № 5 – it’s “here” 🍕") == (
        Offending("’", "'"),
        Offending("№", "No."),
        Offending("–", "-"),
        Offending("“", '"'),
        Offending("”", '"'),
        Offending("🍕", ""),
    )
    assert offending("It's {fine} for 5 €") == ()


@pytest.mark.parametrize(
    ("sign", "instead"),
    [("ç", "c"), ("ő", "o"), ("ł", "l"), ("\xa0", " "), ("…", "..."), ("ﬁ", "fi"), ("₴", "UAH"),
     ("щ", "shch"), ("日", "")],
)  # fmt: skip
def test_what_could_stand_for_a_character(sign: str, instead: str) -> None:
    assert cheaper(sign) == instead


def test_plain_writes_what_can_be_written_and_keeps_the_rest() -> None:
    assert plain("It’s № 5 – “façade”… 🍕") == 'It\'s No. 5 - "facade"... 🍕'
    assert encoding_of(plain("It’s № 5 – “façade”…")) == GSM7


@pytest.mark.parametrize("text", ["see https://x.example", "HTTP://x", "www.x.example"])
def test_a_link_is_noticed(text: str) -> None:
    assert facts(text).has_link


def test_words_are_no_link() -> None:
    assert not facts("Call 067 123 4567. Http is a protocol, awww.").has_link
