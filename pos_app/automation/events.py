"""What can happen to an order as rules see it, and which triggers it is."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.automation.model import On, Trigger
from pos_app.domain.workflow import PHASES, Kind


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `came_from` and `entered` are kinds where a status changed."""

    on: On
    came_from: Kind | None = None
    entered: Kind | None = None


def fits(trigger: Trigger, event: Event) -> bool:
    """Whether `event` is what `trigger` waits for."""
    if trigger.on is not event.on:
        return False
    if trigger.on is On.ENTERED:
        return _is(trigger.status, event.entered) and _is(trigger.beside, event.came_from)
    if trigger.on is On.LEFT:
        return _is(trigger.status, event.came_from) and _is(trigger.beside, event.entered)
    return True


def _is(wanted: str, kind: Kind | None) -> bool:
    """A kind fits its own name and its phase's; nothing wanted fits all."""
    if not wanted:
        return True
    return kind is not None and wanted in (kind.value, PHASES[kind].value)
