"""A rule is built by choosing; it reads as a sentence, and what is wrong is said where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos_app.automation.defaults import READY
from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Group,
    Join,
    On,
    Once,
    OpenTask,
    Send,
    TellStaff,
    Trigger,
    Wait,
)
from pos_app.config import ShopSettings
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.automations.hand import choose, named, open_all, tap
from ui.rule_words import rule_name


def begin(till: Till, name: str = "Ours") -> None:
    open_all(till)
    till.tap("rule_new")
    till.enter_into("rule_name", name)


def test_a_rule_is_built_by_choosing_alone(till: Till) -> None:
    begin(till, "Large orders")
    choose(till, "trigger", "order_placed")
    tap(till, "conditions:add")
    choose(till, "conditions:0:field", "value")
    till.enter_into("conditions:0:value:1", "750")
    choose(till, "step_add", "tell_staff")
    till.enter_into("step:1:words", "Tell the manager")
    assert till.text("rule_sentence") == (
        "When an order is placed, if total is at least 750 ₴: "
        "tell the staff: “Tell the manager”. Once per order."
    )
    till.tap("editor_save")
    till.wait(lambda: named(till, "Large orders") is not None, "saved")
    rule = named(till, "Large orders")
    assert rule is not None
    assert rule.trigger == Trigger(On.PLACED)
    assert rule.when == Group(conditions=(Condition(Field.VALUE, ("75000",), Comparison.AT_LEAST),))
    assert [(type(step), step.id != "") for step in rule.steps] == [(TellStaff, True)]
    assert not next(o.on for o in till.shop.desk.rules.everything() if o.rule == rule)


def test_groups_stand_in_groups_and_hold_when_any_of_them_does(till: Till) -> None:
    begin(till, "Weekend")
    tap(till, "conditions:add_group")
    choose(till, "conditions:0:0:field", "weekday")
    tap(till, "conditions:0:0:value:6")
    tap(till, "conditions:0:0:value:7")
    tap(till, "conditions:0:add")
    choose(till, "conditions:0:1:field", "dish")
    choose(till, "conditions:0:1:value:add", "1")
    tap(till, "conditions:0:join:none")
    choose(till, "step_add", "print")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Weekend") is not None, "saved")
    rule = named(till, "Weekend")
    assert rule is not None
    inner = Group(Join.NONE, (Condition(Field.WEEKDAY, ("6", "7")), Condition(Field.DISH, ("1",))))
    assert rule.when == Group(Join.ALL, (), (inner,))


def test_what_is_wrong_is_said_by_its_number_and_at_its_field(till: Till) -> None:
    begin(till)
    for place in range(3):
        tap(till, "conditions:add")
        choose(till, f"conditions:{place}:field", "items")
        till.enter_into(f"conditions:{place}:value:1", "2" if place != 1 else "two")
    choose(till, "step_add", "print")
    till.tap("editor_save")
    assert till.text("rule_problems").startswith("Condition 2 of 3: “two” is no number")
    assert till.sees("conditions:1:error")
    assert not till.sees("conditions:0:error")
    assert not till.find("editor_save").isEnabled()
    till.enter_into("conditions:1:value:1", "3")
    assert not till.sees("rule_problems")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Ours") is not None, "saved")


def test_a_rule_without_a_name_or_a_step_is_not_saved(till: Till) -> None:
    begin(till, " ")
    till.tap("editor_save")
    assert till.sees("rule_name_error")
    assert till.sees("steps:error")
    assert till.sees("editor")


def test_steps_are_added_moved_and_removed(till: Till) -> None:
    begin(till, "Steps")
    for sort in ("send", "wait", "open_task"):
        choose(till, "step_add", sort)
    tap(till, "step:2:up")
    till.enter_into("step:1:wait", "25")
    tap(till, "step:1:way:until")
    till.enter_into("step:1:wait", "18:30")
    choose(till, "step:2:about", "late")
    tap(till, "step:2:channel:telegram")
    till.enter_into("step:3:words", "Call")
    choose(till, "step_add", "recheck")
    tap(till, "step:4:remove")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Steps") is not None, "saved")
    rule = named(till, "Steps")
    assert rule is not None
    wait, send, task = rule.steps
    assert isinstance(wait, Wait)
    assert isinstance(send, Send)
    assert isinstance(task, OpenTask)
    assert (wait.until, send.about, send.channels, task.words) == (
        "18:30",
        "late",
        ("sms", "telegram"),
        "Call",
    )


def test_options_say_how_often_and_in_which_hours(till: Till) -> None:
    begin(till, "Quiet")
    choose(till, "step_add", "print")
    choose(till, "option_once", "customer")
    till.enter_into("option_days", "14")
    tap(till, "option_hours")
    tap(till, "option_open")
    tap(till, "option_quiet")
    till.enter_into("option_from", "10:00")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Quiet") is not None, "saved")
    rule = named(till, "Quiet")
    assert rule is not None
    assert (rule.options.once, rule.options.once_days) == (Once.CUSTOMER, 14)
    assert rule.options.between == ("10:00", "21:00")
    assert (rule.options.while_open, rule.options.not_quiet) == (True, True)


def test_the_rule_is_tried_on_a_real_order_while_it_is_written(till: Till) -> None:
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    open_all(till)
    tap(till, "rule_edit:ready")
    till.wait(lambda: till.sees("trial_verdict"), "tried")
    assert till.text("trial_verdict") == "It would speak."
    assert "found: pickup" in till.text("trial:1")
    assert "замовлення A1" in till.text("trial_text:1"), "in the guest's language"
    choose(till, "conditions:0:field", "source")
    tap(till, "conditions:0:value:web")
    till.wait(lambda: till.text("trial_verdict") == "It would say nothing.", "tried again")
    assert till.text("trial:1").startswith("✗")


def test_an_older_version_comes_back_as_the_newest(till: Till) -> None:
    open_all(till)
    tap(till, "rule_edit:ready")
    till.enter_into("rule_name", "Ready, come")
    till.tap("editor_save")
    till.wait(lambda: named(till, "Ready, come") is not None, "saved")
    till.wait(lambda: till.text("rule_name:ready") == "Ready, come", "in the list")
    tap(till, "rule_edit:ready")
    till.tap("side:history")
    till.wait(lambda: till.sees("version_back:1"), "the versions")
    till.tap("version_back:1")
    till.wait(lambda: till.sees("version:3"), "a third one")
    rule = named(till, "Ready for pickup")
    assert rule is not None
    assert [one.version for one in till.shop.desk.rules.history(rule.id)] == [3, 2, 1]
    assert next(o.on for o in till.shop.desk.rules.everything() if o.rule == rule)


def test_a_rule_is_deleted_after_a_question(till: Till) -> None:
    open_all(till)
    tap(till, "rule_edit:ready")
    till.tap("rule_delete")
    till.tap("delete_no")
    till.tap("rule_delete")
    till.tap("delete_yes")
    till.wait(lambda: named(till, "Ready for pickup") is None, "deleted")
    till.wait(lambda: till.text("rule_about:ready") == "Never used", "ready to be used again")


def test_escape_leaves_the_editor_without_saving(till: Till) -> None:
    begin(till, "Not kept")
    till.press(Qt.Key.Key_Escape)
    till.wait(lambda: till.sees("rule_new"), "the list")
    assert named(till, "Not kept") is None


def test_a_ready_rule_is_called_in_the_screens_language_and_keeps_its_own_name(
    open_till: Callable[..., Till],
) -> None:
    till = open_till(shop=ShopSettings(name="Вареничка", country="UA", language="uk"))
    till.tap("rail:automations")
    till.wait(lambda: till.sees("switch:ready"), "the rules have been read")
    till.tap("part:all")
    tap(till, "rule_edit:ready")
    till.wait(lambda: till.sees("rule_name"), "the editor")
    shown = till.find("rule_name")
    assert isinstance(shown, QLineEdit)
    assert shown.text() == rule_name(READY) != READY.name
    assert till.window.automations.page.editor.rule.name == READY.name
    till.settle()
