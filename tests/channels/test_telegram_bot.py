"""The bot's inbox and its answers: a guest opens it with a word, asks, stops, or needs a person."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels import telegram_answers as answers
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram_answers import PageWords, Wish, standing, wish_of
from pos_app.channels.telegram_bot import (
    Entry,
    Left,
    NotRead,
    Opted,
    Page,
    Said,
    TelegramInbox,
    page,
)
from pos_app.clock import Instant
from pos_app.domain import start_words
from pos_app.language import LANGUAGES, Texts
from pos_app.tracking import words as page_words
from tests.support.bot_api import TOKEN, BotApi, message, refused
from tests.support.receiver import Reply, receiving, saying
from tests.tracking.live import order

NOW = Instant(1_795_455_120_000)
KEY = start_words.key_of(bytes(range(32)))
WORD = start_words.word_of(KEY, "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192")
WORDS: PageWords = page_words


@contextmanager
def inbox(api: BotApi) -> Iterator[TelegramInbox]:
    with receiving(api) as url:
        reader = TelegramInbox(TelegramSetup("trattoria_bot", url, lan=True), TOKEN)
        try:
            yield reader
        finally:
            reader.close()


def test_a_guest_opens_the_bot_and_writes_and_nothing_is_forgotten_before_it_is_stored() -> None:
    api = BotApi()
    first = api.hears(message(42, f"/start {WORD}"))
    second = api.hears(message(42, "Де моє замовлення?"))
    with inbox(api) as reader:
        read = reader.read(None)
        assert read == Page(
            (Opted(first, 42, WORD, "uk"), Said(second, 42, "Де моє замовлення?", "uk")), second + 1
        )
        assert reader.read(None) == read, "a till that died in between reads them again"
        assert reader.read(second + 1, poll_s=0) == Page((), None)
    assert api.updates == []


def test_a_poll_waits_for_what_comes() -> None:
    api, pages = BotApi(), list[Page | NotRead]()
    with inbox(api) as reader:
        thread = threading.Thread(target=lambda: pages.append(reader.read(None)))
        thread.start()
        api.wait_for(1)
        told = api.hears(message(42, "hello"))
        thread.join(10)
    assert pages == [Page((Said(told, 42, "hello", "uk"),), told + 1)]


def test_a_poll_is_cut_at_the_end_of_the_day() -> None:
    api, pages = BotApi(), list[Page | NotRead]()
    with inbox(api) as reader:
        thread = threading.Thread(target=lambda: pages.append(reader.read(None)))
        thread.start()
        api.wait_for(1)
        reader.cut()
        thread.join(5)
        with api.arrived:
            api.ended.set()
            api.arrived.notify_all()
    assert pages == [NotRead("reset")]


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (refused(401, "Unauthorized"), NotRead("credentials")),
        (refused(404, "Not Found"), NotRead("credentials")),
        (refused(409, "Conflict: terminated by other getUpdates request"), NotRead("conflict")),
        (refused(429, "Too Many Requests", retry_after=9), NotRead("busy", 9.0)),
        (Reply(502, b"<html>"), NotRead("gateway_error")),
        (Reply(200, b"<html>sign in</html>"), NotRead("garbage")),
        (Reply(302), NotRead("redirect")),
        (saying({"ok": True, "result": {"a": 1}}), NotRead("garbage")),
        (saying({"ok": True, "result": ["what"]}), NotRead("garbage")),
        ("reset", NotRead("reset")),
    ],
)
def test_an_inbox_that_cannot_be_read_says_why(step: Reply | str, outcome: NotRead) -> None:
    api = BotApi()
    api.plan.append(step)
    with inbox(api) as reader:
        assert reader.read(None) == outcome


def heard(content: dict[str, object]) -> tuple[Entry, ...]:
    found = page(msgspec.json.encode([{"update_id": 5, **content}]))
    assert isinstance(found, Page)
    assert found.next_offset == 6, "what is passed over is not asked for again"
    return found.entries


def membership(status: str, kind: str = "private") -> dict[str, object]:
    chat = {"id": 42, "type": kind}
    return {"my_chat_member": {"chat": chat, "new_chat_member": {"status": status}}}


def test_what_the_bot_hears_and_what_it_passes_over() -> None:
    assert heard(membership("kicked")) == (Left(5, 42),)
    assert heard(membership("member")) == ()
    assert heard(membership("kicked", "group")) == ()
    group = {"chat": {"id": -5, "type": "group"}}
    assert heard(message(42, f"/start {WORD}", **group)) == (), "in a group anybody could opt in"
    other_bot = {"from": {"id": 1, "is_bot": True}}
    assert heard(message(42, "spam", **other_bot)) == ()
    assert heard(message(42, "", caption="see this")) == (Said(5, 42, "see this", "uk"),)
    assert heard(message(42, "")) == (Said(5, 42, "", "uk"),)
    assert heard(message(42, "/start")) == (Said(5, 42, "/start", "uk"),)
    assert heard(message(42, "/start short")) == (Said(5, 42, "/start short", "uk"),)
    assert heard({"edited_message": {"x": 1}}) == ()
    assert heard({"message": "not what was described"}) == ()


def test_a_tracking_code_opens_no_chat() -> None:
    token = "2E4EQ94YC77LNA2F8YW5KF17C8X8OH"
    assert heard(message(42, f"/start {token}")) == (Said(5, 42, f"/start {token}", "uk"),)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_page_or_not(raw: bytes) -> None:
    assert isinstance(page(raw), Page | NotRead)


def test_a_word_is_the_orders_own_and_nobody_without_the_key_can_make_it() -> None:
    first, second = start_words.word_of(KEY, "first"), start_words.word_of(KEY, "second")
    assert start_words.WORD_BITS >= 80
    assert len(first) == start_words.WORD_BITS // 6
    assert first == start_words.word_of(KEY, "first"), "slip and page say the same"
    other_shop = start_words.key_of(bytes(32))
    assert len({first, second, start_words.word_of(other_shop, "first")}) == 3
    assert first not in start_words.word_hash(first)
    link = start_words.link("trattoria_bot", first)
    assert link == f"https://t.me/trattoria_bot?start={first}"
    assert start_words.is_link(link)
    assert not start_words.is_link("https://t.example/ABC")


def test_a_word_is_good_for_half_a_day_and_for_tomorrows_order_until_tomorrow() -> None:
    tomorrow = Instant(NOW + 86_400_000)
    assert start_words.good_until(NOW, NOW) == NOW + start_words.LIFE_MS
    assert start_words.good_until(NOW, tomorrow) == tomorrow + start_words.LIFE_MS


@given(st.text(max_size=30))
def test_only_twenty_letters_of_telegrams_alphabet_are_a_word(text: str) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    assert start_words.is_word(text) == (len(text) == 20 and set(text) <= set(alphabet))
    assert start_words.is_word(start_words.word_of(KEY, text))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Where is my order?", Wish.WHERE),
        ("is it ready", Wish.WHERE),
        ("Де моє замовлення?", Wish.WHERE),
        ("де", Wish.WHERE),
        ("Коли буде готово", Wish.WHERE),
        ("/status", Wish.WHERE),
        ("STOP", Wish.STOP),
        ("Стоп!", Wish.STOP),
        ("/stop", Wish.STOP),
        ("не писати", Wish.STOP),
        ("STОP", Wish.STOP),
        ("cancel", Wish.PERSON),
        ("don't stop at the gate, ring twice", Wish.PERSON),
        ("I already paid", Wish.PERSON),
        ("буде соус?", Wish.PERSON),
        ("", Wish.PERSON),
        ("/start", Wish.HELP),
        ("/start oldword", Wish.HELP),
        ("допомога", Wish.HELP),
    ],
)
def test_what_a_guest_wants(text: str, wish: Wish) -> None:
    assert wish_of(text) is wish


def test_the_bot_says_what_the_page_says() -> None:
    cooking = order(NOW)
    english, ukrainian = Texts("en"), Texts("uk")
    assert standing(cooking, "Europe/Kyiv", english, WORDS) == (
        "Order A43: Being prepared.\nReady at about 19:47."
    )
    assert standing(cooking, "Europe/Kyiv", ukrainian, WORDS).startswith("Замовлення A43: ")
    gone = msgspec.structs.replace(cooking, kind="cancelled", phase="cancelled")
    assert standing(gone, "Europe/Kyiv", english, WORDS) == (
        "Order A43: Cancelled.\nThe shop has cancelled this order."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_there_in_every_language(language: str) -> None:
    texts, phone = Texts(language), "+380671234567"
    said = [
        answers.welcome(order(NOW), "Europe/Kyiv", texts, WORDS),
        answers.used_up(texts, phone),
        answers.used_by_another(texts, phone),
        answers.too_many_wait(texts, phone),
        answers.only_words(texts, phone),
        answers.enough(texts, phone),
        answers.started(texts),
        answers.nothing_known(texts, phone),
        answers.stopped(texts),
        answers.passed_on(texts, phone),
        answers.helped(texts, phone),
    ]
    assert len(set(said)) == len(said)
    assert sum(phone in sentence for sentence in said) == 8
    assert all("{" not in sentence for sentence in said)
    assert answers.used_up(texts, "").count("\n") == 0
