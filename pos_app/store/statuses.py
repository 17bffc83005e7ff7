"""The shop's statuses: names and colours over canonical kinds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from pos_app.domain.menu import Names
from pos_app.domain.workflow import Kind
from pos_app.store import documents
from pos_app.store.tables import statuses


@dataclass(frozen=True, slots=True)
class Status:
    """`id` is stable; a shop's own status shares the `kind` of a canonical one."""

    id: str
    kind: Kind
    names: Names
    colour: str
    position: int


_STATUS_OF_KIND = select(statuses.c.id, statuses.c.kind).order_by(statuses.c.position.desc())


def seed(connection: Connection) -> None:
    """The canonical statuses, each named after its kind; names come from the catalogue."""
    connection.execute(
        insert(statuses),
        [
            {
                "id": kind.value,
                "kind": kind.value,
                "names": "{}",
                "colour": "",
                "position": position,
                "hidden": False,
            }
            for position, kind in enumerate(Kind)
        ],
    )


def read(connection: Connection) -> list[Status]:
    query = select(statuses).where(~statuses.c.hidden).order_by(statuses.c.position)
    return [
        Status(
            row.id,
            Kind(row.kind),
            documents.load(row.names, dict[str, str]),
            row.colour,
            row.position,
        )
        for row in connection.execute(query)
    ]
