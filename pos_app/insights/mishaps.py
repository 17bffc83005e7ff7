"""What went wrong on a day, and what the guests heard and thought of it."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.desk import entries
from pos_app.domain.workflow import Kind
from pos_app.insights.telling import latest, named, who
from pos_app.insights.values import (
    BroughtBack,
    Cancelled,
    Rated,
    Remade,
    Texts,
    Unfetched,
    Untold,
)
from pos_app.store import pausing, unwanted
from pos_app.store.insights import DayOrder, DayRows

REMADE = "line_remade"

_LEFT = ("sent", "delivered")
_WAITING = ("waiting", "sending", "held")
_TROUBLE = ("failed", "uncertain", "expired", "dropped")
# Dropped because guest or shop wanted it so, or because another channel has the text now.
_MEANT = (pausing.STOPPED, unwanted.OPTED_OUT, unwanted.BY_HAND, "next_leg", "told")


def was_undone(rows: DayRows, order: DayOrder) -> bool:
    """Whether its placing was taken back at once: such an order never was one."""
    ended = latest(rows, order, entries.CANCELLED, entries.UNDONE, entries.ENDED)
    return order.kind is Kind.CANCELLED and ended is not None and ended.kind == entries.UNDONE


def unfetched(placed: Iterable[DayOrder]) -> tuple[Unfetched, ...]:
    return tuple(
        Unfetched(named(order), order.kind, order.total, order.paid - order.refunded)
        for order in placed
        if order.kind in (Kind.NOT_COLLECTED, Kind.RETURNED)
    )


def cancelled(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[Cancelled, ...]:
    found = []
    for order in placed:
        if order.kind is Kind.CANCELLED:
            ended = latest(rows, order, entries.CANCELLED, entries.ENDED)
            at = ended.at if ended is not None else None
            kept = order.paid - order.refunded
            found.append(
                Cancelled(named(order), order.cancel_reason, who(ended), at, order.total, kept)
            )
    return tuple(found)


def remade(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[Remade, ...]:
    found = []
    for order in placed:
        again = [line for line in rows.lines.get(order.id, ()) if line.remake_reason]
        if not again:
            continue
        by = {
            event.told().get("no"): event.staff_id
            for event in rows.events.get(order.id, ())
            if event.kind == REMADE
        }
        found += [
            Remade(named(order), line.names, line.quantity, line.remake_reason, by.get(line.no, ""))
            for line in again
        ]
    return tuple(found)


def texts(rows: DayRows, placed: Iterable[DayOrder]) -> Texts:
    """What was taken back in time, and what the guest himself stopped, does not count."""
    states: list[str] = []
    behind = []
    cost = 0
    for order in placed:
        for text in rows.texts.get(order.id, ()):
            cost += text.cost
            if text.state == "dropped" and text.reason in _MEANT:
                continue
            states.append(text.state)
            if text.state in _TROUBLE:
                behind.append(Untold(named(order), text.about, text.state, text.reason))
    return Texts(
        sent=sum(state in _LEFT for state in states),
        failed=states.count("failed"),
        uncertain=states.count("uncertain"),
        expired=states.count("expired"),
        not_told=states.count("dropped"),
        waiting=sum(state in _WAITING for state in states),
        behind=tuple(behind),
        cost=cost,
    )


def ratings(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[Rated, ...]:
    """The lowest first."""
    found = [
        Rated(named(order), rows.stars[order.id]) for order in placed if order.id in rows.stars
    ]
    return tuple(sorted(found, key=lambda rated: rated.stars))


def brought_back(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[BroughtBack, ...]:
    found = []
    for order in placed:
        for event in rows.events.get(order.id, ()):
            if event.kind == entries.RECALLED:
                told = event.told()
                found.append(
                    BroughtBack(
                        named(order),
                        Kind(told["from"]),
                        Kind(told["to"]),
                        event.staff_id,
                        event.at,
                    )
                )
    return tuple(sorted(found, key=lambda back: back.at))
