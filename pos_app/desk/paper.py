"""Print jobs: committed with the order, printed by whoever owns the printer."""

from __future__ import annotations

from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.store import printing


def print_placed(act: Transaction, order: Order) -> None:
    """The slip for the guest and one slip per station, on the printers set up for them."""
    for printer in act.setup.printers:
        if printer.slips:
            _add(act, order.id, printer.id, printing.SLIP, None, copy=False)
        if printer.kitchen:
            for ticket in order.tickets:
                _add(act, order.id, printer.id, printing.KITCHEN, ticket.station_id, copy=False)


def reprint(act: Transaction, order_id: int) -> int:
    """The guest's slip once more, marked COPY. Returns how many printers will print it."""
    order = act.order(order_id)
    slips = [printer for printer in act.setup.printers if printer.slips]
    for printer in slips:
        _add(act, order.id, printer.id, printing.SLIP, None, copy=True)
    if slips:
        act.record("slip_reprinted", order_id, {"printers": len(slips)})
    return len(slips)


def _add(
    act: Transaction,
    order_id: int,
    printer_id: int,
    what: str,
    station_id: int | None,
    *,
    copy: bool,
) -> None:
    printing.add_job(
        act.connection,
        order_id=order_id,
        printer_id=printer_id,
        what=what,
        station_id=station_id,
        copy=copy,
        now=act.now,
    )
