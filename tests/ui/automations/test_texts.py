"""The shop's own texts on the screen: chosen, written, looked at, saved, and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pos_app.automation.wording.choice import OwnText
from pos_app.automation.wording.standard import standard_text
from tests.support.pictures_automations import choose
from tests.support.pictures_texts import write
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.automations.hand import open_plain, till_at

READY = standard_text("ready", "en")
OWN = "Order {{ number }} waits for you, {{ name }}!"


def open_texts(till: Till) -> None:
    open_plain(till)
    till.tap("part:texts")
    till.wait(lambda: till.sees("text_said"), "the text as a guest gets it")


def body(till: Till) -> str:
    field = till.find("text_body")
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


def is_on(till: Till, name: str) -> bool:
    widget: QWidget = till.find(name)
    return widget.isEnabled()


def own(till: Till) -> list[tuple[str, str, str, str]]:
    found = till.shop.desk.texts.own()
    return [(one.about, one.channel, one.language, one.body) for one in found]


def test_the_standard_text_stands_there_until_somebody_writes_another(till: Till) -> None:
    open_texts(till)
    assert body(till) == READY
    assert till.text("text_state") == "Standard text"
    assert not is_on(till, "text_save")
    assert not is_on(till, "text_standard")
    assert till.text("text_said").endswith("order A43 is ready. Come to the counter.")
    assert till.text("text_facts").startswith("1 SMS")


def test_own_words_are_saved_and_the_standard_ones_come_back(till: Till) -> None:
    open_texts(till)
    write(till, OWN)
    till.tap("text_save")
    till.wait(lambda: till.text("text_state").startswith("Own words · changed"), "saved")
    assert own(till) == [("ready", "", "en", OWN)]
    assert not is_on(till, "text_save")
    till.tap("text_standard")
    assert body(till) == READY
    assert own(till) == [("ready", "", "en", OWN)], "nothing is saved by itself"
    till.tap("text_save")
    till.wait(lambda: till.text("text_state") == "Standard text", "the standard text again")
    assert own(till) == []


def test_a_field_is_put_in_by_a_tap_where_the_cursor_is(till: Till) -> None:
    open_texts(till)
    write(till, "")
    till.type("Hi,", "text_body")
    till.tap("text_field:name")
    till.type("! ", "text_body")
    till.tap("text_field:number")
    assert body(till) == "Hi, {{ name }}! {{ number }}"
    till.wait(lambda: till.text("text_said") == "Hi, Olena! A43", "how it reads")
    assert till.text("text_without:name") == "Without “Guest’s name”: Hi! A43"


def test_a_letter_has_a_subject_into_which_fields_go_too(till: Till) -> None:
    open_texts(till)
    choose(till, "text_channel", "mail")
    till.settle()
    till.enter_into("text_subject", "Yours is ready:")
    till.tap("text_field:number")
    till.tap("text_save")
    till.wait(lambda: bool(own(till)), "saved")
    [letter] = till.shop.desk.texts.own()
    assert (letter.channel, letter.subject) == ("mail", "Yours is ready: {{ number }}")
    till.wait(lambda: till.text("text_said_subject") == "Yours is ready: A43", "its subject")
    assert not till.sees("text_facts"), "a letter has no parts"
    choose(till, "text_channel", "sms")
    till.settle()
    assert not till.sees("text_subject")


def test_what_is_not_saved_is_there_again_with_its_text(till: Till) -> None:
    open_texts(till)
    write(till, OWN)
    choose(till, "text_about", "late")
    till.settle()
    assert body(till) == standard_text("late", "en")
    assert till.text("text_drafts") == "1 other text is not saved yet"
    choose(till, "text_about", "ready")
    till.settle()
    assert body(till) == OWN
    assert till.text("text_state") == "Standard text · not saved yet"
    assert not till.sees("text_drafts")


def test_a_fault_is_told_at_the_field_and_cannot_be_saved(till: Till) -> None:
    open_texts(till)
    write(till, "Line\n{{ table }}")
    till.wait(lambda: till.sees("text_body_error"), "what is wrong")
    assert till.text("text_body_error").startswith("Line 2: there is no field “table”")
    assert not is_on(till, "text_save")
    write(till, OWN)
    till.wait(lambda: not till.sees("text_body_error"), "sound again")
    assert is_on(till, "text_save")


@pytest.mark.parametrize("theirs_wins", [True, False])
def test_two_who_change_one_text_are_told(till: Till, theirs_wins: bool) -> None:
    open_texts(till)
    write(till, OWN)
    till.shop.desk.apart("other").texts.save(OwnText("ready", "", "en", "Come!"))
    till.wait(lambda: till.sees("text_conflict"), "what somebody else has written")
    assert body(till) == OWN, "nobody's words are lost"
    till.tap("text_save")
    till.settle()
    assert own(till)[0][3] == "Come!", "not over words that nobody has seen"
    till.tap("text_theirs" if theirs_wins else "text_mine")
    till.wait(lambda: not till.sees("text_conflict"), "decided")
    till.settle()
    said = "Come!" if theirs_wins else OWN
    assert (body(till), own(till)[0][3]) == (said, said)


def test_a_real_order_is_what_it_is_looked_at_with(open_till: Callable[..., Till]) -> None:
    till, _clock = till_at(open_till)
    order = till.shop.desk.place(pickup(till.shop)).order
    open_texts(till)
    till.wait(lambda: order.number in till.text("text_said"), "the newest order")
    write(till, "{{ name }}")
    till.wait(lambda: till.text("text_said") == "Iryna", "its guest")


def test_sms_in_latin_letters_are_ticked_for_all_of_them(till: Till) -> None:
    open_texts(till)
    choose(till, "text_language", "uk")
    till.wait(lambda: "Підійдіть" in till.text("text_said"), "the Ukrainian text")
    till.tap("text_latin")
    till.wait(lambda: "Pidiidit" in till.text("text_said"), "in Latin letters")
    assert till.shop.desk.setup().settings.channels.sms_in_latin
