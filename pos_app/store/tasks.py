"""What somebody of the shop has to do or to know: call-backs, and what rules tell the staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, text, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import tasks

CALL_BACK, TOLD, WROTE = "call_back", "told", "wrote"
_IS_OPEN = text("tasks.done_at IS NULL")


@dataclass(frozen=True, slots=True)
class Task:
    """`kind` is `call_back`, `told` or `wrote`; `said` are the shop's words, or the guest's."""

    id: int
    kind: str
    order_id: int | None
    people_id: int | None
    rule_id: str
    occasion: int | None
    said: str
    sound: bool
    created_at: Instant
    done_at: Instant | None
    done_by: str


_INSERT = Prepared(insert(tasks).returning(tasks.c.id), [c.name for c in tasks.c if c.name != "id"])


def add(
    connection: Connection,
    *,
    kind: str,
    order_id: int | None,
    people_id: int | None,
    said: str,
    now: Instant,
    sound: bool = True,
    rule_id: str = "",
    occasion: int | None = None,
) -> int:
    row = _INSERT.one(
        connection,
        kind=kind,
        order_id=order_id,
        people_id=people_id,
        rule_id=rule_id,
        occasion=occasion,
        said=said,
        sound=sound,
        created_at=now,
        done_at=None,
        done_by="",
    )
    return written_key(row)


def still_open(connection: Connection) -> list[Task]:
    """What nobody has done yet, the oldest first."""
    query = select(tasks).where(_IS_OPEN).order_by(tasks.c.created_at, tasks.c.id)
    return [Task(**row._asdict()) for row in connection.execute(query)]


def open_of_kind(connection: Connection, kind: str, order_id: int) -> int:
    """How many of this kind wait for somebody about one order."""
    wanted = (tasks.c.order_id == order_id, tasks.c.kind == kind)
    query = select(func.count()).select_from(tasks).where(*wanted, _IS_OPEN)
    return int(connection.execute(query).scalar_one())


def of_orders(connection: Connection, kind: str, order_ids: list[int]) -> dict[int, list[Task]]:
    """All of this kind, done or not, by their order; the oldest first."""
    found: dict[int, list[Task]] = {order_id: [] for order_id in order_ids}
    wanted = (tasks.c.order_id.in_(order_ids), tasks.c.kind == kind)
    for row in connection.execute(select(tasks).where(*wanted).order_by(tasks.c.id)):
        found[row.order_id].append(Task(**row._asdict()))
    return found


def finish(connection: Connection, task_id: int, staff_id: str, now: Instant) -> bool:
    """Somebody has done it; False when it was done before."""
    done = connection.execute(
        update(tasks).where(tasks.c.id == task_id, _IS_OPEN).values(done_at=now, done_by=staff_id)
    )
    return bool(done.rowcount)
