"""What a manager writes instead of the standard words, and who finds out that two have."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.automation.wording.choice import OwnText
from pos_app.automation.wording.standard import standard_text
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import VirtualClock
from pos_app.errors import BadInput, ChangedMeanwhile
from pos_app.store import journal
from tests.support.shops import EVENING, open_test_shop, pickup

READY = OwnText("ready", "", "uk", "Замовлення {{ number }} вже чекає, {{ name }}!")


def test_a_place_without_own_words_says_the_standard_ones(shop: Shop) -> None:
    found = shop.desk.texts.at("ready", "sms", "uk")
    assert (found.text, found.own) == (standard_text("ready", "uk"), None)
    assert shop.desk.texts.own() == []


def test_own_words_are_kept_with_who_wrote_them_and_when(shop: Shop, clock: VirtualClock) -> None:
    desk = shop.desk.apart("olha")
    written = desk.texts.save(READY)
    assert (written.body, written.staff_id, written.updated_at) == (READY.text, "olha", EVENING)
    assert shop.desk.texts.at("ready", "", "uk").text == READY.text
    with shop.database.read() as connection:
        last, _ = journal.last(connection)
        entry = journal.get(connection, last)
    assert entry is not None
    assert (entry.kind, entry.staff_id) == ("text_written", "olha")
    assert entry.payload == {
        "about": "ready", "channel": "", "language": "uk", "keys": ["texts"],
    }  # fmt: skip
    assert READY.text not in str(entry.payload)


def test_a_channel_without_words_of_its_own_says_those_for_all(shop: Shop) -> None:
    texts = shop.desk.texts
    texts.save(READY)
    assert texts.at("ready", "telegram", "uk").text == READY.text
    texts.save(OwnText("ready", "telegram", "uk", "Готово 🍕"))
    assert texts.at("ready", "telegram", "uk").text == "Готово 🍕"
    assert texts.at("ready", "sms", "uk").text == READY.text


def test_back_to_the_standard_words(shop: Shop) -> None:
    texts = shop.desk.texts
    texts.save(READY)
    assert texts.reset("ready", "", "uk")
    assert texts.at("ready", "", "uk").own is None
    assert not texts.reset("ready", "", "uk"), "they stand there already"


def test_who_saves_over_words_that_he_has_not_seen_is_told(shop: Shop) -> None:
    ours = shop.desk.texts.at("ready", "", "uk").version
    theirs = open_shop(shop.data, clock=VirtualClock(EVENING))
    try:
        theirs.desk.texts.save(READY, expected=ours)
    finally:
        theirs.close()
    with pytest.raises(ChangedMeanwhile, match="Somebody else"):
        shop.desk.texts.save(OwnText("ready", "", "uk", "Інше"), expected=ours)
    with pytest.raises(ChangedMeanwhile):
        shop.desk.texts.reset("ready", "", "uk", expected=ours)
    now = shop.desk.texts.at("ready", "", "uk")
    assert now.text == READY.text, "what the other has written is there"
    shop.desk.texts.save(OwnText("ready", "", "uk", "Інше"), expected=now.version)
    assert shop.desk.texts.at("ready", "", "uk").text == "Інше"


def test_saving_the_same_words_again_changes_nothing(shop: Shop, clock: VirtualClock) -> None:
    first = shop.desk.texts.save(READY)
    clock.advance(1_000)
    assert shop.desk.texts.save(READY) == first


@pytest.mark.parametrize(
    ("text", "field", "says"),
    [
        (OwnText("weather", "", "uk", "Сонячно"), "about", "weather"),
        (OwnText("ready", "pigeon", "uk", "Курли"), "channel", "pigeon"),
        (OwnText("ready", "", "xx", "Qapla"), "language", "xx"),
        (OwnText("ready", "", "uk", "Раз\n{{ meal }}"), "text", "Line 2"),
        (OwnText("ready", "", "uk", " "), "text", "needs words"),
        (OwnText("ready", "sms", "uk", "Готово", "Тема"), "subject", "subject"),
        (OwnText("ready", "mail", "uk", "Готово", "{{ meal }}"), "subject", "meal"),
        (OwnText("ready", "mail", "uk", "Готово", "х" * 151), "subject", "150"),
    ],
)
def test_what_cannot_be_said_is_refused_by_its_field(
    shop: Shop, text: OwnText, field: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        shop.desk.texts.save(text)
    assert refused.value.field == field
    assert shop.desk.texts.own() == []


def test_a_subject_is_one_line(shop: Shop) -> None:
    letter = OwnText("ready", "mail", "uk", "Готово", "  {{ shop }}:\n  {{ number }} ")
    assert shop.desk.texts.save(letter).subject == "{{ shop }}: {{ number }}"


def test_a_look_is_at_a_real_order_or_at_one_that_there_could_be(shop: Shop) -> None:
    looked = shop.desk.texts.look(READY)
    assert looked.preview.text == "Замовлення A43 вже чекає, Олена!"
    assert (looked.number, looked.preview.parts) == ("", 1)
    order = shop.desk.place(pickup(shop)).order
    looked = shop.desk.texts.look(READY, order_id=order.id)
    assert looked.preview.text == f"Замовлення {order.number} вже чекає, Iryna!"
    assert looked.number == order.number
    assert [w.text for w in looked.preview.without] == [f"Замовлення {order.number} вже чекає!"]


def test_a_letter_is_looked_at_with_its_subject(shop: Shop) -> None:
    own = OwnText("ready", "mail", "en", "Come, {{ name }}!", "{{ number }} for {{ name }}")
    assert shop.desk.texts.look(own).subject == "A43 for Olena"
    plain = OwnText("ready", "", "en", "Come!")
    assert shop.desk.texts.look(plain, channel="mail").subject == "Trattoria · A43"
    assert shop.desk.texts.look(plain, channel="sms").subject == ""


def test_sms_in_latin_letters_is_one_setting_for_all_of_them(shop: Shop) -> None:
    texts = shop.desk.texts
    assert texts.look(READY, channel="sms").preview.encoding == "ucs2"
    texts.set_latin(True)
    looked = texts.look(READY, channel="sms").preview
    assert (looked.encoding, looked.text) == ("gsm7", "Zamovlennia A43 vzhe chekaie, Olena!")
    assert texts.look(READY, channel="sms", in_latin=False).preview.encoding == "ucs2"


def test_own_words_outlive_the_program(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        shop.desk.texts.save(READY)
    with open_test_shop(tmp_path / "shop") as shop:
        assert shop.desk.setup().texts == (READY,)
