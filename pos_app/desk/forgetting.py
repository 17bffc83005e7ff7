"""Guests are forgotten: when one asks for it, and by themselves when they have become old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.clock import DAY_MS, Instant, business_date, instant_of
from pos_app.config import ShopSettings
from pos_app.desk.owning import PAGE_ENDED_DAYS
from pos_app.desk.transaction import Transaction
from pos_app.errors import Refused
from pos_app.store import erasing, settings
from pos_app.store.database import Connection

ERASED, FORGOTTEN = "customer_erased", "customers_forgotten"
LAST = "forgotten"
OFFERS_DAYS = 365
NEVER = Instant(0)


@dataclass(frozen=True, slots=True)
class Last:
    """When guests were last forgotten.

    `to_clean`: the file was not written anew since; `to_cut`: a reader kept its log meanwhile.
    """

    at: Instant = NEVER
    to_clean: bool = False
    to_cut: bool = False


def erase(act: Transaction, people_ids: Sequence[int]) -> erasing.Gone:
    """Blank these guests for good. Raises Refused while an order of theirs is open."""
    still = erasing.open_numbers(act.connection, people_ids)
    if still:
        raise Refused(
            "This guest has open orders: {numbers}",
            hint="Finish or cancel them first.",
            numbers=", ".join(still),
        )
    gone = erasing.erase(act.connection, act.setup.identity.store_id, people_ids, act.now)
    _tell_pages(act, gone.order_ids)
    payload = {"people_ids": list(gone.people_ids), "orders": len(gone.order_ids)}
    act.record(ERASED, None, payload)
    return gone


def forget(act: Transaction, people_ids: Sequence[int], order_ids: Sequence[int]) -> int:
    """Blank guests who have become old, and old orders of nobody. Returns how many orders."""
    held = {number for number in people_ids if not erasing.exists(act.connection, number)}
    # Found a moment ago without a transaction: who has ordered since then stays.
    now_open = set(erasing.with_open_orders(act.connection, people_ids))
    old = [number for number in people_ids if number not in held | now_open]
    all_orders = [*erasing.orders_of(act.connection, old), *order_ids]
    erasing.forget(act.connection, old, all_orders, act.now)
    _tell_pages(act, all_orders)
    if old or all_orders:
        act.record(FORGOTTEN, None, {"people": len(old), "orders": len(all_orders)})
    return len(all_orders)


def _tell_pages(act: Transaction, order_ids: Sequence[int]) -> None:
    """Pages that the site may still have follow; older ones it has dropped itself."""
    since = Instant(act.now - PAGE_ENDED_DAYS * DAY_MS)
    for order_id in erasing.placed_since(act.connection, order_ids, since):
        act.queue_page(order_id)
        act.changed.add(order_id)


def read_last(connection: Connection) -> Last:
    return settings.read(connection, LAST, Last())


def write_last(connection: Connection, last: Last, now: Instant) -> None:
    """No event and no new set-up: only this part of the shop looks at it."""
    settings.write(connection, LAST, last, now)


def change_last(connection: Connection, now: Instant, **values: Any) -> None:
    """Write some of it, as `replace` takes them."""
    write_last(connection, replace(read_last(connection), **values), now)


def is_due(last: Last, shop: ShopSettings, now: Instant) -> bool:
    """Whether the business date has changed since guests were last forgotten."""
    return business_date(last.at, shop.zone, shop.cutover_hour) < business_date(
        now, shop.zone, shop.cutover_hour
    )


def next_at(last: Last, shop: ShopSettings, now: Instant) -> Instant:
    """When guests are forgotten next: at the next cut-over, or now."""
    if is_due(last, shop, now):
        return now
    day = business_date(now, shop.zone, shop.cutover_hour) + timedelta(days=1)
    return instant_of(datetime.combine(day, time(shop.cutover_hour), ZoneInfo(shop.zone)))
