"""What the lanes share across processes: the lease's fence, heartbeats, and what is down."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from pos_app.clock import Instant
from pos_app.store.tables import lane_states, leases

LEASE = "lanes"
PRINTER = "printer:"
"""Begins the name of a printer's lane; the printer's id follows."""


@dataclass(frozen=True, slots=True)
class LaneState:
    """`state` is `ok` or `down`; `code` says why; `since` when it became so."""

    lane: str
    state: str
    code: str
    since: Instant


@dataclass(frozen=True, slots=True)
class Standing:
    """A lease as its row says: who fenced last, which generation's lock counts, last heartbeat."""

    fence: int
    generation: int
    heartbeat_at: Instant


def standing(connection: Connection, name: str = LEASE) -> Standing:
    """The lease called `name`; nobody's, of the first generation, before it was ever taken."""
    row = connection.execute(select(leases).where(leases.c.name == name)).one_or_none()
    if row is None:
        return Standing(0, 1, Instant(0))
    return Standing(row.fence, row.generation, Instant(row.heartbeat_at))


def holder(connection: Connection, name: str = LEASE) -> tuple[str, int]:
    """Which terminal has fenced last, and as which process; ("", 0) before anybody did."""
    row = connection.execute(select(leases.c.holder).where(leases.c.name == name)).scalar()
    terminal, _, process = (row or "").partition(":")
    return terminal, int(process) if process.isdigit() else 0


def take_fence(
    connection: Connection,
    holder: str,
    *,
    name: str = LEASE,
    generation: int,
    over: int | None = None,
) -> int | None:
    """Raise the fence for the new holder of `generation`; None when that is not its turn.

    `over` is the fence of a sleeping holder: its generation must be the one before, and ends. The
    heartbeat stays: a gap must still be seen when this holder dies before it has acted on it.
    """
    found = standing(connection, name)
    if over is not None and found.fence != over:
        return None
    if found.generation != (generation if over is None else generation - 1):
        return None
    if found.fence == 0:
        values = {"name": name, "fence": 0, "holder": "", "heartbeat_at": 0, "generation": 1}
        connection.execute(insert(leases), values)
    connection.execute(
        update(leases)
        .where(leases.c.name == name)
        .values(fence=found.fence + 1, generation=generation, holder=holder)
    )
    return found.fence + 1


def current_fence(connection: Connection, name: str = LEASE) -> int:
    return standing(connection, name).fence


def beat(connection: Connection, fence: int, now: Instant) -> bool:
    """Say that the holder lives; False when another one has taken over."""
    done = connection.execute(
        update(leases)
        .where(leases.c.name == LEASE, leases.c.fence == fence)
        .values(heartbeat_at=now)
    )
    return bool(done.rowcount)


def states(connection: Connection) -> list[LaneState]:
    return [
        LaneState(row.lane, row.state, row.code, Instant(row.since))
        for row in connection.execute(select(lane_states).order_by(lane_states.c.lane))
    ]


def printers_down(connection: Connection) -> dict[int, LaneState]:
    """Printers that do not print at present, by their ids."""
    return {
        int(found.lane.removeprefix(PRINTER)): found
        for found in states(connection)
        if found.lane.startswith(PRINTER) and found.state == "down"
    }


def note_state(connection: Connection, lane: str, state: str, code: str, now: Instant) -> bool:
    """Record what a lane met; `since` moves only when the state or its reason changes."""
    row = connection.execute(select(lane_states).where(lane_states.c.lane == lane)).one_or_none()
    if row is not None and (row.state, row.code) == (state, code):
        return False
    values = {"state": state, "code": code, "updated_at": now}
    if row is None:
        connection.execute(insert(lane_states), {"lane": lane, "since": now, **values})
        return True
    since = row.since if row.state == state else now
    connection.execute(
        update(lane_states).where(lane_states.c.lane == lane).values(since=since, **values)
    )
    return True
