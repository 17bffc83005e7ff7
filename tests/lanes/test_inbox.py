"""A guest opens the shop's bot from his slip, hears of his order, asks, and needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.clock import DAY_MS, HOUR_MS
from pos_app.domain import start_words
from pos_app.domain.order import Customer, Draft
from pos_app.store import messages
from pos_app.store.bot_inbox import FRESH_MS
from tests.lanes.bot import OLENA, TARAS, BotShop, bot_shop
from tests.support.shops import pickup


@pytest.fixture
def here(tmp_path: Path) -> Iterator[BotShop]:
    with bot_shop(tmp_path / "shop") as found:
        yield found


def states(here: BotShop, order_id: int) -> list[tuple[str, str, str]]:
    with here.shop.database.read() as connection:
        found = messages.of_orders(connection, [order_id])[order_id]
    return [(one.channel, one.state, one.reason) for one in found]


def test_the_word_of_a_slip_joins_the_chat_to_its_order_and_tells_where_it_is(
    here: BotShop,
) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    [welcome] = here.answers(OLENA)
    assert welcome.startswith(f"Замовлення {order.number}: ")
    assert order.people_id is not None
    [contact] = here.shop.desk.wishes.contacts(order.people_id)
    assert (contact.channel, contact.address, contact.order_id) == ("telegram", "42", order.id)
    assert here.shop.desk.check().problems == ()


def test_a_rules_text_reaches_the_chat_from_then_on(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.ready(order)
    here.send()
    [text] = here.answers(OLENA)
    assert order.number in text
    assert states(here, order.id)[-1] == ("telegram", "sent", "")


def test_an_order_of_nobody_gets_its_texts_too_even_those_that_waited(here: BotShop) -> None:
    here.speaks_to_all()
    order = here.shop.desk.place(_nobodys(here)).order
    assert order.people_id is None
    here.shop.desk.bump(order.id)
    here.shop.desk.bump(order.id)
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.pass_time(11)
    here.send()
    assert len(here.answers(OLENA)) == 1
    assert states(here, order.id) == [("telegram", "sent", "")]
    card = here.shop.desk.order(order.id)
    assert card is not None
    assert card.order.customer.language == "uk", "what his phone speaks"
    assert here.shop.desk.check().problems == ()


def test_who_does_not_follow_gets_no_text_there_and_nobody_is_told_to_call(
    here: BotShop,
) -> None:
    order = here.place(texts=False)
    here.ready(order)
    assert states(here, order.id) == []


def test_who_follows_needs_no_tick_at_the_counter_and_no_phone(here: BotShop) -> None:
    order = here.shop.desk.place(_nobodys(here)).order
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.ready(order)
    here.send()
    assert len(here.answers(OLENA)) == 1


def test_the_trace_says_by_which_way_the_text_went(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.ready(order)
    here.send()
    told = here.shop.desk.rules.explain(order.id)[-1]
    [said] = told.steps
    assert (said.state, said.other_way) == ("sent", "telegram"), "the rule itself names SMS"


def test_the_bot_answers_in_the_language_of_the_guests_phone(here: BotShop) -> None:
    order = here.place()
    english = {"from": {"id": OLENA, "is_bot": False, "language_code": "en-GB"}}
    here.writes(OLENA, f"/start {here.word(order)}", **english)
    assert here.turn() == ""
    [welcome] = here.answers(OLENA)
    assert welcome.startswith(f"Order {order.number}: Order received.\nReady at about ")
    polish = {"from": {"id": OLENA, "is_bot": False, "language_code": "pl"}}
    assert here.hears(OLENA, "status", **polish)[0].startswith("Замовлення"), "as he ordered"


@pytest.mark.parametrize("question", ["Where is my order?", "Де моє замовлення?", "/status"])
def test_where_is_my_order_is_answered_from_the_store(here: BotShop, question: str) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.shop.desk.bump(order.id)
    assert here.hears(OLENA, question) == [
        f"Замовлення {order.number}: Готується.\nБуде готово приблизно о 21:20."
    ]
    assert here.tasks() == []


def test_who_has_several_orders_hears_of_all_that_are_open(here: BotShop) -> None:
    orders = [here.place() for _ in range(3)]
    for order in orders:
        here.follows(OLENA, here.word(order))
    here.shop.desk.cancel(orders[0].id, "test")
    here.answers(OLENA)
    [said] = here.hears(OLENA, "де?")
    assert [order.number in said for order in orders] == [False, True, True]


def test_an_order_that_has_ended_is_told_for_a_day(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.shop.desk.cancel(order.id, "test")
    here.answers(OLENA)
    assert "Скасовано" in here.hears(OLENA, "де")[0]
    here.pass_time(DAY_MS / 1000)
    assert "Скасовано" not in here.hears(OLENA, "де")[0]


def test_what_the_bot_does_not_understand_becomes_a_task_with_the_orders_number(
    here: BotShop,
) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    [told] = here.hears(OLENA, "Please no onions!")
    assert told.startswith("Заклад")
    [task] = here.tasks()
    assert (task.kind, task.order_id, task.said) == ("wrote", order.id, "Please no onions!")
    assert task.people_id == order.people_id
    assert here.shop.desk.rules.finish_task(task.id)
    assert here.tasks() == []


def test_who_has_no_order_makes_nobody_any_work(here: BotShop) -> None:
    here.place()
    [told] = here.hears(TARAS, "hello, I am a stranger")
    assert "замовлення" in told
    assert here.tasks() == []


def test_a_picture_or_a_voice_is_answered_that_only_words_are_read(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    assert len(here.hears(OLENA, "")) == 1
    assert here.tasks() == []


def test_stop_is_confirmed_once_and_holds_for_this_orders_other_ways_too(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    assert len(here.hears(OLENA, "СТОП")) == 1
    assert here.hears(OLENA, "stop") == []
    here.ready(order)
    here.send()
    assert here.answers(OLENA) == []
    assert ("telegram", "dropped", "opted_out") in states(here, order.id)
    assert here.shop.desk.wishes.opt_in_again("42", "telegram")


def test_stop_in_the_chat_of_one_order_stops_no_text_about_another(here: BotShop) -> None:
    """Whoever found a slip must not silence its guest for ever."""
    found, own = here.place(), here.place()
    here.follows(TARAS, here.word(found))
    here.follows(OLENA, here.word(own))
    here.answers(OLENA)
    assert len(here.hears(TARAS, "stop")) == 2
    here.ready(own)
    here.send()
    assert len(here.answers(OLENA)) == 1
    later = here.place()
    here.ready(later)
    assert ("telegram", "dropped", "opted_out") not in states(here, later.id)


def test_who_had_stopped_and_comes_with_a_new_word_hears_again(here: BotShop) -> None:
    first, second = here.place(), here.place()
    here.follows(OLENA, here.word(first))
    here.hears(OLENA, "stop")
    here.follows(OLENA, here.word(second))
    here.answers(OLENA)
    here.ready(second)
    here.send()
    assert len(here.answers(OLENA)) == 1


def test_who_had_stopped_may_start_again(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.hears(OLENA, "stop")
    assert len(here.hears(OLENA, "/start")) == 1
    assert not here.shop.desk.wishes.opt_in_again("42", "telegram"), "he is back already"
    assert "стоп" in here.hears(OLENA, "/start")[0], "and now it says what the bot can do"


def test_who_blocks_the_bot_takes_his_chat_away_and_nothing_else(here: BotShop) -> None:
    order, other = here.place(), here.place(phone="+380501112233")
    here.follows(OLENA, here.word(order))
    here.follows(TARAS, here.word(other))
    here.api.hears(_left(OLENA))
    assert here.turn() == ""
    assert order.people_id is not None
    assert other.people_id is not None
    assert here.shop.desk.wishes.contacts(order.people_id) == []
    assert len(here.shop.desk.wishes.contacts(other.people_id)) == 1
    assert not here.shop.desk.wishes.opt_in_again("42", "telegram"), "blocking is no opt-out"
    assert "contact_removed" in [e.kind for e in here.shop.desk.timeline(order.id)]


def test_who_blocks_the_bot_before_it_answers_is_not_tried_again(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.api.blocked.add(OLENA)
    here.hears(OLENA, "де")
    assert order.people_id is not None
    assert here.shop.desk.wishes.contacts(order.people_id) == []


def test_a_till_that_dies_does_nothing_twice_and_loses_nothing(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.writes(OLENA, "no onions please")
    update = here.writes(OLENA, "and no garlic")
    chats = here.shop.desk.chats
    # The first was dealt with, then the till died: Telegram still has both.
    assert chats.wrote("trattoria_bot", update - 1, OLENA, "no onions please") is not None
    here.anew()
    assert here.turn() == ""
    assert [task.said for task in here.tasks()] == ["no onions please", "and no garlic"]
    assert chats.wrote("trattoria_bot", update, OLENA, "and no garlic") is None
    here.anew()
    assert here.turn() == ""
    assert here.api.offsets[-1] == update + 1
    assert len(here.tasks()) == 2


def test_telegram_may_begin_to_count_anew_after_a_week_of_silence(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.clock.advance(FRESH_MS)
    here.api.last_update = 5
    here.api.updates.clear()
    assert len(here.hears(OLENA, "no onions")) == 2
    assert here.api.offsets[-1] == 0, "asked for the oldest there is"
    assert len(here.tasks()) == 1


def test_another_bot_is_read_from_its_own_beginning(here: BotShop) -> None:
    here.place()
    here.hears(OLENA, "hello")
    place = here.shop.desk.chats.place()
    now = here.clock.now()
    assert place.offset("trattoria_bot", now) == here.api.last_update + 1
    assert place.offset("pizzeria_bot", now) is None


def test_answers_that_telegram_puts_off_come_later_and_old_ones_never(here: BotShop) -> None:
    order = here.place()
    here.follows(OLENA, here.word(order))
    here.answers(OLENA)
    here.writes(OLENA, "де")
    here.api.puts_off = 1
    assert here.turn() == "busy"
    assert here.turn() == ""
    assert len(here.answers(OLENA)) == 1
    here.writes(OLENA, "де")
    here.api.puts_off = 1
    assert here.turn() == "busy"
    here.pass_time(3 * 60)
    assert here.turn() == ""
    assert here.answers(OLENA) == []


def test_words_live_half_a_day_from_the_promise(here: BotShop) -> None:
    order = here.place()
    word = here.word(order)
    here.clock.advance(start_words.LIFE_MS + HOUR_MS)
    here.follows(OLENA, word)
    [said] = here.answers(OLENA)
    assert "Замовлення" not in said
    assert here.shop.desk.chats.told(OLENA) == []


def _nobodys(here: BotShop) -> Draft:
    return replace(pickup(here.shop), customer=Customer())


def _left(chat: int) -> dict[str, object]:
    member = {"status": "kicked"}
    return {"my_chat_member": {"chat": {"id": chat, "type": "private"}, "new_chat_member": member}}
