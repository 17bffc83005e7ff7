"""Entering a status: the one place where an order's kind, times and entry change.

A status event's payload holds where it came `from`, where it went `to`, and `before`: what an
undo puts back. `check` walks these payloads to prove board = journal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos_app.clock import Instant
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order, StageTimes, Ticket
from pos_app.domain.workflow import PHASES, Kind, Phase, has_ended
from pos_app.store import orders

PLACED = "order_placed"
BUMPED = "bumped"
UNDONE = "undone"
RECALLED = "recalled"
CANCELLED = "cancelled"
REOPENED = "reopened"
STATE_EVENTS = (PLACED, BUMPED, UNDONE, RECALLED, CANCELLED, REOPENED)


def status_of(act: Transaction, kind: Kind) -> str:
    """The shop's own status for `kind`: the first that is not hidden, else the canonical one."""
    for status in act.setup.statuses:
        if status.kind is kind:
            return status.id
    return kind.value


def before(order: Order, tickets: list[Ticket]) -> dict[str, Any]:
    """What an undo needs: the order's stage and the tickets that are about to move."""
    return {
        "kind": order.kind.value,
        "entered_at": order.entered_at,
        "promised_at": order.promised_at,
        "promise_moved": order.promise_moved,
        "times": [
            order.times.preparing_at,
            order.times.ready_at,
            order.times.out_at,
            order.times.ended_at,
        ],
        "tickets": [[t.id, t.kind.value, t.entered_at] for t in tickets],
    }


def stage_times(order: Order, kind: Kind, now: Instant) -> dict[str, Instant | None]:
    """The stage times after entering `kind` at `now`; stages behind keep theirs."""
    times = order.times
    values: dict[str, Instant | None] = {
        "preparing_at": times.preparing_at,
        "ready_at": times.ready_at,
        "out_at": times.out_at,
        "ended_at": None,
    }
    phase = PHASES[kind]
    if phase is Phase.IN_KITCHEN:
        values.update(preparing_at=times.preparing_at or now, ready_at=None, out_at=None)
    elif phase is Phase.NEW:
        values.update(preparing_at=None, ready_at=None, out_at=None)
    elif phase is Phase.READY:
        values.update(ready_at=now, out_at=None)
    elif phase is Phase.ON_THE_WAY:
        values.update(out_at=times.out_at or now)
    if has_ended(kind):
        values["ended_at"] = now
    return values


def _opened_or_closed(order: Order, kind: Kind) -> dict[str, bool]:
    # Written only when it changes: naming it would touch the index of open orders every time.
    ended = has_ended(kind)
    return {} if ended == has_ended(order.kind) else {"is_open": not ended}


def enter(
    act: Transaction,
    order: Order,
    kind: Kind,
    tickets: tuple[Ticket, ...] | None = None,
    **more: Any,
) -> Order:
    """Write that `order` stands in `kind` from now on; `more` are further columns.

    Returns the order in its new entry, with `tickets` as the caller has moved them; columns in
    `more` are not in it.
    """
    times = stage_times(order, kind, act.now)
    status = status_of(act, kind)
    orders.change(
        act.connection,
        order.id,
        kind=kind.value,
        status=status,
        entry=order.entry + 1,
        entered_at=act.now,
        **_opened_or_closed(order, kind),
        **times,
        **more,
    )
    act.queue_page(order.id)
    return replace(
        order,
        kind=kind,
        status=status,
        entry=order.entry + 1,
        entered_at=act.now,
        revision=order.revision + 1,
        times=StageTimes(order.times.received_at, **times),
        tickets=order.tickets if tickets is None else tickets,
    )
