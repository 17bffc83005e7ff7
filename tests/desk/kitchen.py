"""What the tests of the kitchen's acts ask of a shop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.order import Order, Ticket
from pos_app.lanes.sync import sync_once
from pos_app.store import messages, tables


def now(shop: Shop, order_id: int) -> Order:
    """The order as the store has it."""
    card = shop.desk.order(order_id)
    assert card is not None
    return card.order


def ticket(order: Order, place: int = 0) -> Ticket:
    return order.tickets[place]


def events(shop: Shop, order_id: int) -> list[str]:
    return [entry.kind for entry in shop.desk.timeline(order_id)]


def last_payload(shop: Shop, order_id: int) -> dict[str, Any]:
    return dict(shop.desk.timeline(order_id)[-1].payload)


def texts(shop: Shop, order_id: int) -> list[tuple[str, str, str]]:
    """`(about, state, reason)` of the order's texts."""
    with shop.database.read() as connection:
        found = messages.of_orders(connection, [order_id])[order_id]
    return [(message.about, message.state, message.reason) for message in found]


def said(shop: Shop) -> list[str]:
    """The words that practice has recorded, newest first."""
    with shop.database.read() as connection:
        return [text for _, text, _ in messages.recorded(connection, 20)]


def let_texts_leave(shop: Shop, clock: VirtualClock, seconds: int = 31) -> None:
    clock.advance(seconds * SECOND_MS)
    assert sync_once(shop).problems == ()


def kitchen_printer(shop: Shop, folder: Path) -> None:
    """Paper for every station and for the bags, as files in `folder`."""
    prints = Prints(slips=False, kitchen=True)
    shop.desk.add_printer(name="Kitchen", kind="file", address=str(folder), prints=prints)


def slips(shop: Shop, order_id: int) -> list[tuple[str, int | None]]:
    """`(what, station)` of the paper that was asked for."""
    with shop.database.read() as connection:
        rows = connection.execute(
            select(tables.print_jobs.c.what, tables.print_jobs.c.station_id)
            .where(tables.print_jobs.c.order_id == order_id)
            .order_by(tables.print_jobs.c.id)
        ).all()
    return [(row.what, row.station_id) for row in rows]


def journal_words(shop: Shop) -> str:
    """All payloads of the journal as one text."""
    with shop.database.read() as connection:
        return " ".join(row.payload for row in connection.execute(select(tables.journal.c.payload)))
