"""The people who work here, as rows. Nothing here decides what a role may do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from pos_app.clock import Instant
from pos_app.domain.staff import Role, StaffMember
from pos_app.store.tables import staff


@dataclass(frozen=True, slots=True)
class Proof:
    """What a PIN is compared with, and how the tries before it ended.

    `wrong` counts wrong PINs in a row; before `wait_until` no further one is looked at.
    """

    pin_hash: str
    wrong: int
    wait_until: Instant | None


def everyone(connection: Connection) -> list[StaffMember]:
    """All members of staff, also those who left, in their order."""
    query = select(staff).order_by(staff.c.position, staff.c.name)
    return [
        StaffMember(row.id, row.name, Role(row.role), row.phone, bool(row.pin_hash), row.hidden)
        for row in connection.execute(query)
    ]


def add(connection: Connection, new: StaffMember, pin_hash: str, now: Instant) -> None:
    """A new member, behind all others."""
    last = connection.execute(select(func.max(staff.c.position))).scalar_one()
    connection.execute(
        insert(staff).values(
            id=new.id,
            name=new.name,
            role=new.role.value,
            phone=new.phone,
            pin_hash=pin_hash,
            wrong_pins=0,
            wait_until=None,
            hidden=False,
            position=0 if last is None else last + 1,
            created_at=now,
        )
    )


def change(connection: Connection, staff_id: str, *, name: str, role: Role, phone: str) -> None:
    _write(connection, staff_id, name=name, role=role.value, phone=phone)


def set_pin(connection: Connection, staff_id: str, pin_hash: str) -> None:
    """Another PIN, or none when the hash is empty; earlier wrong ones are forgotten."""
    _write(connection, staff_id, pin_hash=pin_hash, wrong_pins=0, wait_until=None)


def hide(connection: Connection, staff_id: str) -> None:
    """He works here no longer: his name stays for his events, his phone and PIN do not."""
    _write(connection, staff_id, hidden=True, phone="", pin_hash="")


def proof(connection: Connection, staff_id: str) -> Proof | None:
    """What proves the one who works here under this id; None for nobody."""
    row = connection.execute(
        select(staff.c.pin_hash, staff.c.wrong_pins, staff.c.wait_until).where(
            staff.c.id == staff_id, staff.c.hidden.is_(False)
        )
    ).one_or_none()
    if row is None:
        return None
    wait_until = Instant(row.wait_until) if row.wait_until is not None else None
    return Proof(row.pin_hash, row.wrong_pins, wait_until)


def count_tries(
    connection: Connection, staff_id: str, wrong: int, wait_until: Instant | None
) -> None:
    """How many PINs in a row were wrong, and when the next one is looked at."""
    _write(connection, staff_id, wrong_pins=wrong, wait_until=wait_until)


def _write(connection: Connection, staff_id: str, **values: object) -> None:
    connection.execute(update(staff).where(staff.c.id == staff_id).values(**values))
