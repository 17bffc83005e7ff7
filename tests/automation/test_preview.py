"""What a person sees of a text before saving it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.automation.wording.preview import Preview, Without, preview
from pos_app.automation.wording.sms import GSM7, UCS2, Offending
from pos_app.errors import BadInput
from pos_app.language import Texts
from tests.automation.said import BARE, FULL

PRICE = 4_550
"""Of one part, in hundredths of a minor unit: 45.5 kopiykas."""


def _told(found: Preview, language: str = "en") -> list[str]:
    return [warned.told(Texts(language).gettext) for warned in found.warnings]


def test_a_text_of_one_part() -> None:
    found = preview("{{ shop }}: order {{ number }} is ready.", FULL, "sms", "en", PRICE)
    assert found.text == "Trattoria: order A43 is ready."
    assert (found.parts, found.encoding, found.cost, found.left) == (1, GSM7, 4_550, 130)
    assert (found.offending, found.warnings, found.without) == ((), (), ())


def test_one_curly_apostrophe_doubles_what_a_latin_text_costs() -> None:
    text = "{{ shop }}: we’re sorry, order {{ number }} takes longer, about {{ time }} now. Sorry!"
    found = preview(text, FULL, "sms", "en", PRICE)
    assert (found.parts, found.encoding, found.cost) == (2, UCS2, 9_100)
    assert found.offending == (Offending("’", "'"),)
    assert _told(found) == [
        "’ halves the room in an SMS: 70 characters instead of 160.",
        "In plain characters it would take 1 SMS instead of 2.",
    ]
    assert _told(found, "uk")[0] == ("Через ’ в SMS удвічі менше місця: 70 символів замість 160.")


def test_a_sign_that_cannot_be_seen_is_named() -> None:
    found = preview("5\xa0UAH", FULL, "sms", "en", PRICE)
    assert _told(found) == [
        "no-break space halves the room in an SMS: 70 characters instead of 160."
    ]


def test_ukrainian_in_latin_letters_is_offered_where_it_is_cheaper() -> None:
    text = "{{ shop }}: замовлення {{ number }} прийнято, буде готове близько {{ time }}. Дякуємо!"
    found = preview(text, FULL, "sms", "uk", PRICE)
    assert found.parts == 2
    assert _told(found) == ["In Latin letters it would take 1 SMS instead of 2."]
    written = preview(text, FULL, "sms", "uk", PRICE, in_latin=True)
    assert written.text.startswith("Trattoria: zamovlennia A43 pryiniato, bude hotove blyzko")
    assert (written.parts, written.encoding, written.warnings) == (1, GSM7, ())


def test_a_short_ukrainian_text_is_left_alone() -> None:
    assert preview("Готово", FULL, "sms", "uk", PRICE).warnings == ()


def test_a_link_and_a_long_text_are_told() -> None:
    found = preview("Hi. " * 150 + "{{ link }}", FULL, "sms", "en", PRICE)
    assert found.parts == 5
    assert _told(found) == [
        "It is long: 5 SMS for each guest.",
        "It holds a link: some networks hold such SMS back.",
    ]


def test_how_it_reads_without_each_field_that_may_be_missing() -> None:
    text = "Hi {{ name }}, order {{ number }} comes with {{ courier }}."
    assert preview(text, FULL, "sms", "en", PRICE).without == (
        Without("courier", "Hi Olena, order A43 comes."),
        Without("name", "Order A43 comes with Ivan."),
    )


def test_a_text_that_says_nothing_or_too_much_is_told() -> None:
    empty = preview("{{ name }}", BARE, "telegram", "en", PRICE)
    assert (empty.text, _told(empty)) == ("", ["Nothing would be said: no text would be sent."])
    long = preview("{{ name }}" * 5, replace(FULL, name="x" * 500), "telegram", "en", PRICE)
    assert len(long.text) == 2_000
    assert _told(long) == ["It would be cut at 2000 characters."]


def test_a_chat_has_no_parts_and_no_dear_characters() -> None:
    found = preview("Готово 🍕 {{ link }}", FULL, "telegram", "uk", 0, in_latin=True)
    assert found.text == f"Готово 🍕 {FULL.link}"
    assert (found.parts, found.encoding, found.cost, found.offending) == (1, "unicode", 0, ())
    assert found.warnings == ()


def test_a_fault_is_told_as_it_is_when_saving() -> None:
    with pytest.raises(BadInput, match="Line 2"):
        preview("Hi\n{{ name() }}", FULL, "sms", "en", PRICE)
