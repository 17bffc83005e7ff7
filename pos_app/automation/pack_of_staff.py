"""Ready rules that say something to those who work here."""

from __future__ import annotations

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Group,
    On,
    Once,
    OpenTask,
    Options,
    Recheck,
    Rule,
    TellOwner,
    TellStaff,
    Trigger,
    Wait,
)
from pos_app.language import Texts

_MINUTE_S = 60


def rules(texts: Texts) -> tuple[Rule, ...]:
    """`texts` names them and says their words to the staff."""
    return (
        _pass_waits(texts),
        _vip(texts),
        _courier_waits(texts),
        _low_rating(texts),
        _call_the_guest(texts),
        _cancel_asked(texts),
        _daily(texts),
        _daily_letter(texts),
    )


def _id(no: int) -> str:
    return f"01900000-0000-7000-8000-000000002{no:03x}"


def _step_id(no: int, step: int) -> str:
    return f"01900000-0000-7000-8000-0000000{step:02x}{no:03x}"


def _pass_waits(texts: Texts) -> Rule:
    return Rule(
        _id(1),
        texts.gettext("Waits too long at the pass"),
        Trigger(On.IN_STATUS, "ready", minutes=5),
        (TellStaff(_step_id(1, 0x20), texts.gettext("Waits at the pass for 5 minutes")),),
        Group(conditions=(Condition(Field.FULFILMENT, ("dine_in", "delivery")),)),
        Options(once=Once.ENTRY),
        pack="pass_waits",
    )


def _vip(texts: Texts) -> Rule:
    return Rule(
        _id(2),
        texts.gettext("A VIP has ordered"),
        Trigger(On.PLACED),
        (TellStaff(_step_id(2, 0x20), texts.gettext("VIP: tell the manager")),),
        Group(conditions=(Condition(Field.CUSTOMER_TAG, ("vip", "VIP")),)),
        pack="vip",
    )


def _courier_waits(texts: Texts) -> Rule:
    return Rule(
        _id(3),
        texts.gettext("A courier waits for the kitchen"),
        Trigger(On.COURIER_AT_SHOP),
        (
            Wait(_step_id(3, 0x20), seconds=5 * _MINUTE_S),
            Recheck(_step_id(3, 0x21)),
            TellStaff(_step_id(3, 0x22), texts.gettext("A courier waits for this order")),
        ),
        Group(conditions=(Condition(Field.PHASE, ("new", "in_kitchen")),)),
        Options(stops_when_moved=False),
        pack="courier_waits",
    )


def _low_rating(texts: Texts) -> Rule:
    return Rule(
        _id(4),
        texts.gettext("A low rating: call back"),
        Trigger(On.GUEST_RATED),
        (OpenTask(_step_id(4, 0x20), texts.gettext("The guest gave few stars")),),
        Group(conditions=(Condition(Field.RATING, ("2",), Comparison.AT_MOST),)),
        Options(while_open=True),
        pack="low_rating",
    )


def _call_the_guest(texts: Texts) -> Rule:
    return Rule(
        _id(5),
        texts.gettext("A text has failed: call"),
        Trigger(On.MESSAGE_FAILED),
        (OpenTask(_step_id(5, 0x20), texts.gettext("The text did not arrive")),),
        Group(conditions=(Condition(Field.HAS_PHONE, ("yes",)),)),
        pack="text_failed",
    )


def _cancel_asked(texts: Texts) -> Rule:
    return Rule(
        _id(6),
        texts.gettext("A guest wants to cancel"),
        Trigger(On.CANCEL_ASKED),
        (TellStaff(_step_id(6, 0x20), texts.gettext("The guest wants to cancel")),),
        pack="cancel_asked",
    )


def _daily(texts: Texts) -> Rule:
    words = texts.gettext("Today: {{ orders }} orders, {{ takings }}, {{ late }} late")
    return Rule(
        _id(7),
        texts.gettext("The day in one line, for the owner"),
        Trigger(On.DAILY, at="22:30"),
        (TellStaff(_step_id(7, 0x20), words, sound=False),),
        pack="daily",
    )


def _daily_letter(texts: Texts) -> Rule:
    return Rule(
        _id(8),
        texts.gettext("The day by mail, to the owner"),
        Trigger(On.DAILY, at="09:00"),
        (TellOwner(_step_id(8, 0x20), ("mail",), "yesterday"),),
        pack="daily_mail",
    )
