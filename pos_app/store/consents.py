"""What a guest agreed to, as rows that only grow: the newest of a kind is what holds."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select

from pos_app.clock import Instant
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.store.prepared import Prepared
from pos_app.store.tables import consents

_COLUMNS = tuple(c.name for c in consents.c if c.name != "id")
_INSERT = Prepared(insert(consents), _COLUMNS)
_HELD = Prepared(
    select(consents.c.kind, consents.c.given)
    .where(consents.c.people_id == bindparam("of_person"))
    .order_by(consents.c.id)
)


def held(connection: Connection, people_id: int) -> dict[str, bool]:
    """The newest answer of each kind; a kind that was never asked is not there."""
    rows = _HELD.rows(connection, of_person=people_id)
    return {row.kind: bool(row.given) for row in rows}


def add(connection: Connection, people_id: int, consent: Consent) -> None:
    _INSERT.run(
        connection,
        people_id=people_id,
        order_id=consent.order_id,
        kind=consent.kind.value,
        given=consent.given,
        wording=consent.wording,
        at=consent.at,
        source=consent.source,
        staff_id=consent.staff_id,
    )


def of_person(connection: Connection, people_id: int) -> list[Consent]:
    """Every answer of one guest, oldest first."""
    query = select(consents).where(consents.c.people_id == people_id).order_by(consents.c.id)
    return [
        Consent(
            ConsentKind(row.kind),
            row.given,
            row.wording,
            Instant(row.at),
            row.source,
            row.staff_id,
            row.order_id,
        )
        for row in connection.execute(query)
    ]
