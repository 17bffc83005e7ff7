"""The legs of a text as rows: where it begins, and how the next one is born.

The next leg is born in the transaction that settles the one before, under a key and an id that
follow from it: whoever settles it again makes no second one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.domain import cascade
from pos_app.domain.cascade import Leg
from pos_app.domain.ids import uid_of
from pos_app.store import documents, messages, pausing, sent, unwanted
from pos_app.store.messages import Message, NewMessage


@dataclass(frozen=True, slots=True)
class First:
    """On which leg a text begins; `further` are those after it, as a document."""

    channel: str
    leg: int
    further: str
    is_open: bool


def begin(setup: Setup, channel: str, further: Sequence[Leg]) -> First:
    """The rule's own channel, or the first of the `further` ones that is set up."""
    after = [leg for leg in further if leg.channel != channel]
    if channel in setup.open_channels:
        return First(channel, 0, documents.dump(after), True)
    step = cascade.begin(after, setup.open_channels)
    if step is None:
        return First(channel, 0, "[]", False)
    return First(step.channel, step.passed, documents.dump(step.left), True)


def of(message: Message) -> tuple[Leg, ...]:
    """The legs that are still before a message."""
    return () if message.legs == "[]" else documents.load(message.legs, tuple[Leg, ...])


def follow(act: Transaction, message: Message) -> bool:
    """Begin the next leg of `message`, if it has one that may still begin. Whether one did.

    The legs go over to it. Nothing begins after the text's time, behind newer news, against the
    guest's wish, or over the cap of what one text may cost.
    """
    legs = of(message)
    if not legs:
        return False
    sent.pass_on(act.connection, message.id)
    if act.now >= message.not_after or sent.is_outdated(act.connection, message):
        return False
    settings, order = act.setup.settings, act.order(message.order_id)
    if order.texts_stopped_at is not None:
        return False
    by_rule = bool(message.rule_id)
    key = act.setup.address_key
    if unwanted.why(act.connection, key, message.order_id, by_rule=by_rule):
        return False
    step = cascade.begin(
        legs,
        act.setup.open_channels,
        spent=sent.of_all_legs(act.connection, message),
        most=settings.channels.limits.message_cost,
        cost_of=[_price(act.setup, leg.channel) * max(1, message.parts) for leg in legs],
    )
    if step is None:
        return False
    following = _next(act, message, step)
    if order.asked_at is not None:
        following = replace(following, state="held", reason=pausing.QUESTION)
    elif settings.catch_up.pauses_texts:
        following = replace(following, state="held", reason=pausing.CATCH_UP)
    return messages.add(act.connection, following, act.now)


def _price(setup: Setup, channel: str) -> int:
    way = None if setup.identity.practice else setup.settings.way(channel)
    return 0 if way is None else way.price


def _next(act: Transaction, message: Message, step: cascade.Step) -> NewMessage:
    leg = message.leg + step.passed
    stem = sent.stem(message)
    return NewMessage(
        key=f"{stem}:{leg}",
        uid=uid_of("orderbell/text/leg", message.uid, leg),
        order_id=message.order_id,
        people_id=message.people_id,
        rule_id=message.rule_id,
        rule_version=message.rule_version,
        step_id=message.step_id,
        occasion=message.occasion,
        leg=leg,
        channel=step.channel,
        about=message.about,
        language=message.language,
        not_before=Instant(act.now),
        not_after=message.not_after,
        legs=documents.dump(step.left),
    )
