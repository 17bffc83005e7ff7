"""What texts have cost, by month, channel and what they were about. Hundredths of a minor unit."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from pos_app.store.tables import spend


@dataclass(frozen=True, slots=True)
class Spent:
    """One row of a month."""

    channel: str
    about: str
    messages: int
    parts: int
    cost: int


def add(
    connection: Connection, month: str, channel: str, about: str, parts: int, cost: int
) -> None:
    """One text more."""
    changed = connection.execute(
        update(spend)
        .where(spend.c.month == month, spend.c.channel == channel, spend.c.about == about)
        .values(
            messages=spend.c.messages + 1, parts=spend.c.parts + parts, cost=spend.c.cost + cost
        )
    )
    if not changed.rowcount:
        connection.execute(
            insert(spend),
            {
                "month": month,
                "channel": channel,
                "about": about,
                "messages": 1,
                "parts": parts,
                "cost": cost,
            },
        )


def of_month(connection: Connection, month: str) -> list[Spent]:
    """What a month (`2026-11`) has cost so far, the dearest first."""
    query = select(spend).where(spend.c.month == month).order_by(spend.c.cost.desc())
    return [
        Spent(row.channel, row.about, row.messages, row.parts, row.cost)
        for row in connection.execute(query)
    ]


def total(connection: Connection, month: str) -> int:
    query = select(func.coalesce(func.sum(spend.c.cost), 0)).where(spend.c.month == month)
    return int(connection.execute(query).scalar_one())
