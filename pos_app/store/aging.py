"""Who is old enough to be forgotten: found in short readings, a window of ids at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Connection, exists, func, or_, select

from pos_app.clock import Instant
from pos_app.domain.consent import ConsentKind
from pos_app.store import erasing, personal
from pos_app.store.tables import consents, orders, people

WINDOW = 2_000


@dataclass(frozen=True, slots=True)
class Due:
    """Ids that are due among a window; `after` begins the next one, None when it was the last."""

    ids: tuple[int, ...]
    after: int | None


def people_due(connection: Connection, after: int, before: Instant, offers_before: Instant) -> Due:
    """Guests whose last order is older than `before`, none of whose orders is open.

    Who agreed to offers and did not take it back stays until `offers_before`.
    """
    newest = _last(connection, people.c.id, after)
    if newest is None:
        return Due((), None)
    last_order = func.coalesce(func.max(orders.c.placed_at), people.c.created_at)
    query = (
        select(people.c.id, last_order.label("last"))
        .select_from(people.outerjoin(orders, orders.c.people_id == people.c.id))
        .where(people.c.id > after, people.c.id <= newest, people.c.erased_at.is_(None))
        .group_by(people.c.id, people.c.created_at)
        .having(last_order < before)
    )
    old = {row.id: row.last for row in connection.execute(query)}
    kept = erasing.with_open_orders(connection, list(old)) | {
        people_id
        for people_id in _agreed_to_offers(connection, list(old))
        if old[people_id] >= offers_before
    }
    return Due(tuple(sorted(set(old) - kept)), newest)


def orders_due(connection: Connection, after: int, before: Instant) -> Due:
    """Ended orders of nobody, older than `before`, that still hold free words."""
    newest = _last(connection, orders.c.id, after)
    if newest is None:
        return Due((), None)
    words = [blank.is_due() for blank in personal.ORDER]
    for table, blanks in personal.OF_ORDER.items():
        inner = or_(*(blank.is_due() for blank in blanks))
        words.append(exists().where(table.c.order_id == orders.c.id, inner))
    query = (
        select(orders.c.id)
        .select_from(orders.outerjoin(people, people.c.id == orders.c.people_id))
        .where(
            orders.c.id > after,
            orders.c.id <= newest,
            orders.c.placed_at < before,
            ~orders.c.is_open,
            or_(orders.c.people_id.is_(None), people.c.erased_at.is_not(None)),
            or_(*words),
        )
        .order_by(orders.c.id)
    )
    return Due(tuple(row.id for row in connection.execute(query)), newest)


def kept(connection: Connection) -> int:
    """How many guests are known by name, phone or address."""
    is_known = or_(people.c.phone != "", people.c.name != "", people.c.addresses != "[]")
    query = select(func.count()).select_from(people).where(people.c.erased_at.is_(None), is_known)
    return int(connection.execute(query).scalar_one())


def has_open(connection: Connection) -> bool:
    """Whether any order is open."""
    return (
        connection.execute(select(orders.c.id).where(orders.c.is_open).limit(1)).first() is not None
    )


def _last(connection: Connection, key: Column[int], after: int) -> int | None:
    window = select(key).where(key > after).order_by(key).limit(WINDOW).subquery()
    return connection.execute(select(func.max(window.c.id))).scalar_one_or_none()


def _agreed_to_offers(connection: Connection, ids: list[int]) -> set[int]:
    """Whose newest answer about offers is yes."""
    query = (
        select(consents.c.people_id, consents.c.given)
        .where(consents.c.people_id.in_(ids), consents.c.kind == ConsentKind.OFFERS.value)
        .order_by(consents.c.id)
    )
    newest = {row.people_id: row.given for row in connection.execute(query)}
    return {people_id for people_id, given in newest.items() if given}
