"""Lines of an order: frozen from the menu, appended, voided, checked off; never rewritten."""

from __future__ import annotations

from typing import Any

from pos_app.clock import Instant
from pos_app.desk import deltas, entries, texting
from pos_app.desk.masking import masked_line
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Dish, Modifier
from pos_app.domain.order import ChangeKind, FrozenModifier, Line, LineDraft, Order, total_of
from pos_app.domain.workflow import KITCHEN_KINDS, Kind, has_ended, kitchen_kind
from pos_app.errors import BadInput, NotFound, Refused
from pos_app.language import pick
from pos_app.store import documents, orders

MAX_LINES = 200
MAX_QUANTITY = 999
MAX_TEXT = 500


def freeze(act: Transaction, line: LineDraft, no: int, field: str) -> dict[str, Any]:
    """The row of `line` as the menu stands now. Raises BadInput naming `field`, or Refused."""
    dish = act.setup.menu.dish(line.dish_id)
    if dish is None:
        raise BadInput(f"{field}.dish", "No such dish on the menu")
    if dish.sold_out:
        raise Refused("{dish} is sold out", dish=pick(dish.names, act.setup.settings.shop.language))
    if not 1 <= line.quantity <= MAX_QUANTITY:
        raise BadInput(f"{field}.quantity", "A quantity is from 1 to {most}", most=MAX_QUANTITY)
    if len(line.note) > MAX_TEXT:
        raise BadInput(f"{field}.note", "At most {most} characters", most=MAX_TEXT)
    chosen = _chosen(dish, line, field)
    frozen = [FrozenModifier(m.uid, m.names, m.kitchen, m.price) for m in chosen]
    unit_price = dish.price + sum(m.price for m in chosen)
    if unit_price < 0:
        raise BadInput(f"{field}.modifiers", "A dish cannot cost less than nothing")
    return {
        "no": no,
        "replaces": None,
        "dish_id": dish.id,
        "names": documents.dump(dish.names),
        "kitchen": documents.dump(dish.kitchen),
        "quantity": line.quantity,
        "unit_price": unit_price,
        "modifiers": documents.dump(frozen),
        "note": line.note,
        "tax_class": dish.tax_class,
        "tax_rate_bp": dish.tax_rate_bp,
        "tax_inclusive": dish.tax_inclusive,
        "station_id": dish.station_id,
        "prep_minutes": dish.prep_minutes,
        "made_at": None,
        "handed_over_at": None,
        "voided_at": None,
        "remake_reason": "",
    }


def _chosen(dish: Dish, line: LineDraft, field: str) -> list[Modifier]:
    by_uid = {modifier.uid: modifier for modifier in dish.modifiers}
    chosen: list[Modifier] = []
    for index, uid in enumerate(line.modifier_uids):
        modifier = by_uid.get(uid)
        if modifier is None:
            raise BadInput(f"{field}.modifiers[{index}]", "This dish has no such modifier")
        if modifier in chosen:
            raise BadInput(f"{field}.modifiers[{index}]", "The same modifier twice")
        if modifier.choice and any(m.choice == modifier.choice for m in chosen):
            raise BadInput(f"{field}.modifiers[{index}]", "Only one of these can be chosen")
        chosen.append(modifier)
    return chosen


def changeable(act: Transaction, order_id: int) -> Order:
    """The order, whose lines may still be edited. Raises Refused once it has left the kitchen."""
    order = act.order(order_id)
    if has_ended(order.kind) or order.kind not in KITCHEN_KINDS:
        raise Refused(
            "Order {number} has left the kitchen",
            hint="Place a new order instead.",
            number=order.number,
        )
    return order


def add(act: Transaction, order_id: int, draft: LineDraft) -> Order:
    """Append a line. On a station that was ready a new entry of *preparing* opens, only there."""
    order = changeable(act, order_id)
    if len(order.lines) >= MAX_LINES:
        raise Refused("At most {most} lines on one order", most=MAX_LINES)
    no = max((line.no for line in order.lines), default=0) + 1
    row = freeze(act, masked_line(draft), no, "line")
    orders.add_line(act.connection, order_id, row)
    reopen_ticket(act, order, row["station_id"])
    payload = {"no": no, "dish_id": row["dish_id"]}
    return settle(act, order, "line_added", payload, ChangeKind.ADDED, row["note"])


def reopen_ticket(act: Transaction, order: Order, station_id: int) -> None:
    """The station has something to make: a ready ticket is *preparing* again."""
    ticket = next((t for t in order.tickets if t.station_id == station_id), None)
    if ticket is None:
        orders.add_ticket(act.connection, order.id, station_id, act.now)
    elif ticket.kind is Kind.READY:
        orders.move_ticket(act.connection, ticket, Kind.PREPARING, act.now)


def void(act: Transaction, order_id: int, no: int) -> Order:
    """Void line `no`; the last open line cannot go: cancel the order instead."""
    order = changeable(act, order_id)
    line = next((line for line in order.open_lines if line.no == no), None)
    if line is None:
        raise NotFound("Order {number} has no open line {no}", number=order.number, no=no)
    if len(order.open_lines) == 1:
        raise Refused("This is the last line", hint="Cancel the order instead.")
    orders.change_line(act.connection, line.id, voided_at=act.now)
    rest = [other for other in order.open_lines if other.no != no]
    if all(other.station_id != line.station_id for other in rest):
        orders.remove_ticket(act.connection, order_id, line.station_id)
    return settle(act, order, "line_voided", {"no": no}, ChangeKind.VOIDED)


def settle(
    act: Transaction,
    order: Order,
    event: str,
    payload: dict[str, Any],
    change: ChangeKind,
    text: str = "",
) -> Order:
    """Bring total, status, texts and the station in line with an edit of line `payload["no"]`.

    `order` is as it stood before; `text` goes to the station with the change.
    """
    after = act.order(order.id)
    total = total_of(after.lines, after.adjustments)
    to = kitchen_kind([ticket.kind for ticket in after.tickets])
    act.record(event, order.id, {**payload, "total": total})
    orders.change(act.connection, order.id, total=total)
    act.queue_page(order.id)
    line = next(line for line in after.lines if line.no == payload["no"])
    deltas.tell(act, after, deltas.of_line(change, line, text), line.station_id)
    if to is order.kind:
        return act.order(order.id)
    texting.withdraw_all(act, order.id, "order changed")
    act.record(entries.REOPENED, order.id, {"from": order.kind.value, "to": to.value, "why": event})
    moved: dict[str, Any] = {"promise_moved": True} if order.kind is Kind.READY else {}
    entries.enter(act, order, to, **moved)
    return act.order(order.id)


def check_off(act: Transaction, order_id: int, line_id: int, made: bool) -> Order:
    """Mark one line made, or take the mark back; the ticket itself stays where it is.

    Raises Refused once the order has ended, NotFound.
    """
    order = entries.open_order(act, order_id)
    line = open_line(order, line_id)
    if (line.made_at is not None) == made:
        return order
    made_at: Instant | None = act.now if made else None
    orders.change_line(act.connection, line.id, made_at=made_at)
    act.record("line_made" if made else "line_unmade", order_id, {"no": line.no})
    orders.change(act.connection, order_id)
    return act.order(order_id)


def open_line(order: Order, line_id: int) -> Line:
    """The line with this id, if it was not voided. Raises NotFound."""
    for line in order.open_lines:
        if line.id == line_id:
            return line
    raise NotFound("Order {number} has no such line", number=order.number)
