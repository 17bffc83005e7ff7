"""Texts that wait to be said: born in the transaction of the act that caused them."""

from __future__ import annotations

from pos_app.automation.engine import Due
from pos_app.automation.model import Once, RuleVersion, Send
from pos_app.clock import Instant
from pos_app.desk import asked_on, legs
from pos_app.desk.transaction import Transaction
from pos_app.domain.cascade import Leg
from pos_app.domain.consent import ConsentKind
from pos_app.domain.ids import new_uid, uid_of
from pos_app.domain.order import Order
from pos_app.errors import AlreadyLeft
from pos_app.store import consents, messages, pausing, rule_runs, unwanted

NO_CONSENT = "no_consent"
CANCELLED = "cancelled"
# Whatever a rule has begun ends with these; else it notices by itself that the order moved on.
ENDS_RULES = (CANCELLED, "refunded")
LEFT = ("sending", "sent", "delivered", "uncertain", "failed")


def say(
    act: Transaction, order: Order, one: RuleVersion, due: Due, step: Send, occasion: int
) -> str:
    """A text that a rule wants said now; what became of it, as a word for the trace.

    The uid follows from what is said, not from when: a store that was put back says it again
    under the same one, and a gateway that has it already sends nothing twice.
    """
    if due.not_after <= due.not_before:
        return "too_late"
    rule = one.rule
    standing = messages.standing(act.connection, order.id)
    if rule.options.once is Once.ORDER and step.id in standing.steps:
        return "said_before"
    settings = act.setup.settings
    own, *further = (Leg(name, step.leg_minutes) for name in step.channels)
    named = asked_on.legs(act, order, (own, *(further or settings.channels.legs)))
    first = legs.begin(act.setup, named[0].channel, named[1:])
    state, reason = _born(act, order, first, by_rule=True)
    times = standing.times[step.id]
    if step.offer and not _agreed(act, order):
        state, reason = "dropped", NO_CONSENT
    message = messages.NewMessage(
        key=f"{rule.id}:{step.id}:{occasion}:{order.people_id or 0}:{first.leg}",
        uid=uid_of("orderbell/text", order.uid, rule.id, step.id, first.leg, times),
        order_id=order.id,
        people_id=order.people_id,
        rule_id=rule.id,
        rule_version=one.version,
        step_id=step.id,
        occasion=occasion,
        leg=first.leg,
        channel=first.channel,
        about=step.about,
        language=order.customer.language or settings.shop.language,
        not_before=due.not_before,
        not_after=due.not_after,
        state=state,
        reason=reason,
        legs=first.further,
    )
    return "said" if _add(act, message, standing) else "said_before"


def _agreed(act: Transaction, order: Order) -> bool:
    """Whether the guest wants offers."""
    if order.people_id is None:
        return False
    return consents.held(act.connection, order.people_id).get(ConsentKind.OFFERS.value, False)


def _born(act: Transaction, order: Order, first: legs.First, *, by_rule: bool) -> tuple[str, str]:
    """State and reason with which a text about `order` begins."""
    if not first.is_open:
        return "dropped", "no_channel"
    unwanted_for = unwanted.why_of(act.connection, act.setup.address_key, order, by_rule=by_rule)
    if unwanted_for:
        return "dropped", unwanted_for
    if order.texts_stopped_at is not None:
        return "dropped", pausing.STOPPED
    if order.asked_at is not None:
        return "held", pausing.QUESTION
    if act.setup.settings.catch_up.pauses_texts:
        return "held", pausing.CATCH_UP
    return "waiting", ""


def _add(act: Transaction, message: messages.NewMessage, standing: messages.Standing) -> bool:
    is_new = messages.add(act.connection, message, act.now)
    if is_new and message.channel in standing.waiting_channels:
        messages.supersede(act.connection, message, act.now)
    return is_new


def say_by_hand(
    act: Transaction,
    order: Order,
    *,
    about: str,
    channel: str,
    occasion: int,
    not_after: Instant,
    words: str = "",
) -> str:
    """A text that a person has asked for: it waits for no grace and answers to no rule.

    `words` are his own; other texts stay beside it. Returns the state in which it begins.
    """
    first = legs.begin(act.setup, channel, ())
    state, reason = _born(act, order, first, by_rule=False)
    uid = new_uid()
    message = messages.NewMessage(
        key=f"hand:{uid}",
        uid=uid,
        order_id=order.id,
        people_id=order.people_id,
        rule_id="",
        rule_version=0,
        step_id="",
        occasion=occasion,
        leg=0,
        channel=channel,
        about=about,
        language=order.customer.language or act.setup.settings.shop.language,
        not_before=act.now,
        not_after=not_after,
        state=state,
        reason=reason,
    )
    if words:
        messages.add(act.connection, message, act.now)
        messages.keep_words(act.connection, message, words, act.now)
    else:
        _add(act, message, messages.standing(act.connection, order.id))
    return state


def pause(act: Transaction, order_id: int) -> None:
    """A question about the order is open: what waits to be said is held."""
    pausing.hold(act.connection, order_id, pausing.QUESTION)


def go_on(act: Transaction, order_id: int) -> None:
    """The question is answered: what it held may leave."""
    pausing.release(act.connection, order_id, pausing.QUESTION, act.now)
    if act.setup.settings.catch_up.is_open:
        pausing.hold(act.connection, order_id, pausing.CATCH_UP)


def stop_all(act: Transaction, order_id: int) -> int:
    """The guest wants no texts about this order: what has not left is dropped. Returns how many."""
    return pausing.drop(act.connection, order_id, pausing.STOPPED, act.now)


def take_back(act: Transaction, order: Order, occasion: int) -> None:
    """Undo: what the event caused must not leave. Raises AlreadyLeft when it has."""
    order_id = order.id
    for message in messages.of_occasion(act.connection, order_id, occasion):
        if message.state in LEFT:
            raise AlreadyLeft(
                "Too late to undo: the text has left",
                "The guest has been told.",
                "Use Bring back; it asks whether to tell the guest.",
            )
    withdraw(act, order_id, "undone", occasion)
    if order.texts_stopped_at is not None:
        stop_all(act, order_id)
    elif order.asked_at is not None:
        pause(act, order_id)


def withdraw(act: Transaction, order_id: int, reason: str, occasion: int) -> None:
    """What rules began because of one event, and has not left, is not to be."""
    messages.withdraw(act.connection, order_id, reason, act.now, occasion)
    rule_runs.stop(act.connection, order_id, reason, act.now, occasion)
    rule_runs.let_next(act.connection, order_id, act.now)
    messages.bring_back_superseded(act.connection, order_id, occasion)


def withdraw_all(act: Transaction, order_id: int, reason: str) -> None:
    """What still waits for this order is no longer true."""
    messages.withdraw(act.connection, order_id, reason, act.now)
    if reason in ENDS_RULES:
        rule_runs.stop(act.connection, order_id, reason, act.now)
