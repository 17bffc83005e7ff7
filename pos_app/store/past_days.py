"""Past orders as rows, oldest first: for whoever plays days again with bounded memory.

Read by ranges of ids, straight from the driver, and only the columns that rules can ask for: of
200,000 orders every further column and every statement per order would be felt.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from pos_app.clock import DAY_MS
from pos_app.domain.workflow import Kind
from pos_app.store.prepared import Prepared
from pos_app.store.tables import (
    consents,
    customer_tags,
    journal,
    lines,
    orders,
    people,
    ratings,
)

CHUNK = 500
_FAR = 100_000 * DAY_MS
_FIRST: Any = bindparam("first_id")
_LAST: Any = bindparam("last_id")
_HEADS = Prepared(
    select(
        orders.c.id,
        orders.c.number,
        orders.c.business_date,
        orders.c.source,
        orders.c.fulfilment,
        orders.c.kind,
        orders.c.placed_at,
        orders.c.promised_at,
        orders.c.enters_at,
        orders.c.held_at,
        orders.c.currency,
        orders.c.total,
        orders.c.paid,
        orders.c.refunded,
        orders.c.payment_type,
        orders.c.tags,
        orders.c.partner,
        orders.c.language,
        orders.c.order_texts,
        orders.c.people_id,
        orders.c.by_hand,
        orders.c.texts_stopped_at,
        people.c.by_hand.label("guest_by_hand"),
        people.c.phone.label("person_phone"),
    )
    .select_from(orders.outerjoin(people, orders.c.people_id == people.c.id))
    .where(orders.c.id.between(_FIRST, _LAST))
    .order_by(orders.c.id)
)
_LINES = Prepared(
    select(
        lines.c.order_id,
        lines.c.id,
        lines.c.no,
        lines.c.dish_id,
        lines.c.quantity,
        lines.c.unit_price,
        lines.c.station_id,
        lines.c.prep_minutes,
        lines.c.made_at,
        lines.c.voided_at,
    )
    .where(lines.c.order_id.between(_FIRST, _LAST))
    .order_by(lines.c.order_id, lines.c.no)
)
_RATED = Prepared(
    select(ratings.c.order_id, ratings.c.stars, ratings.c.rated_at).where(
        ratings.c.order_id.between(_FIRST, _LAST)
    )
)
# Of every guest in one range of orders: what he was called, agreed to, and ordered in all.
_GUESTS = (
    select(orders.c.people_id)
    .where(orders.c.id.between(_FIRST, _LAST), orders.c.people_id.is_not(None))
    .scalar_subquery()
)
_TAGS = Prepared(
    select(customer_tags.c.people_id, customer_tags.c.tag, customer_tags.c.added_at)
    .where(customer_tags.c.people_id.in_(_GUESTS))
    .order_by(customer_tags.c.people_id, customer_tags.c.tag)
)
_CONSENTS = Prepared(
    select(consents.c.people_id, consents.c.given, consents.c.at)
    .where(consents.c.people_id.in_(_GUESTS), consents.c.kind == bindparam("consent"))
    .order_by(consents.c.id)
)
_VISITS = Prepared(
    select(orders.c.people_id, orders.c.id, orders.c.placed_at)
    .where(orders.c.people_id.in_(_GUESTS), orders.c.kind != bindparam("cancelled"))
    .order_by(orders.c.people_id, orders.c.id)
)


def spread(connection: Connection, first_day: str, last_day: str) -> tuple[int, int] | None:
    """The least and the greatest id of the orders of these business dates; None without any."""
    bounds = select(func.min(orders.c.id), func.max(orders.c.id)).where(
        orders.c.business_date.between(first_day, last_day)
    )
    least, greatest = connection.execute(bounds).one()
    return (int(least), int(greatest)) if least is not None else None


def first_day(connection: Connection, first_day: str, last_day: str) -> str:
    """The first of these business dates on which anything was ordered; the last without any."""
    query = select(func.min(orders.c.business_date)).where(
        orders.c.business_date.between(first_day, last_day)
    )
    return str(connection.execute(query).scalar_one() or last_day)


def ranges(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Ids from `first` to `last` in pieces of at most 500."""
    # By key alone: an index of days would be sorted anew for every piece.
    for start in range(first, last + 1, CHUNK):
        yield start, min(last, start + CHUNK - 1)


def heads(connection: Connection, first: int, last: int) -> list[Any]:
    """The orders with these ids, without lines."""
    return _HEADS.rows(connection, first_id=first, last_id=last)


def lines_of(connection: Connection, first: int, last: int) -> dict[int, list[Any]]:
    """Their lines by order, as far as rules look at them; voided ones too."""
    return _by_first(_LINES.rows(connection, first_id=first, last_id=last))


def events_of(
    connection: Connection, first: int, last: int, kinds: Sequence[str]
) -> dict[int, list[Any]]:
    """Their journalled events of `kinds`, in order; of each its order, payload, time and cause."""
    return _by_first(_events(tuple(kinds)).rows(connection, first_id=first, last_id=last))


def ratings_of(connection: Connection, first: int, last: int) -> dict[int, tuple[int, int]]:
    """How many stars they were given, and when."""
    rows = _RATED.rows(connection, first_id=first, last_id=last)
    return {row.order_id: (row.stars, row.rated_at) for row in rows}


def guest_tags(connection: Connection, first: int, last: int) -> dict[int, list[Any]]:
    """What their guests are called, and since when: `people_id, tag, added_at`."""
    return _by_first(_TAGS.rows(connection, first_id=first, last_id=last))


def guest_consents(
    connection: Connection, first: int, last: int, kind: str
) -> dict[int, list[Any]]:
    """What their guests answered about `kind`, in order: `people_id, given, at`."""
    return _by_first(_CONSENTS.rows(connection, first_id=first, last_id=last, consent=kind))


def visits(connection: Connection, first: int, last: int) -> dict[int, list[Any]]:
    """All that their guests ever ordered, but cancelled orders: `people_id, id, placed_at`."""
    rows = _VISITS.rows(connection, first_id=first, last_id=last, cancelled=Kind.CANCELLED.value)
    return _by_first(rows)


def spans(connection: Connection, first_day: str, last_day: str) -> tuple[array[int], array[int]]:
    """When orders were placed, and when they ended, each in order: how full the shop was."""
    rows = connection.execute(
        select(orders.c.placed_at, orders.c.ended_at).where(
            orders.c.business_date.between(first_day, last_day)
        )
    )
    placed, ended = array("q"), array("q")
    for row in rows:
        placed.append(row.placed_at)
        ended.append(row.ended_at if row.ended_at is not None else _FAR)
    return array("q", sorted(placed)), array("q", sorted(ended))


@lru_cache(maxsize=8)
def _events(kinds: tuple[str, ...]) -> Prepared:
    wanted: list[Any] = [bindparam(f"kind{no}", value=kind) for no, kind in enumerate(kinds)]
    return Prepared(
        select(
            journal.c.order_id,
            journal.c.seq,
            journal.c.kind,
            journal.c.payload,
            journal.c.at,
            journal.c.cause_id,
        )
        .where(journal.c.order_id.between(_FIRST, _LAST), journal.c.kind.in_(wanted))
        .order_by(journal.c.order_id, journal.c.seq)
    )


def _by_first(rows: list[Any]) -> dict[int, list[Any]]:
    """Rows by their first column."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
