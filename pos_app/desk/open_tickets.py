"""All open tickets on paper: when the board cannot be trusted, the kitchen works from slips."""

from __future__ import annotations

from pos_app.desk import paper
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import KITCHEN_KINDS
from pos_app.store import orders


def print_all(act: Transaction) -> int:
    """A kitchen slip per open ticket, marked COPY, where such slips are printed at all.

    Returns how many.
    """
    found = orders.load_many(act.connection, orders.open_ids(act.connection))
    slips = 0
    for order in found.values():
        if order.kind in KITCHEN_KINDS:
            paper.print_kitchen(act, order, copy=True)
            count = _count(act, order)
            act.record("tickets_printed", order.id, {"slips": count})
            slips += count
    return slips


def _count(act: Transaction, order: Order) -> int:
    stations = [ticket.station_id for ticket in order.tickets]
    return sum(p.prints_for(station) for p in act.setup.printers for station in stations)
