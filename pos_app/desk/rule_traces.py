"""Keeping what rules made of an event, and which rules they were where that is new.

The rules that wait for an event are the same all evening, so their roll is written at its first
event and looked for once whenever the rules have changed. Only what has committed counts.
"""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.automation import traces
from pos_app.automation.book import Waiting
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import Finding
from pos_app.desk.transaction import Transaction
from pos_app.store import rules


def keep(
    act: Transaction, seq: int, seen: Seen, waiting: Waiting, told: Iterable[tuple[int, Finding]]
) -> None:
    """Write the trace of the event `seq`; `told` by the places of the rules in `waiting`."""
    roll = waiting.roll
    if roll.id not in act.setup.book.kept_rolls and roll.id not in act.rolls:
        rules.keep_roll(act.connection, roll.id, roll.document, act.now)
        act.rolls.append(roll.id)
    rules.keep_trace(act.connection, seq, traces.written(seen, roll, told))


def remember(act: Transaction) -> None:
    """What `act` has found or written need not be looked for again: it has committed."""
    if act.rolls:
        act.setup.book.kept_rolls.update(act.rolls)
