"""*Make again*: one line back in front, with what it was, its price and the old promise."""

from __future__ import annotations

from typing import Any

from pos_app.desk import lines
from pos_app.desk.remarks import remark
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import ChangeKind, Line, Order
from pos_app.errors import BadInput, Refused
from pos_app.store import documents, orders


def make_again(act: Transaction, order_id: int, line_id: int, reason: str) -> Order:
    """Void the line and add the same anew. `reason` is for the kitchen and must be given."""
    why = remark(reason, "reason")
    if not why:
        raise BadInput("reason", "Say why it is made again")
    order = lines.changeable(act, order_id)
    line = lines.open_line(order, line_id)
    if len(order.lines) >= lines.MAX_LINES:
        raise Refused("At most {most} lines on one order", most=lines.MAX_LINES)
    orders.change_line(act.connection, line.id, voided_at=act.now)
    no = max(other.no for other in order.lines) + 1
    orders.add_line(act.connection, order_id, _anew(line, no, why))
    lines.reopen_ticket(act, order, line.station_id)
    payload = {"no": no, "replaces": line.no}
    return lines.settle(act, order, "line_remade", payload, ChangeKind.AGAIN, why)


def _anew(line: Line, no: int, why: str) -> dict[str, Any]:
    """The row of a line that is frozen as `line` was."""
    return {
        "no": no,
        "replaces": line.id,
        "dish_id": line.dish_id,
        "names": documents.dump(line.names),
        "kitchen": documents.dump(line.kitchen),
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "modifiers": documents.dump(line.modifiers),
        "note": line.note,
        "tax_class": line.tax_class,
        "tax_rate_bp": line.tax_rate_bp,
        "tax_inclusive": line.tax_inclusive,
        "station_id": line.station_id,
        "prep_minutes": line.prep_minutes,
        "made_at": None,
        "handed_over_at": None,
        "voided_at": None,
        "remake_reason": why,
    }
