"""Ready rules that say something to the guest."""

from __future__ import annotations

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Group,
    On,
    Once,
    Options,
    Recheck,
    Rule,
    Send,
    Trigger,
    Wait,
)
from pos_app.language import Texts

_WANTS_NEWS = Condition(Field.WANTS_NEWS, ("yes",))
_MINUTE_S = 60
_DAY_S = 86_400
_POLITE_HOURS = ("10:00", "20:30")


def rules(texts: Texts) -> tuple[Rule, ...]:
    """In the order of an order's way; `texts` names them."""
    return (
        _premium(texts),
        _unpaid_online(texts),
        _late(texts),
        _promise_moved(texts),
        _not_collected(texts),
        _cancelled(texts),
        _feedback(texts),
        _first_order(texts),
        _come_back(texts),
    )


def _id(no: int) -> str:
    return f"01900000-0000-7000-8000-000000001{no:03x}"


def _step_id(no: int, step: int) -> str:
    return f"01900000-0000-7000-8000-0000000{step:02x}{no:03x}"


def _all(*conditions: Condition) -> Group:
    return Group(conditions=(*conditions, _WANTS_NEWS))


def _premium(texts: Texts) -> Rule:
    return Rule(
        _id(1),
        texts.gettext("Thanks for a large order"),
        Trigger(On.PLACED),
        (Send(_step_id(1, 0x10), "premium"),),
        _all(Condition(Field.VALUE, ("100000",), Comparison.AT_LEAST)),
        pack="premium",
    )


def _unpaid_online(texts: Texts) -> Rule:
    return Rule(
        _id(2),
        texts.gettext("Online order that is not paid after 10 min"),
        Trigger(On.PLACED),
        (
            Wait(_step_id(2, 0x10), seconds=10 * _MINUTE_S),
            Recheck(_step_id(2, 0x11)),
            Send(_step_id(2, 0x12), "unpaid", ttl_minutes=30),
        ),
        _all(
            Condition(Field.PAYMENT_TYPE, ("online",)),
            Condition(Field.PAYMENT_STATE, ("unpaid", "part")),
            Condition(Field.PHASE, ("new", "in_kitchen", "ready")),
        ),
        Options(stops_when_moved=False),
        pack="unpaid_online",
    )


def _late(texts: Texts) -> Rule:
    return Rule(
        _id(3),
        texts.gettext("Sorry, it takes longer"),
        Trigger(On.BECAME_LATE),
        (Send(_step_id(3, 0x10), "late", ttl_minutes=20),),
        _all(Condition(Field.PHASE, ("new", "in_kitchen"))),
        pack="late",
    )


def _promise_moved(texts: Texts) -> Rule:
    return Rule(
        _id(4),
        texts.gettext("A new time for the order"),
        Trigger(On.PROMISE_MOVED),
        (Send(_step_id(4, 0x10), "promise_moved", ttl_minutes=20),),
        _all(),
        Options(once=Once.ALWAYS),
        pack="promise_moved",
    )


def _not_collected(texts: Texts) -> Rule:
    return Rule(
        _id(5),
        texts.gettext("Not collected after 15 min"),
        Trigger(On.IN_STATUS, "ready", minutes=15),
        (Send(_step_id(5, 0x10), "not_collected", ttl_minutes=45),),
        _all(Condition(Field.FULFILMENT, ("pickup",)), Condition(Field.PARTNER, ("",))),
        pack="not_collected",
    )


def _cancelled(texts: Texts) -> Rule:
    return Rule(
        _id(6),
        texts.gettext("The order is cancelled"),
        Trigger(On.ENTERED, "cancelled"),
        (Send(_step_id(6, 0x10), "cancelled", grace_s=30),),
        _all(),
        pack="cancelled",
    )


def _feedback(texts: Texts) -> Rule:
    return Rule(
        _id(7),
        texts.gettext("Was everything right? 30 min after the end"),
        Trigger(On.ENTERED, "done"),
        (
            Wait(_step_id(7, 0x10), seconds=30 * _MINUTE_S),
            Recheck(_step_id(7, 0x11)),
            Send(_step_id(7, 0x12), "delivered_feedback", ttl_minutes=24 * 60),
        ),
        _all(
            Condition(Field.STATUS, ("delivered", "picked_up", "served")),
            Condition(Field.PAYMENT_STATE, ("refunded",), Comparison.NONE_OF),
        ),
        Options(skip_after_minutes=12 * 60, between=_POLITE_HOURS, not_quiet=True),
        pack="feedback",
    )


def _first_order(texts: Texts) -> Rule:
    return Rule(
        _id(8),
        texts.gettext("Thanks for the first order"),
        Trigger(On.NEW_CUSTOMER),
        (
            Wait(_step_id(8, 0x10), until="11:00"),
            Recheck(_step_id(8, 0x11)),
            Send(_step_id(8, 0x12), "thanks_first", ttl_minutes=9 * 60),
        ),
        _all(
            Condition(Field.STATUS, ("cancelled", "not_collected", "returned"), Comparison.NONE_OF)
        ),
        Options(stops_when_moved=False, skip_after_minutes=9 * 60, not_quiet=True),
        pack="first_order",
    )


def _come_back(texts: Texts) -> Rule:
    return Rule(
        _id(9),
        texts.gettext("Come back to us, after 30 days"),
        Trigger(On.ENTERED, "done"),
        (
            Wait(_step_id(9, 0x10), seconds=30 * _DAY_S),
            Recheck(_step_id(9, 0x11)),
            Send(_step_id(9, 0x12), "come_back", ttl_minutes=24 * 60, offer=True),
        ),
        Group(
            conditions=(
                Condition(Field.OFFERS, ("yes",)),
                Condition(Field.HAS_PHONE, ("yes",)),
                Condition(Field.LATER_ORDERS, ("0",), Comparison.AT_MOST),
            )
        ),
        Options(
            once=Once.CUSTOMER,
            once_days=90,
            stops_when_moved=False,
            skip_after_minutes=3 * 24 * 60,
            between=_POLITE_HOURS,
            not_quiet=True,
        ),
        pack="come_back",
    )
