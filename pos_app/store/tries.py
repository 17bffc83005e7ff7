"""By which way a text was tried, and which ways said no: read off its attempts.

An attempt's code is `WAY/CODE`. Older programs knew one way per channel and wrote the code alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update

from pos_app.clock import Instant
from pos_app.store.tables import attempts, messages

REFUSED, PASSED, TAKEN = "failed", "passed", "accepted"
_UNKNOWN, _ABSENT = ("unknown", "uncertain"), "absent"
_BETWEEN = "/"


@dataclass(frozen=True, slots=True)
class Tries:
    """`way` tried it last (empty: nobody wrote which); `refused` are those that do not take it.

    `is_bound`: that way may have it although a later try of it was put off, so no other way ever
    gets it; until it is known that it never arrived.
    """

    way: str = ""
    refused: frozenset[str] = frozenset()
    is_bound: bool = False


NEVER_TRIED = Tries()


def written(way: str, code: str) -> str:
    """What stands in an attempt's code."""
    return f"{way}{_BETWEEN}{code}"[:64] if way else code[:64]


def of(connection: Connection, message_ids: Collection[int]) -> dict[int, Tries]:
    """The tries of these messages; those that never were tried are left out."""
    if not message_ids:
        return {}
    query = (
        select(attempts.c.message_id, attempts.c.outcome, attempts.c.code)
        .where(attempts.c.message_id.in_(message_ids))
        .order_by(attempts.c.id)
    )
    found: dict[int, Tries] = {}
    for row in connection.execute(query):
        before = found.get(row.message_id, NEVER_TRIED)
        way, sign, _code = row.code.partition(_BETWEEN)
        way = way if sign else ""
        if row.outcome == PASSED:
            found[row.message_id] = replace(before, refused=before.refused | {way})
            continue
        refused = before.refused | {way} if way and row.outcome == REFUSED else before.refused
        is_bound = row.outcome in _UNKNOWN or (before.is_bound and row.outcome != _ABSENT)
        found[row.message_id] = Tries(way, refused, is_bound)
    return found


def pass_by(
    connection: Connection, message_id: int, fence: int, way: str, code: str, now: Instant
) -> bool:
    """`way` does not take a waiting message, without having tried; False when it waits no more."""
    # What has tries is looked up; what has none costs nothing.
    waits = connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == "waiting")
        .values(tries=messages.c.tries + 1, reason=code)
    )
    if not waits.rowcount:
        return False
    connection.execute(
        insert(attempts),
        {
            "message_id": message_id,
            "fence": fence,
            "started_at": now,
            "ended_at": now,
            "outcome": PASSED,
            "code": written(way, code),
        },
    )
    return True


def last_taken(connection: Connection, most: int = 500) -> dict[str, Instant]:
    """When each way last took a text, as far as the newest `most` attempts tell."""
    newest = (
        select(attempts.c.id, attempts.c.outcome, attempts.c.code, attempts.c.ended_at)
        .order_by(attempts.c.id.desc())
        .limit(most)
        .subquery()
    )
    query = select(newest).where(newest.c.outcome == TAKEN).order_by(newest.c.id)
    return {
        row.code.partition(_BETWEEN)[0]: Instant(row.ended_at)
        for row in connection.execute(query)
        if _BETWEEN in row.code
    }
