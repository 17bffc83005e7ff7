"""One page about one business date: the rows read once, then every number computed from them."""

from __future__ import annotations

from datetime import date, timedelta

from pos_app.clock import Instant, business_date
from pos_app.config import ShopSettings
from pos_app.desk import entries, handing_over
from pos_app.desk.setup import read_settings
from pos_app.domain.workflow import Kind
from pos_app.insights import mishaps, money, promises
from pos_app.insights.couriers import couriers
from pos_app.insights.telling import needs_kitchen
from pos_app.insights.values import Yesterday
from pos_app.store import insights, menu, payments
from pos_app.store.database import Database

_KINDS = (
    entries.BUMPED,
    entries.CANCELLED,
    entries.ENDED,
    entries.RECALLED,
    entries.STREET,
    entries.UNDONE,
    handing_over.LEFT_UNPAID,
    mishaps.REMADE,
)


def yesterday(database: Database, day: str) -> Yesterday:
    """The ten numbers of the business date `day` (ISO), as the store knows it now."""
    with database.read() as connection:
        settings = read_settings(connection)
        rows = insights.day_rows(connection, day, _KINDS)
        names = {
            station.id: station.names for station in menu.read(connection, hidden=True).stations
        }
        owed = payments.to_hand_in(connection)
    placed = [order for order in rows.orders if not mishaps.was_undone(rows, order)]
    cooked = [
        order for order in placed if order.kind is not Kind.CANCELLED and needs_kitchen(rows, order)
    ]
    return Yesterday(
        business_date=day,
        currency=settings.shop.currency,
        takings=money.takings(rows, placed, len(rows.orders) - len(placed)),
        promises=promises.promises(rows, cooked, settings.limits),
        times=promises.times(cooked),
        stations=promises.stations(rows, cooked, names),
        unfetched=mishaps.unfetched(placed),
        cancelled=mishaps.cancelled(rows, placed),
        refunded=money.refunds(rows, placed),
        left_unpaid=money.left_unpaid(rows, placed),
        remade=mishaps.remade(rows, placed),
        texts=mishaps.texts(rows, placed),
        couriers=couriers(rows, placed, owed),
        ratings=mishaps.ratings(rows, placed),
        brought_back=mishaps.brought_back(rows, placed),
    )


def day_before(now: Instant, shop: ShopSettings) -> str:
    """The business date before the one that runs at `now`, ISO."""
    running: date = business_date(now, shop.zone, shop.cutover_hour)
    return (running - timedelta(days=1)).isoformat()


def days(database: Database) -> tuple[str, str] | None:
    """The first and the last business date that has orders, ISO; None in an empty store."""
    with database.read() as connection:
        return insights.first_and_last_day(connection)
