"""What strangers, finders of slips and floods can do to the shop's bot, and what they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import HOUR_MS
from pos_app.desk.guest_chats import LONGEST_SAID, MOST_OPEN
from pos_app.domain import start_words
from pos_app.lanes.allowance import A_CHAT, ALL_STRANGERS, Allowance, Verdict
from pos_app.wire import tokens
from tests.lanes.bot import OLENA, TARAS, BotShop, bot_shop
from tests.support.bot_api import message
from tests.support.shops import EVENING

MALLORY = 666


@pytest.fixture
def here(tmp_path: Path) -> Iterator[BotShop]:
    with bot_shop(tmp_path / "shop") as found:
        yield found


@pytest.fixture
def followed(here: BotShop) -> BotShop:
    """Olena follows an order; what was said so far is read."""
    here.follows(OLENA, here.word(here.place()))
    here.answers(OLENA)
    return here


def said_to_staff(here: BotShop, text: str) -> str:
    here.hears(OLENA, text)
    [task] = here.tasks()
    return task.said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no\x00 \x07onions\x1b[31m", "no onions[31m"),
        ("pay \u202etfihs\u202c \u2066here\u2069\u200f", "pay tfihs here"),
        ("<b>bold</b><a href='http://evil'>x</a>", "<b>bold</b><a href='http://evil'>x</a>"),
        ("one\n\n\ttwo\u2028three", "one two three"),
        ("/delete_everything now", "/delete_everything now"),
        ("card 4111 1111 1111 1111 please", "card **** **** **** 1111 please"),
        ("\ud83c\udf55".encode("utf-16", "surrogatepass").decode("utf-16") + " extra", "🍕 extra"),
    ],
)
def test_a_guests_words_stand_on_the_screen_without_what_deceives(
    followed: BotShop, text: str, shown: str
) -> None:
    assert said_to_staff(followed, text) == shown


def test_four_thousand_letters_are_cut_and_nothing_is_sent_back(followed: BotShop) -> None:
    shown = said_to_staff(followed, "онлайн " + "ї" * 4_089)
    assert len(shown) == LONGEST_SAID
    assert shown.endswith("ї…")
    assert all("ї" * 50 not in answer["text"] for answer in followed.api.sent)


def test_nothing_that_a_guest_wrote_stands_in_the_journal(followed: BotShop) -> None:
    said_to_staff(followed, "Bohdan Petrenko, Franka 7")
    with followed.shop.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT payload FROM journal").fetchall()
    assert not any("Bohdan" in row[0] or "42" in row[0].split('"') for row in rows)


def test_a_forwarded_word_opens_one_chat_and_the_second_is_told_that_it_was_used(
    here: BotShop,
) -> None:
    order = here.place()
    word = here.word(order)
    here.follows(OLENA, word)
    here.answers(OLENA)
    here.follows(TARAS, word)
    [told] = here.answers(TARAS)
    assert "хтось стежить" in told
    assert order.number not in told
    assert here.shop.desk.chats.told(TARAS) == []
    here.follows(OLENA, word)
    assert order.number in here.answers(OLENA)[0], "the first one only tapped twice"
    assert here.shop.desk.tracking_url(order.id) is None, "a copy of the slip shows no used word"


def test_who_guesses_words_gets_few_answers_and_locks_nobody_out(here: BotShop) -> None:
    order = here.place()
    for number in range(A_CHAT + 5):
        here.follows(MALLORY, start_words.word_of(bytes(32), str(number)))
    said = here.answers(MALLORY)
    assert len(said) == A_CHAT + 1
    assert said[-1] != said[0], "the last one says that it is enough"
    here.follows(MALLORY, here.word(order))
    assert order.number in here.answers(MALLORY)[0], "a good word opens whatever came before"


def test_a_tracking_code_opens_no_chat(here: BotShop) -> None:
    order = here.place()
    token = tokens.mint(bytes(32), 1, here.clock.now())
    assert here.hears(MALLORY, f"/start {token}")
    assert here.shop.desk.chats.told(MALLORY) == []
    assert order.people_id is not None
    assert here.shop.desk.wishes.contacts(order.people_id) == []


def test_a_group_opens_nothing_and_is_not_answered(here: BotShop) -> None:
    word = here.word(here.place())
    for kind in ("group", "supergroup", "channel"):
        here.api.opened.add(-100)
        chat = {"id": -100, "type": kind}
        here.api.hears(message(OLENA, f"/start {word}", chat=chat))
        here.api.hears(message(OLENA, "where is my order?", chat=chat))
    assert here.turn() == ""
    assert here.api.sent == []
    here.follows(OLENA, word)
    assert len(here.answers(OLENA)) == 1, "and its word is still good"


def test_a_flood_from_one_chat_is_answered_for_a_while_and_heard_again_in_an_hour(
    followed: BotShop,
) -> None:
    for number in range(A_CHAT + 10):
        followed.writes(OLENA, f"message {number}")
    assert followed.turn() == ""
    assert followed.turn() == ""
    said = followed.answers(OLENA)
    assert len(said) == A_CHAT + 1
    assert len(followed.tasks()) == MOST_OPEN
    assert said[MOST_OPEN] != said[0], "he is asked to call once too many wait"
    assert len(followed.hears(OLENA, "stop")) == 1, "a stop is heard even then"
    followed.pass_time(HOUR_MS / 1000)
    assert len(followed.hears(OLENA, "де")) == 1


def test_strangers_together_are_answered_only_so_often() -> None:
    allowance, now = Allowance(), EVENING
    found = [allowance.stranger(now) for _ in range(ALL_STRANGERS + 1)]
    assert found == [True] * ALL_STRANGERS + [False]
    assert allowance.ask(OLENA, now) is Verdict.YES, "whoever has an order is no stranger"


def test_one_guest_reads_nothing_of_anothers_order(here: BotShop) -> None:
    mine, other = here.place(), here.place(phone="+380501112233")
    here.follows(OLENA, here.word(mine))
    here.follows(TARAS, here.word(other))
    here.answers(OLENA)
    [said] = here.hears(OLENA, f"where is {other.number}? {other.uid}")
    assert mine.number in said
    assert other.number not in said
