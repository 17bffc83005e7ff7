"""When the kitchen gets an order: held and fired by hand, later ones when their time comes."""

from __future__ import annotations

from pos_app.desk import paper
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import has_entered, is_held
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import Refused
from pos_app.store import orders, tickets
from pos_app.store.later import due_to_enter

ENTERED = "entered_kitchen"
_HOLDABLE = (Kind.PLACED, Kind.ACCEPTED, Kind.PREPARING)


def hold(act: Transaction, order_id: int) -> Order:
    """The kitchen waits with it: its stage clock stands still, its promise does not."""
    order = act.order(order_id)
    if order.held_at is not None:
        return order
    if order.kind not in _HOLDABLE:
        raise Refused("Order {number} is made already", number=order.number)
    act.record("held", order_id, {})
    orders.change(act.connection, order_id, held_at=act.now)
    return act.order(order_id)


def fire(act: Transaction, order_id: int) -> Order:
    """Nothing holds the order back any more: a later one enters now, a held one goes on."""
    order = act.order(order_id)
    if not has_entered(order):
        order = _enter(act, order)
    if order.held_at is None:
        return order
    act.record("fired", order_id, {})
    if not is_held(order):
        orders.change(act.connection, order_id, held_at=None)
        return act.order(order_id)
    orders.change(act.connection, order_id, held_at=None, entered_at=act.now)
    return _start_clocks(act, order_id)


def enter_due(act: Transaction) -> int:
    """Let in every order whose time has come. Returns how many."""
    due = due_to_enter(act.connection, act.now)
    for order_id in due:
        _enter(act, act.order(order_id))
    return len(due)


def let_in(act: Transaction, order: Order) -> Order:
    """`order` when somebody works on it: one that had not entered the kitchen enters now."""
    return order if has_entered(order) else _enter(act, order)


def _enter(act: Transaction, order: Order) -> Order:
    act.record(ENTERED, order.id, {})
    enters_at = min(order.enters_at, act.now)
    orders.change(act.connection, order.id, enters_at=enters_at, entered_at=act.now)
    if order.held_at is None:
        return _start_clocks(act, order.id)
    tickets.restart(act.connection, order.id, act.now)
    return act.order(order.id)


def _start_clocks(act: Transaction, order_id: int) -> Order:
    tickets.restart(act.connection, order_id, act.now)
    order = act.order(order_id)
    paper.print_kitchen(act, order)
    return order


def refuse_held(order: Order) -> None:
    """Raise Refused when the kitchen is to wait with `order`."""
    if is_held(order):
        raise Refused("Order {number} is on hold", hint="Fire it first.", number=order.number)
