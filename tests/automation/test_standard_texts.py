"""What guests read while a manager has written nothing, and whose words come first when he has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.automation.defaults import DEFAULT_RULES
from pos_app.automation.model import Send
from pos_app.automation.wording.choice import OwnText, chosen
from pos_app.automation.wording.fields import FIELDS
from pos_app.automation.wording.rendering import checked, render
from pos_app.automation.wording.standard import LINKED, abouts, standard_text
from pos_app.language import LANGUAGES
from pos_app.store import messages
from tests.automation.said import BARE, FULL

OF_BEFORE = {
    ("accepted", "en"): "Trattoria: order A43 is accepted, ready about 19:45.",
    ("ready", "en"): "Trattoria: order A43 is ready. Come to the counter.",
    ("on_the_way", "en"): "Trattoria: order A43 is on its way.",
    ("not_ready_yet", "en"): "Trattoria: order A43 is not ready yet after all, about 19:45. Sorry!",
    ("accepted", "uk"): "Trattoria: замовлення A43 прийнято, буде готове близько 19:45.",
    ("ready", "uk"): "Trattoria: замовлення A43 готове. Підійдіть до видачі.",
    ("on_the_way", "uk"): "Trattoria: замовлення A43 вже в дорозі.",
    ("not_ready_yet", "uk"): (
        "Trattoria: замовлення A43 усе ж іще не готове, буде близько 19:45. Вибачте!"
    ),
}


@pytest.mark.parametrize(("about", "language"), OF_BEFORE)
def test_a_guest_reads_the_words_that_he_has_always_read(about: str, language: str) -> None:
    words = OF_BEFORE[about, language]
    linked = f"{words} {FULL.link}" if about in LINKED else words
    assert render(standard_text(about, language), BARE) == words
    assert render(standard_text(about, language), FULL) == linked


def test_there_are_words_for_whatever_the_shop_says_by_itself() -> None:
    said = {
        step.about for rule in DEFAULT_RULES for step in rule.steps if isinstance(step, Send)
    } | {messages.CORRECTION, messages.READY}
    assert said <= set(abouts())
    assert {"late", "delivered_feedback", "not_collected", "thanks_first", "come_back",
            "cancelled", "promise_moved"} <= set(abouts())  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", abouts())
def test_the_standard_words_could_have_been_written_by_a_manager(about: str, language: str) -> None:
    template = standard_text(about, language)
    assert checked(template) == template
    said = render(template, FULL)
    assert "Trattoria" in said
    for name in FIELDS:
        if "{{ " + name + " }}" in template:
            assert getattr(FULL, name) in said
    for fields in (BARE, replace(BARE, name="Olena"), replace(BARE, phone="067 123 4567")):
        left = render(template, fields)
        assert left
        assert left[0].isupper()
        assert left[-1] not in ",:; "


def test_a_text_about_nothing_known_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="no text about weather"):
        standard_text("weather", "en")


def test_a_language_that_nobody_wrote_is_read_in_english() -> None:
    assert render(standard_text("ready", "pl"), BARE) == OF_BEFORE["ready", "en"]


OWN = (
    OwnText("ready", "", "uk", "Готово!"),
    OwnText("ready", "telegram", "uk", "Готово 🍕"),
    OwnText("ready", "", "pl", "Gotowe!"),
    OwnText("birthday", "", "uk", "Вітаємо!"),
)


@pytest.mark.parametrize(
    ("about", "channel", "guest", "shop", "text", "language"),
    [
        ("ready", "sms", "uk", "uk", "Готово!", "uk"),
        ("ready", "telegram", "uk", "uk", "Готово 🍕", "uk"),
        ("ready", "sms", "pl", "uk", "Gotowe!", "pl"),
        ("ready", "sms", "de", "uk", "Готово!", "uk"),
        ("ready", "sms", "", "pl", "Gotowe!", "pl"),
        ("birthday", "sms", "en", "uk", "Вітаємо!", "uk"),
    ],
)
def test_own_words_come_first_in_the_language_that_the_guest_knows_best(
    about: str, channel: str, guest: str, shop: str, text: str, language: str
) -> None:
    found = chosen(OWN, about, channel, guest, shop)
    assert (found.text, found.language, found.is_own) == (text, language, True)


@pytest.mark.parametrize(
    ("about", "guest", "shop", "language"),
    [("ready", "en", "uk", "en"), ("late", "uk", "en", "uk"), ("late", "de", "uk", "uk"),
     ("late", "de", "fr", "en")],
)  # fmt: skip
def test_standard_words_in_the_guest_s_language_stand_before_foreign_ones(
    about: str, guest: str, shop: str, language: str
) -> None:
    found = chosen(OWN, about, "sms", guest, shop)
    assert (found.text, found.is_own) == (standard_text(about, language), False)


def test_an_occasion_of_the_manager_s_own_without_words_is_an_error() -> None:
    with pytest.raises(ValueError, match="no text about birthday"):
        chosen(OWN, "birthday", "sms", "en", "en")
