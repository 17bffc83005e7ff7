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


def take_fence(connection: Connection, holder: str) -> tuple[int, Instant]:
    """Raise the fence for a new holder; returns it with the last holder's heartbeat (or 0).

    The heartbeat stays: a gap must still be seen when this holder dies before it has acted on it.
    """
    row = connection.execute(select(leases).where(leases.c.name == LEASE)).one_or_none()
    if row is None:
        connection.execute(
            insert(leases),
            {"name": LEASE, "fence": 1, "holder": holder, "heartbeat_at": 0, "generation": 1},
        )
        return 1, Instant(0)
    connection.execute(
        update(leases).where(leases.c.name == LEASE).values(fence=row.fence + 1, holder=holder)
    )
    return row.fence + 1, Instant(row.heartbeat_at)


def current_fence(connection: Connection) -> int:
    return (
        connection.execute(
            select(leases.c.fence).where(leases.c.name == LEASE)
        ).scalar_one_or_none()
        or 0
    )


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
