"""Rules on their way through their steps: what waits has its time in the store.

A run is made in the transaction of its occasion, and each further step in one of its own: so a
delay survives restart, sleep and clock changes, and happens once.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, text, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import rule_runs

WAITING, QUEUED, DONE, STOPPED, SKIPPED, FAILED = (
    "waiting",
    "queued",
    "done",
    "stopped",
    "skipped",
    "failed",
)
OPEN = (WAITING, QUEUED)
# In the words of the partial index, so that SQLite takes it.
_IS_WAITING = text("rule_runs.state = 'waiting'")


@dataclass(frozen=True, slots=True)
class Run:
    """`step` is the next one; `entry` the stay of the order that it began in; `trace` JSON."""

    id: int
    rule_id: str
    rule_version: int
    order_id: int | None
    people_id: int | None
    occasion: int
    entry: int
    depth: int
    step: int
    state: str
    reason: str
    due_at: Instant | None
    started_at: Instant
    ended_at: Instant | None
    trace: str


_INSERT = Prepared(
    insert(rule_runs).returning(rule_runs.c.id), [c.name for c in rule_runs.c if c.name != "id"]
)
_ROW = select(rule_runs)
_OF_ORDER = Prepared(
    _ROW.where(rule_runs.c.order_id == bindparam("of_order")).order_by(rule_runs.c.id)
)
_NEXT_DUE = Prepared(select(func.min(rule_runs.c.due_at).label("at")).where(_IS_WAITING))
_LAST_OF = Prepared(
    select(rule_runs.c.started_at)
    .where(
        rule_runs.c.people_id == bindparam("of_person"),
        rule_runs.c.rule_id == bindparam("of_rule"),
        rule_runs.c.reason != literal_column("'undone'"),
    )
    .order_by(rule_runs.c.id.desc())
    .limit(literal_column("1"))
)


def add(
    connection: Connection,
    *,
    rule_id: str,
    rule_version: int,
    order_id: int | None,
    people_id: int | None,
    occasion: int,
    entry: int,
    depth: int,
    step: int,
    state: str,
    due_at: Instant | None,
    now: Instant,
    trace: str,
    reason: str = "",
) -> int:
    """Write one run; an ended one has its end at once. Returns its id."""
    row = _INSERT.one(
        connection,
        rule_id=rule_id,
        rule_version=rule_version,
        order_id=order_id,
        people_id=people_id,
        occasion=occasion,
        entry=entry,
        depth=depth,
        step=step,
        state=state,
        reason=reason,
        due_at=due_at,
        started_at=now,
        ended_at=None if state in OPEN else now,
        trace=trace,
    )
    return written_key(row)


def due(connection: Connection, now: Instant, limit: int) -> list[Run]:
    """Runs whose time has come, the longest due first."""
    query = (
        _ROW.where(_IS_WAITING, rule_runs.c.due_at <= now)
        .order_by(rule_runs.c.due_at, rule_runs.c.id)
        .limit(limit)
    )
    return [_run(row) for row in connection.execute(query)]


def next_due(connection: Connection) -> Instant | None:
    """When the next waiting run is due."""
    row = _NEXT_DUE.one(connection)
    return Instant(row.at) if row is not None and row.at is not None else None


def get(connection: Connection, run_id: int) -> Run | None:
    row = connection.execute(_ROW.where(rule_runs.c.id == run_id)).one_or_none()
    return _run(row) if row is not None else None


def of_order(connection: Connection, order_id: int) -> list[Run]:
    """Every run about one order, oldest first."""
    return [_run(row) for row in _OF_ORDER.rows(connection, of_order=order_id)]


def of_rule(connection: Connection, rule_id: str, entry: int) -> bool:
    """Whether a rule that is about no order has run in slot `entry`."""
    query = select(rule_runs.c.id).where(
        rule_runs.c.rule_id == rule_id,
        rule_runs.c.order_id.is_(None),
        rule_runs.c.entry == entry,
    )
    return connection.execute(query.limit(1)).first() is not None


def last_of(connection: Connection, rule_id: str, people_id: int) -> Instant | None:
    """When a rule last ran for this guest."""
    row = _LAST_OF.one(connection, of_person=people_id, of_rule=rule_id)
    return Instant(row.started_at) if row is not None else None


def wait(connection: Connection, run_id: int, step: int, due_at: Instant, trace: str) -> None:
    """The run goes on with `step` at `due_at`."""
    connection.execute(
        update(rule_runs)
        .where(rule_runs.c.id == run_id, rule_runs.c.state.in_(OPEN))
        .values(state=WAITING, step=step, due_at=due_at, trace=trace)
    )


def end(
    connection: Connection, run_id: int, state: str, reason: str, now: Instant, trace: str
) -> None:
    """The run's way ends here."""
    connection.execute(
        update(rule_runs)
        .where(rule_runs.c.id == run_id, rule_runs.c.state.in_(OPEN))
        .values(state=state, reason=reason[:64], ended_at=now, trace=trace)
    )


def stop(
    connection: Connection,
    order_id: int,
    reason: str,
    now: Instant,
    occasion: int | None = None,
    rule_id: str | None = None,
) -> int:
    """Stop what waits for an order (of one occasion, of one rule, or all). Returns how many."""
    query = update(rule_runs).where(rule_runs.c.order_id == order_id, rule_runs.c.state.in_(OPEN))
    if occasion is not None:
        query = query.where(rule_runs.c.occasion == occasion)
    if rule_id is not None:
        query = query.where(rule_runs.c.rule_id == rule_id)
    return connection.execute(
        query.values(state=STOPPED, reason=reason[:64], ended_at=now)
    ).rowcount


def let_next(connection: Connection, order_id: int, now: Instant) -> None:
    """Of each rule under which nothing of an order waits any more, the first that is queued."""
    runs = of_order(connection, order_id)
    taken = {run.rule_id for run in runs if run.state == WAITING}
    for run in runs:
        if run.state == QUEUED and run.due_at is not None and run.rule_id not in taken:
            taken.add(run.rule_id)
            wait(connection, run.id, run.step, max(run.due_at, now), run.trace)


def stay(connection: Connection, order_id: int, was: int, now_is: int) -> None:
    """An undo has put the order back into its stay `was` under another number."""
    connection.execute(
        update(rule_runs)
        .where(rule_runs.c.order_id == order_id, rule_runs.c.entry == was)
        .values(entry=now_is)
    )


def go_on_again(connection: Connection, order_id: int, reason: str, at: Instant) -> None:
    """What was stopped at that moment waits again: the act that stopped it was undone."""
    connection.execute(
        update(rule_runs)
        .where(
            rule_runs.c.order_id == order_id,
            rule_runs.c.state == STOPPED,
            rule_runs.c.reason == reason,
            rule_runs.c.ended_at == at,
            rule_runs.c.due_at.is_not(None),
        )
        .values(state=WAITING, reason="", ended_at=None)
    )


def _run(row: object) -> Run:
    mapping = row._asdict()  # type: ignore[attr-defined]
    return Run(**mapping)
