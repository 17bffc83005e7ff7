"""*Ask counter*: the kitchen's question about an order, and what the guest has answered."""

from __future__ import annotations

from pos_app.desk import deltas, entries, texting
from pos_app.desk.lines import MAX_TEXT
from pos_app.desk.remarks import remark
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.errors import BadInput, Refused
from pos_app.store import orders


def ask(act: Transaction, order_id: int, question: str) -> Order:
    """Put `question` on the order; while it is open no text of the order leaves."""
    asked = remark(question, "question")
    if not asked:
        raise BadInput("question", "Say what to ask the guest")
    order = entries.open_order(act, order_id)
    act.record("question_asked", order_id, {})
    orders.change(act.connection, order_id, question=asked, asked_at=order.asked_at or act.now)
    texting.pause(act, order_id)
    return act.order(order_id)


def answer(act: Transaction, order_id: int, reply: str) -> Order:
    """Take the question away; a reply joins the order's note, for the stations to see."""
    replied = remark(reply, "reply")
    order = act.order(order_id)
    if order.asked_at is None:
        raise Refused("Nobody asks about order {number}", number=order.number)
    note = _with_reply(order, replied) if replied else order.note
    act.record("question_answered", order_id, {"replied": bool(replied)})
    orders.change(act.connection, order_id, question="", asked_at=None, note=note)
    texting.go_on(act, order_id)
    if replied:
        deltas.tell(act, order, TicketChange(ChangeKind.NOTE, text=note))
    return act.order(order_id)


def _with_reply(order: Order, reply: str) -> str:
    """The note with the reply behind it, and what was asked where there is room for it."""
    for said in (f"{order.question} – {reply}", reply):
        note = "; ".join(part for part in (order.note, said) if part)
        if len(note) <= MAX_TEXT:
            return note
    raise BadInput("reply", "There is no room for it in the order’s note")
