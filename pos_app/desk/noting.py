"""Edits of what is written on the whole order: its allergy and its note."""

from __future__ import annotations

from pos_app.desk import deltas, entries
from pos_app.desk.remarks import remark
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.store import orders, tickets


def change_allergy(act: Transaction, order_id: int, allergy: str) -> Order:
    """Write another allergy (or none); whoever had seen the old one is alarmed again."""
    now_is = remark(allergy, "allergy")
    order = entries.open_order(act, order_id)
    if now_is == order.allergy:
        return order
    act.record("allergy_changed", order_id, {"allergy": bool(now_is)})
    orders.change(act.connection, order_id, allergy=now_is, allergy_seen_at=None)
    tickets.forget_allergy(act.connection, order_id)
    deltas.tell(act, act.order(order_id), TicketChange(ChangeKind.ALLERGY, text=now_is))
    return act.order(order_id)


def change_note(act: Transaction, order_id: int, note: str) -> Order:
    """Write another note (or none)."""
    now_is = remark(note, "note")
    order = entries.open_order(act, order_id)
    if now_is == order.note:
        return order
    act.record("note_changed", order_id, {"note": bool(now_is)})
    orders.change(act.connection, order_id, note=now_is)
    deltas.tell(act, act.order(order_id), TicketChange(ChangeKind.NOTE, text=now_is))
    return act.order(order_id)
