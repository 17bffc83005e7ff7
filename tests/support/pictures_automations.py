"""Scenes of the auto-messages: switches, all rules, the editor, and what rules ask of the staff."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Group,
    Join,
    On,
    OpenTask,
    Rule,
    Step,
    TellStaff,
    Trigger,
)
from pos_app.automation.pack import ready_rule
from pos_app.clock import DAY_MS, SECOND_MS, VirtualClock
from pos_app.config import CHANNELS, Channels, WayOut
from pos_app.desk import owning
from pos_app.desk.setup import touch
from tests.support.pictures_stage import Scenes, of_till, settle, till_of
from tests.support.shift import ready
from tests.support.shops import EVENING, pickup
from tests.support.window import Till

SAID = {
    "en": ("The cake needs its candle", "He gave few stars: ask what was wrong"),
    "uk": ("До торта потрібна свічка", "Мало зірок: спитайте, що було не так"),
}
NAME = {"en": "Large orders of the evening", "uk": "Великі вечірні замовлення"}


def automations(work: Path, language: str) -> Scenes:
    """The plain switches, the question before one of them, the list, the editor and its parts."""
    clock = VirtualClock(EVENING)
    known = frozenset({*SAID[language], *NAME.values(), "WhatsApp", "Telegram"})
    with till_of(work / "shop", language, clock=clock) as till:
        for _ in range(3):
            ready(till.shop, pickup(till.shop, "Margherita", "Tiramisu"))
        clock.advance(DAY_MS)
        ready(till.shop, pickup(till.shop, "Margherita", "Tiramisu"))
        till.tap("rail:automations")
        till.wait(lambda: till.sees("switch:ready"), "the switches")
        yield of_till("automations", till, also=known)
        till.tap("switch:not_collected")
        till.wait(lambda: till.sees("switch_line:1"), "what it would have said")
        till.settle()
        yield of_till("automations-ask", till, also=known)
        reach(till, "switch_no")
        till.tap("switch_no")
        till.tap("part:all")
        yield of_till("automations-all", till, also=known)
        yield from _editor(till, language, known)


def _editor(till: Till, language: str, known: frozenset[str]) -> Scenes:
    till.tap("rule_new")
    till.settle()
    yield of_till("automations-new", till, also=known)
    till.tap("editor_save")
    yield of_till("automations-wrong", till, also=known)
    till.tap("editor_back")
    rule = till.shop.desk.rules.save(_evening_rule(language), on=False)
    till.wait(lambda: till.sees(f"rule_edit:{rule.id}"), "the rule")
    for _ in range(2):
        till.shop.desk.rules.save(_evening_rule(language, rule), on=True)
    till.settle()
    reach(till, f"rule_edit:{rule.id}")
    till.tap(f"rule_edit:{rule.id}")
    till.settle()
    settle(till.window, lambda: till.background.busy)
    # What the guest would read is in his language, whatever the screen speaks.
    known |= {till.text("trial_text:1")[1:-1]}
    yield of_till("automations-editor", till, also=known)
    for part in ("conditions", "step:1", "option_skip", "option_quiet"):
        reach(till, part)
        yield of_till(f"automations-editor-{part.partition(':')[0]}", till, also=known)
    till.tap("side:history")
    till.settle()
    yield of_till("automations-history", till, also=known)
    till.tap("side:yesterday")
    till.wait(lambda: till.sees("past_sum"), "the past days")
    till.tap("past:7")
    till.settle()
    yield of_till("automations-yesterday", till, also=known)
    till.tap("editor_back")
    yield from _made_up(till, known)


def _made_up(till: Till, known: frozenset[str]) -> Scenes:
    """A shop whose texts cost something, on a day that never was."""
    with till.shop.desk.act() as act:
        dear = WayOut("dear", "sms", "turbosms", price=6_550)
        owning.write_setting(act, CHANNELS, Channels((dear,)))
        touch(act.connection)
    reach(till, "rule_edit:ready")
    till.tap("rule_edit:ready")
    till.settle()
    till.tap("side:yesterday")
    till.wait(lambda: till.sees("past_sum"), "the past days")
    till.tap("past:made_up")
    till.wait(lambda: "60" in till.text("past_sum"), "the made-up day")
    till.tap("past_text:1")
    till.wait(lambda: till.sees("past_words:1"), "the words")
    known |= {till.text("past_words:1")[1:-1]}
    yield of_till("automations-made-up", till, also=known)
    reach(till, "past_on")
    yield of_till("automations-made-up-end", till, also=known)
    till.tap("editor_back")


def duties(work: Path, language: str) -> Scenes:
    """What rules ask of the staff, on the board and at the counter."""
    clock = VirtualClock(EVENING)
    known = frozenset(SAID[language])
    with till_of(work / "shop", language, clock=clock, screen="board") as till:
        desk = till.shop.desk
        desk.rules.save(_staff_rule(language), on=True)
        for _ in range(3):
            desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
        # A task waits until its occasion cannot be undone any more.
        clock.advance(11 * SECOND_MS)
        desk.rules.do_due()
        till.wait(lambda: till.sees("duties"), "the duties")
        till.settle()
        yield of_till("duties-board", till, also=known, is_board=True)
        till.tap("rail:counter")
        till.settle()
        yield of_till("duties-counter", till, also=known)


def reach(till: Till, name: str) -> QWidget:
    """Scroll the widget of this name into sight."""
    widget = till.find(name)
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        parent.ensureWidgetVisible(widget)
    return widget


def choose(till: Till, name: str, value: str) -> None:
    """Choose `value` in a list, as by a finger."""
    box = reach(till, name)
    assert isinstance(box, QComboBox), name
    index = box.findData(value)
    assert index >= 0, f"{value} is not offered by {name}"
    box.setCurrentIndex(index)
    box.activated.emit(index)


def _staff_rule(language: str) -> Rule:
    first, second = SAID[language]
    return Rule(
        "",
        NAME[language],
        Trigger(On.PLACED),
        (TellStaff("", first), OpenTask("", second)),
        Group(conditions=(Condition(Field.FULFILMENT, ("pickup",)),)),
    )


def _evening_rule(language: str, before: Rule | None = None) -> Rule:
    """One with groups in groups, and three steps; with `before` a further version of it."""
    apology = ready_rule("unpaid_online", language)
    assert apology is not None
    value = "60000" if before is None else "90000"
    return Rule(
        before.id if before is not None else "",
        NAME[language],
        Trigger(On.IN_STATUS, "ready", minutes=10),
        before.steps if before is not None else tuple(_without_id(s) for s in apology.steps),
        Group(
            conditions=(
                Condition(Field.VALUE, (value,), Comparison.AT_LEAST),
                Condition(Field.DISH, ("1", "2")),
            ),
            groups=(
                Group(
                    Join.ANY,
                    (
                        Condition(Field.WEEKDAY, ("5", "6", "7")),
                        Condition(Field.TIME, ("18:00", "23:00"), Comparison.BETWEEN),
                    ),
                ),
            ),
        ),
    )


def _without_id(step: Step) -> Step:
    return msgspec.structs.replace(step, id="")
