"""Words that are half written outlive whatever the window does in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from pos_app.automation.model import On, Rule, TellStaff, Trigger
from tests.support.pictures_texts import write
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.automations.hand import choose, named, open_all, tap
from tests.ui.standing import PIN, switch, with_staff

WORDS = "your umbrella is here"
OWN = "Order {{ number }} waits"


@pytest.fixture
def orders(till: Till) -> Till:
    """Two orders of two guests, the first of them open."""
    till.shop.desk.place(pickup(till.shop))
    till.shop.desk.place(pickup(till.shop, phone="+380671112233"))
    till.tap("rail:orders")
    till.wait(lambda: till.sees("order:A2"), "the orders")
    return till


def open_order(till: Till, number: str) -> None:
    till.tap(f"order:{number}")
    till.wait(lambda: till.text("details_number") == number, number)
    till.settle()


def begin(till: Till) -> None:
    till.wait(lambda: till.sees("guest:write"), "the details")
    till.tap("guest:write")
    QTest.keyClicks(till.find("write_words"), WORDS)


def words(till: Till, name: str) -> str:
    field = till.find(name)
    assert isinstance(field, QPlainTextEdit)
    return field.toPlainText()


def test_words_to_a_guest_wait_with_their_order(orders: Till) -> None:
    open_order(orders, "A1")
    begin(orders)
    open_order(orders, "A2")
    assert not orders.sees("write_part"), "they are not meant for this guest"
    orders.tap("rail:counter")
    orders.tap("rail:orders")
    open_order(orders, "A1")
    assert words(orders, "write_words").endswith(WORDS)
    orders.tap("write_do")
    orders.wait(lambda: not orders.sees("write_part"), "it is taken")
    open_order(orders, "A2")
    open_order(orders, "A1")
    assert not orders.sees("write_part"), "what was sent is written no more"


def test_what_was_sent_of_one_order_takes_nothing_from_another(orders: Till) -> None:
    open_order(orders, "A1")
    begin(orders)
    orders.window.orders.details.writing.write_wanted.emit(WORDS)
    # Before the desk has answered, somebody writes about the next order.
    orders.window.orders.open_order(orders.shop.desk.find("A2"))
    orders.wait(lambda: orders.text("details_number") == "A2", "the next")
    begin(orders)
    orders.settle()
    assert words(orders, "write_words").endswith(WORDS)


def test_words_to_a_guest_who_was_forgotten_are_gone(orders: Till) -> None:
    orders.shop.desk.cancel(orders.shop.desk.find("A1"), "Sold out")
    open_order(orders, "A1")
    begin(orders)
    orders.tap("guest:forget")
    orders.tap("guest:forget_do")
    orders.wait(lambda: not orders.sees("write_part"), "forgotten")
    orders.settle()
    assert orders.window.screens.unfinished.to_guests == {}


def test_what_is_half_written_outlives_who_stands_here(open_till: Callable[..., Till]) -> None:
    till = with_staff(open_till)
    switch(till, "Marta", PIN)
    rule = till.shop.desk.rules.save(
        Rule("", "Large orders", Trigger(On.PLACED), (TellStaff("", "Tell the manager"),)), on=False
    )
    till.tap("rail:automations")
    till.tap("part:texts")
    till.wait(lambda: till.sees("text_said"), "the text")
    write(till, OWN)
    till.wait(lambda: "not saved yet" in till.text("text_state"), "a draft")
    till.window.automations.edit(rule)
    till.enter_into("step:1:words", "Call the manager")
    # Prices go and come: all screens are made anew.
    switch(till, "Taras")
    switch(till, "Marta", PIN)
    till.tap("rail:automations")
    till.wait(lambda: till.sees("editor"), "the rule is open again")
    assert till.text("step:1:words") == "Call the manager"
    assert till.sees("rule_delete"), "it is known as the one that stands in the list"
    till.tap("editor_save")
    till.wait(lambda: till.sees("rule_new"), "the list")
    (step,) = till.shop.desk.rules.history(rule.id)[0].rule.steps
    assert isinstance(step, TellStaff)
    assert step.words == "Call the manager"
    till.tap("part:texts")
    till.wait(lambda: till.sees("text_said"), "the text again")
    assert words(till, "text_body") == OWN
    assert "not saved yet" in till.text("text_state")


def speak_ukrainian(till: Till) -> None:
    """As it is saved in Settings: every screen is made anew."""
    till.shop.desk.change_shop(replace(till.shop.desk.setup().settings.shop, language="uk"))
    till.wait(lambda: till.text("rail:orders") == "Замовлення", "the new language")


def begin_rule(till: Till) -> None:
    open_all(till)
    till.tap("rule_new")
    till.enter_into("rule_name", "Large orders")
    tap(till, "conditions:add")
    choose(till, "conditions:0:field", "items")
    till.enter_into("conditions:0:value:1", "12")
    choose(till, "step_add", "tell_staff")
    till.enter_into("step:1:words", "Tell the manager")


def test_a_rule_half_written_is_still_open_in_another_language(till: Till) -> None:
    begin_rule(till)
    choose(till, "step_add", "wait")
    tap(till, "step:2:up")
    # Somebody was about to type how long.
    till.enter_into("step:1:wait", "1")
    till.press(Qt.Key.Key_Backspace)
    speak_ukrainian(till)
    till.wait(lambda: till.sees("editor"), "the rule is open again")
    assert till.text("rule_name") == "Large orders"
    assert till.text("step:2:words") == "Tell the manager"
    assert till.text("conditions:0:value:1") == "12"
    assert till.text("step:1:wait") == ""
    till.enter_into("step:1:wait", "10")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Large orders") is not None, "saved")
    till.settle()
    assert till.window.screens.unfinished.rule is None


def test_a_rule_that_somebody_left_is_kept_no_more(till: Till) -> None:
    open_all(till)
    till.tap("rule_new")
    assert till.window.screens.unfinished.rule is not None
    till.tap("editor_back")
    assert till.window.screens.unfinished.rule is None
