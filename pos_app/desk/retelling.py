"""The events of a past order told again, as rules would have met them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pos_app.automation.past import Change, Occasion
from pos_app.desk import automating, entries, paying, street
from pos_app.desk.past_standing import Happened, Standing
from pos_app.desk.transaction import Recorded
from pos_app.domain.workflow import Kind

_WITHDRAW = frozenset(
    {
        entries.RECALLED,
        entries.CANCELLED,
        entries.ENDED,
        entries.REOPENED,
        entries.STREET,
        paying.REFUNDED,
    }
)
_END = frozenset({entries.CANCELLED, paying.REFUNDED})


class Retelling:
    """What events are to rules, worked out once for all that are alike."""

    def __init__(self) -> None:
        self._occasions: dict[tuple[object, ...], Occasion] = {}

    def changes(self, standing: Standing, happened: Sequence[Happened]) -> tuple[Change, ...]:
        """What happened to one order, and how it stood then; what was undone has not happened.

        Nothing happens to an order whose placing was undone: it was never there, and nobody can
        bring it back.
        """
        return tuple(self._changes(standing, happened))

    def _changes(self, standing: Standing, happened: Sequence[Happened]) -> Iterator[Change]:
        undone = {event.cause_id for event in happened if event.kind == entries.UNDONE}
        for event in happened:
            if event.seq in undone:
                if event.kind == entries.PLACED:
                    return
                continue
            if event.kind == entries.UNDONE:
                continue
            standing.take(event)
            told, since = event.told, None
            if told.occurred_at is not None or told.placed_at is not None:
                since = automating.happened_at(_recorded(event), event.at)
            occasion = self._occasion(event)
            order = standing.order()
            yield Change(event.at, event.seq, occasion, order, since, standing.lasting)

    def _occasion(self, event: Happened) -> Occasion:
        told = event.told
        late = told.occurred_at is not None and event.at - told.occurred_at > street.FRESH_MS
        key = (event.kind, told.came_from, told.to, told.inferred, late)
        found = self._occasions.get(key)
        if found is None:
            found = self._occasions[key] = _occasion(event)
        return found


def _occasion(event: Happened) -> Occasion:
    recorded = _recorded(event)
    leaves_the_pass = event.told.came_from == Kind.READY.value and event.told.to != Kind.READY.value
    return Occasion(
        tuple(automating.events_of(recorded, event.at)),
        automating.undoable_s(recorded),
        withdraws=event.kind in _WITHDRAW or (event.kind == entries.BUMPED and leaves_the_pass),
        ends=event.kind in _END,
        moves_promise=event.kind == automating.PROMISE_MOVED,
    )


def _recorded(event: Happened) -> Recorded:
    """The event as the desk recorded it, as far as rules look at what it says."""
    told = event.told
    said: dict[str, Any] = {"from": told.came_from, "to": told.to, "inferred": told.inferred}
    if told.occurred_at is not None:
        said["occurred_at"] = told.occurred_at
    if told.placed_at is not None:
        said["placed_at"] = told.placed_at
    return Recorded(event.seq, event.kind, None, said, 0)
