"""A rule reads as a sentence, in English and in Ukrainian."""

from __future__ import annotations

import pytest

from pos_app.automation.model import (
    CallWebhook,
    Comparison,
    Condition,
    Field,
    Group,
    Join,
    On,
    OpenTask,
    Options,
    Print,
    Recheck,
    Send,
    SetStatus,
    SetTag,
    Step,
    TellOwner,
    Wait,
)
from pos_app.automation.pack import ready_rule, ready_rules
from pos_app.automation.sentences import Named, condition, sentence, step, trigger
from pos_app.language import Texts
from tests.automation.drafts import draft

ENGLISH, UKRAINIAN = Texts("en"), Texts("uk")


def test_the_default_reads_as_a_sentence() -> None:
    rule = ready_rule("ready", "en")
    assert rule is not None
    assert sentence(rule, ENGLISH) == (
        "When an order comes to “Ready”, if kind of order is pickup and the guest wants to be"
        " told, by text or on the page: text “ready” after 30 s (SMS). Once per order."
    )
    assert sentence(rule, UKRAINIAN).startswith("Коли замовлення переходить у «Готово»")


def test_every_ready_rule_reads_differently_and_without_gaps() -> None:
    for texts in (ENGLISH, UKRAINIAN):
        said = [sentence(rule, texts) for rule in ready_rules(texts.language)]
        assert len(set(said)) == len(said)
        assert not [one for one in said if "  " in one or "“”" in one or "{count}" in one]


def test_every_trigger_has_words() -> None:
    for on in On:
        rule = draft(on, status="ready", minutes=1, at="22:00")
        assert trigger(rule.trigger, ENGLISH) != trigger(rule.trigger, UKRAINIAN)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Wait("", seconds=900), "wait 15 min"),
        (Wait("", seconds=45), "wait 45 s"),
        (Wait("", seconds=30 * 86_400), "wait 30 days"),
        (Wait("", until="11:00"), "wait until 11:00"),
        (Wait("", minutes_before_promise=5), "wait until 5 minutes before the promised time"),
        (Wait("", minutes_before_promise=0), "wait until the promised time"),
        (Recheck(""), "look again whether the conditions hold"),
        (Send("", "ready", ("whatsapp", "sms"), 0), "text “ready” (WhatsApp, then SMS)"),
        (SetStatus("", "picked_up"), "move the order to “Given out”"),
        (SetTag("", "vip", on="customer"), "tag the guest “vip”"),
        (SetTag("", "hot", remove=True), "take the tag “hot” off the order"),
        (Print(""), "print a slip"),
        (CallWebhook("", "7"), "tell “Accounting”"),
        (OpenTask("", "few stars"), "ask somebody to call back: “few stars”"),
        (
            TellOwner("", ("mail", "sms"), "yesterday"),
            "tell the owner how yesterday was (e-mail and SMS)",
        ),
        (TellOwner(""), "tell the owner how the day was (e-mail)"),
    ],
)
def test_a_step_reads_as_what_it_does(one: Step, words: str) -> None:
    assert step(one, ENGLISH, Named(targets={"7": "Accounting"})) == words


def test_values_are_called_as_the_shop_calls_them() -> None:
    named = Named(dishes={"3": "Margherita"}, money=lambda amount: f"{amount // 100} ₴")
    asked = Condition(Field.DISH, ("3", "4"))
    assert condition(asked, ENGLISH, named) == "dish is Margherita or 4"
    rich = Condition(Field.VALUE, ("100000",), Comparison.AT_LEAST)
    assert condition(rich, ENGLISH, named) == "total is at least 1000 ₴"
    assert condition(rich, UKRAINIAN, named) == "сума щонайменше 1000 ₴"


def test_groups_stand_in_brackets_and_hours_behind() -> None:
    inner = Group(
        Join.ANY,
        (Condition(Field.SOURCE, ("web",)), Condition(Field.FULFILMENT, ("delivery",))),
    )
    rule = draft(
        On.PLACED,
        when=Group(Join.NONE, groups=(inner,)),
        options=Options(between=("10:00", "20:00"), while_open=True, not_quiet=True),
    )
    assert sentence(rule, ENGLISH) == (
        "When an order is placed, if none of this holds: (source is web shop or kind of order is"
        " delivery): tell the staff: “look”. Once per order, from 10:00 to 20:00 only, only while"
        " we are open, offers and feedback not in quiet hours."
    )
