"""*Ask counter*: while the guest is being asked, nobody tells him anything."""

from __future__ import annotations

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.domain.order import ChangeKind
from pos_app.errors import BadInput, Refused
from tests.desk.kitchen import events, journal_words, let_texts_leave, now, texts
from tests.support.shops import pickup


def made_ready(shop: Shop) -> int:
    order_id = shop.desk.place(pickup(shop)).order.id
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    return order_id


def test_a_question_stands_on_the_order_with_its_time(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    asked = shop.desk.kitchen.ask_counter(order.id, " no rucola, basil? ")
    assert (asked.question, asked.asked_at) == ("no rucola, basil?", clock.now())
    clock.advance(MINUTE_MS)
    again = shop.desk.kitchen.ask_counter(order.id, "or spinach?")
    assert (again.question, again.asked_at) == ("or spinach?", asked.asked_at)


def test_what_waits_is_held_while_the_question_is_open(shop: Shop, clock: VirtualClock) -> None:
    order_id = made_ready(shop)
    shop.desk.kitchen.ask_counter(order_id, "basil?")
    assert texts(shop, order_id) == [("ready", "held", "question")]
    let_texts_leave(shop, clock)
    assert texts(shop, order_id) == [("ready", "held", "question")]
    card = shop.desk.order(order_id)
    assert card is not None
    assert card.note is not None
    assert (card.note.state, card.note.reason) == ("held", "question")
    shop.desk.kitchen.answer(order_id)
    assert texts(shop, order_id) == [("ready", "waiting", "")]
    let_texts_leave(shop, clock, 0)
    assert texts(shop, order_id)[0][1] in ("sent", "delivered")


def test_the_grace_of_a_text_outlives_the_question(shop: Shop, clock: VirtualClock) -> None:
    order_id = made_ready(shop)
    shop.desk.kitchen.ask_counter(order_id, "basil?")
    shop.desk.kitchen.answer(order_id)
    let_texts_leave(shop, clock, 29)
    assert texts(shop, order_id) == [("ready", "waiting", "")]


def test_a_text_that_is_born_meanwhile_is_held_too(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.ask_counter(order.id, "basil?")
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert texts(shop, order.id) == [("ready", "held", "question")]


def test_an_undo_while_the_question_is_open_lets_nothing_out(shop: Shop) -> None:
    from pos_app.domain.workflow import Source

    order = shop.desk.place(pickup(shop, source=Source.PHONE)).order
    shop.desk.kitchen.ask_counter(order.id, "basil?")
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    shop.desk.undo(order.id)
    assert texts(shop, order.id)[0] == ("accepted", "held", "question")


def test_a_held_text_expires_as_usual(shop: Shop, clock: VirtualClock) -> None:
    order_id = made_ready(shop)
    shop.desk.kitchen.ask_counter(order_id, "basil?")
    let_texts_leave(shop, clock, 3_601)
    assert texts(shop, order_id) == [("ready", "expired", "too_late")]
    shop.desk.kitchen.answer(order_id)
    assert texts(shop, order_id) == [("ready", "expired", "too_late")]


def test_the_reply_joins_the_note_and_has_to_be_seen(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    shop.desk.kitchen.change_note(order.id, "ring twice")
    shop.desk.kitchen.see(order.id)
    shop.desk.kitchen.ask_counter(order.id, "basil?")
    answered = shop.desk.kitchen.answer(order.id, "yes")
    assert (answered.question, answered.asked_at) == ("", None)
    assert answered.note == "ring twice; basil? – yes"
    assert [(c.kind, c.text) for c in answered.unseen_changes] == [
        (ChangeKind.NOTE, answered.note)
    ] * 2


def test_a_reply_without_words_changes_no_ticket(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.ask_counter(order.id, "basil?")
    assert shop.desk.kitchen.answer(order.id).unseen_changes == ()


def test_a_reply_for_which_there_is_no_room_is_told(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.change_note(order.id, "n" * 400)
    shop.desk.kitchen.ask_counter(order.id, "q" * 400)
    assert shop.desk.kitchen.answer(order.id, "yes").note == "n" * 400 + "; yes"
    shop.desk.kitchen.ask_counter(order.id, "again?")
    with pytest.raises(BadInput, match="no room"):
        shop.desk.kitchen.answer(order.id, "r" * 400)
    assert now(shop, order.id).question == "again?"


def test_questions_are_about_open_orders_and_answers_about_questions(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(BadInput, match="Say what to ask"):
        shop.desk.kitchen.ask_counter(order.id, "  ")
    with pytest.raises(Refused, match="Nobody asks"):
        shop.desk.kitchen.answer(order.id)
    shop.desk.cancel(order.id, "guest left")
    with pytest.raises(Refused, match="has ended"):
        shop.desk.kitchen.ask_counter(order.id, "basil?")


def test_the_journal_says_that_it_was_asked_and_not_what(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.ask_counter(order.id, "celery?")
    shop.desk.kitchen.answer(order.id, "never")
    assert events(shop, order.id)[1:] == ["question_asked", "question_answered"]
    assert not [word for word in ("celery", "never") if word in journal_words(shop)]
