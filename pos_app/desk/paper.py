"""Print jobs: committed with the act that asks for them, printed by whoever owns the printer.

A job holds no word about a person: what a slip says is read when it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.desk.transaction import Transaction
from pos_app.domain.board import has_entered
from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.domain.workflow import KITCHEN_KINDS, Fulfilment, Kind
from pos_app.store import documents, printing
from pos_app.store.printers import StoredPrinter
from pos_app.store.printing import PrintJob

_Asked = set[tuple[int, str, int | None]]


def print_placed(act: Transaction, order: Order) -> None:
    """The guest's slip at once; the kitchen's paper too, unless the order comes later."""
    for printer in act.setup.printers:
        if printer.slips:
            _add(act, order.id, printer, printing.SLIP)
    if order.held_at is None and has_entered(order):
        _print_kitchen(act, order, set(), copy=False)


def print_kitchen(act: Transaction, order: Order, *, copy: bool = False) -> None:
    """A slip per station and the bag's stub: the order enters the kitchen, or is fired.

    `copy`: all of it once more. What was printed before is marked COPY in any case.
    """
    _print_kitchen(act, order, _asked_before(act, order.id), copy=copy)


def print_changes(
    act: Transaction, order: Order, station_id: int, changes: Sequence[TicketChange]
) -> None:
    """What an edit changed, for the printers of one station; a new allergy for the bag too."""
    if not changes:
        return
    # Words of people stay with the order; only what the menu says is kept here.
    content = documents.dump([replace(change, text="") for change in changes])
    printers = [printer for printer in act.setup.printers if printer.prints_for(station_id)]
    jobs = printing.of_order(act.connection, order.id) if printers else []
    coming = {job.printer_id for job in jobs if _says_all(job, station_id)}
    for printer in printers:
        if printer.id not in coming:
            _add(act, order.id, printer, printing.CHANGES, station_id, content=content)
    if any(change.kind is ChangeKind.ALLERGY for change in changes):
        _print_stubs_again(act, order)


def print_delivery(act: Transaction, order: Order) -> None:
    """The courier's slip of one of our own deliveries; COPY when there was one already."""
    printers = _couriers_printers(act, order)
    before = _asked_before(act, order.id) if printers else set()
    for printer in printers:
        is_copy = (printer.id, printing.DELIVERY, None) in before
        _add(act, order.id, printer, printing.DELIVERY, copy=is_copy)


def print_ready(act: Transaction, order: Order) -> None:
    """The courier's slip comes with the bag, when it is packed; once, however often that is."""
    printers = _couriers_printers(act, order)
    before = _asked_before(act, order.id) if printers else set()
    for printer in printers:
        if (printer.id, printing.DELIVERY, None) not in before:
            _add(act, order.id, printer, printing.DELIVERY)


def print_cancelled(act: Transaction, order: Order) -> None:
    """What has not come out never will; a kitchen that holds a slip gets one that says so."""
    if not act.setup.printers:
        return
    printing.drop_waiting(act.connection, order.id)
    before = _asked_before(act, order.id)
    for printer in act.setup.printers:
        for ticket in order.tickets:
            if (printer.id, printing.KITCHEN, ticket.station_id) in before:
                station_id, content = ticket.station_id, documents.dump([])
                _add(act, order.id, printer, printing.CHANGES, station_id, content=content)


def print_restored(act: Transaction, order: Order) -> None:
    """A cancelled order is as it was before: who heard of the end hears that it goes on."""
    if order.kind is Kind.READY:
        print_ready(act, order)
    elif order.kind in KITCHEN_KINDS and order.held_at is None and has_entered(order):
        print_kitchen(act, order)


def reprint(act: Transaction, order_id: int) -> int:
    """The guest's slip once more, marked COPY. Returns how many printers will print it."""
    order = act.order(order_id)
    slips = [printer for printer in act.setup.printers if printer.slips]
    for printer in slips:
        _add(act, order.id, printer, printing.SLIP, copy=True)
    if slips:
        act.record("slip_reprinted", order_id, {"printers": len(slips)})
    return len(slips)


def _couriers_printers(act: Transaction, order: Order) -> list[StoredPrinter]:
    if order.fulfilment is not Fulfilment.DELIVERY or order.partner:
        return []
    return [printer for printer in act.setup.printers if printer.deliveries]


def _print_kitchen(act: Transaction, order: Order, before: _Asked, *, copy: bool) -> None:
    for printer in act.setup.printers:
        for ticket in order.tickets:
            if printer.prints_for(ticket.station_id):
                is_copy = copy or (printer.id, printing.KITCHEN, ticket.station_id) in before
                _add(act, order.id, printer, printing.KITCHEN, ticket.station_id, copy=is_copy)
        if printer.stubs:
            is_copy = copy or (printer.id, printing.STUB, None) in before
            _add(act, order.id, printer, printing.STUB, copy=is_copy)


def _says_all(job: PrintJob, station_id: int) -> bool:
    """Whether the station's whole slip is still to be printed: then it has the edit in it."""
    is_whole = job.what == printing.KITCHEN and job.station_id == station_id
    return is_whole and job.state in (printing.WAITING, printing.HELD)


def _print_stubs_again(act: Transaction, order: Order) -> None:
    """The bag must not go out with an old allergy; a stub that still waits will be right."""
    printers = [printer for printer in act.setup.printers if printer.stubs]
    jobs = printing.of_order(act.connection, order.id) if printers else []
    stubs = [job for job in jobs if job.what == printing.STUB]
    for printer in printers:
        mine = [job for job in stubs if job.printer_id == printer.id]
        if mine and all(job.state != printing.WAITING for job in mine):
            _add(act, order.id, printer, printing.STUB, copy=True)


def _asked_before(act: Transaction, order_id: int) -> _Asked:
    jobs = printing.of_order(act.connection, order_id)
    return {(job.printer_id, job.what, job.station_id) for job in jobs}


def _add(
    act: Transaction,
    order_id: int,
    printer: StoredPrinter,
    what: str,
    station_id: int | None = None,
    *,
    copy: bool = False,
    content: str = "",
) -> None:
    printing.add_job(
        act.connection,
        order_id=order_id,
        printer_id=printer.id,
        what=what,
        station_id=station_id,
        copy=copy,
        content=content,
        now=act.now,
    )
