"""From an event to texts that wait: rules evaluated inside the transaction of the act."""

from __future__ import annotations

from pos_app.automation.engine import Intent, evaluate
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import AlreadyLeft
from pos_app.store import documents, messages, rules

LEFT = ("sending", "sent", "delivered", "uncertain", "failed")


def follow_entry(act: Transaction, order: Order, entered: Kind, occasion: int) -> None:
    """Let the rules speak about `order` having entered `entered` in event `occasion`."""
    intents, findings = evaluate(act.setup.rules, entered.value, order, act.now)
    if findings:
        rules.keep_trace(act.connection, occasion, documents.dump(findings))
    for intent in intents:
        standing = messages.standing(act.connection, order.id)
        if intent.each_time or intent.rule_id not in standing.rules:
            _add(act, order, intent, occasion, standing)


def _add(
    act: Transaction, order: Order, intent: Intent, occasion: int, standing: messages.Standing
) -> None:
    recipient = order.people_id or 0
    key = f"{intent.rule_id}:{intent.step_id}:{occasion}:{recipient}:0"
    can_leave = act.setup.texts_on
    message = messages.NewMessage(
        key=key,
        order_id=order.id,
        people_id=order.people_id,
        rule_id=intent.rule_id,
        rule_version=intent.rule_version,
        step_id=intent.step_id,
        occasion=occasion,
        leg=0,
        channel=intent.channel,
        about=intent.about,
        language=order.customer.language or act.setup.settings.shop.language,
        not_before=intent.not_before,
        not_after=intent.not_after,
        state="waiting" if can_leave else "dropped",
        reason="" if can_leave else "no_channel",
    )
    is_new = messages.add(act.connection, message, act.now)
    if is_new and intent.channel in standing.waiting_channels:
        messages.supersede(act.connection, message, act.now)


def take_back(act: Transaction, order_id: int, occasion: int) -> None:
    """Undo: what the event caused must not leave. Raises AlreadyLeft when it has."""
    for message in messages.of_occasion(act.connection, order_id, occasion):
        if message.state in LEFT:
            raise AlreadyLeft(
                "Too late to undo: the text has left",
                "The guest has been told.",
                "Use Bring back; it asks whether to tell the guest.",
            )
    messages.withdraw(act.connection, order_id, "undone", act.now, occasion)
    messages.bring_back_superseded(act.connection, order_id, occasion)


def withdraw_all(act: Transaction, order_id: int, reason: str) -> None:
    """What still waits for this order is no longer true."""
    messages.withdraw(act.connection, order_id, reason, act.now)
