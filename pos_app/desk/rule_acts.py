"""What a step of a rule does: everything that a person at a screen could do as well.

A step that fails leaves nothing half done and never stops another: what it wrote is rolled back
to before it, and the trace says why.
"""

from __future__ import annotations

from contextlib import nullcontext

from pos_app.automation.engine import Done, Due
from pos_app.automation.model import (
    CallWebhook,
    OpenTask,
    Print,
    RuleVersion,
    Send,
    SetStatus,
    SetTag,
    TellOwner,
    TellStaff,
)
from pos_app.desk import bumping, cancelling, day_words, ending, owner_telling, paper, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import uid_of
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, next_kind
from pos_app.errors import OrderbellError, Refused, StoreError
from pos_app.store import customer_tags, orders, tasks, unwanted, webhooks
from pos_app.store.database import in_one_piece

TASKS = "tasks"
"""What other screens are told has changed."""
TASK_OPENED = "task_opened"
TAGGED = "order_tagged"
MOST_TAGS = 20


def do(act: Transaction, one: RuleVersion, order: Order | None, due: Due, occasion: int) -> Done:
    """Carry out one step that is due. Never raises for what a rule may get wrong."""
    step_id = due.step.id
    seqs, events, changed = len(act.seqs), len(act.events), set(act.changed)
    # A text is written last of all that saying it does: nothing of it can be left half done.
    piece = nullcontext() if isinstance(due.step, Send) else in_one_piece(act.connection)
    try:
        with piece:
            did = _do(act, one, order, due, occasion)
    except StoreError:
        raise
    except OrderbellError as error:
        del act.seqs[seqs:], act.events[events:]
        act.changed.intersection_update(changed)
        act.fresh.clear()
        return Done(step_id, "failed", error.code)
    return Done(step_id, did)


def _do(act: Transaction, one: RuleVersion, order: Order | None, due: Due, occasion: int) -> str:
    match due.step:
        case TellStaff() | OpenTask() | TellOwner() as step:
            return _tell(act, one, order, step, occasion)
        case _ if order is None:
            raise Refused("This step needs an order")
        case Send() as step:
            return texting.say(act, order, one, due, step, occasion)
        case _ if order.by_hand:
            return unwanted.BY_HAND
        case CallWebhook() as step:
            uid = uid_of("orderbell/webhook", act.setup.identity.store_id, step.target, occasion)
            webhooks.add(act.connection, step.target, occasion, uid, act.now)
            return "called"
        case SetStatus() as step:
            return _move(act, order, step.kind, one.rule.name)
        case SetTag() as step:
            return _tag(act, one.rule.id, order, step)
        case Print():
            return "printed" if paper.reprint(act, order.id) else "no_printer"
        case _:
            raise Refused("A rule cannot do this")


def _tell(
    act: Transaction,
    one: RuleVersion,
    order: Order | None,
    step: TellStaff | OpenTask | TellOwner,
    occasion: int,
) -> str:
    """What the people of the shop are told, about an order or about none."""
    match step:
        case TellOwner():
            return owner_telling.tell(act, one.rule.id, step, occasion)
        case OpenTask():
            _open_task(act, one, order, tasks.CALL_BACK, step.words, occasion)
            return "task"
        case TellStaff():
            words = day_words.filled(act, order, step.words)
            _open_task(act, one, order, tasks.TOLD, words, occasion, sound=step.sound)
            return "told"


def _open_task(
    act: Transaction,
    one: RuleVersion,
    order: Order | None,
    kind: str,
    words: str,
    occasion: int,
    *,
    sound: bool = True,
) -> None:
    task_id = tasks.add(
        act.connection,
        kind=kind,
        order_id=order.id if order is not None else None,
        people_id=order.people_id if order is not None else None,
        said=words,
        sound=sound,
        rule_id=one.rule.id,
        occasion=occasion,
        now=act.now,
    )
    said: dict[str, object] = {"task_id": task_id}
    if order is None:
        # No order changes with it: other windows hear of it by its key.
        said["keys"] = [TASKS]
    act.record(TASK_OPENED, order.id if order is not None else None, said)


def _move(act: Transaction, order: Order, wanted: str, why: str) -> str:
    try:
        kind = Kind(wanted)
    except ValueError:
        raise Refused("There is no such status") from None
    if order.kind is kind:
        return "there_already"
    if kind is Kind.CANCELLED:
        cancelling.cancel(act, order.id, why)
    elif kind is next_kind(order.kind, order.fulfilment, partner=bool(order.partner)):
        return "moved" if bumping.bump(act, order.id, order.entry).moved else "not_moved"
    else:
        ending.end(act, order.id, kind)
    return "moved"


def _tag(act: Transaction, rule_id: str, order: Order, step: SetTag) -> str:
    if step.on == "customer":
        if order.people_id is None:
            raise Refused("Nobody is known for this order")
        if step.remove:
            customer_tags.remove(act.connection, order.people_id, step.tag)
        else:
            customer_tags.add(act.connection, order.people_id, step.tag, act.now)
        return "tagged"
    rest = [tag for tag in order.tags if tag != step.tag]
    tags = rest if step.remove else [*rest, step.tag][-MOST_TAGS:]
    if tuple(tags) != order.tags:
        orders.set_tags(act.connection, order.id, tags)
        act.record(TAGGED, order.id, {"rule_id": rule_id})
    return "tagged"
