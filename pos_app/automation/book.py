"""The rules that are on, filed under what they wait for and made ready to be asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.automation.conditions import Compiled, compiled
from pos_app.automation.elimination import Elimination
from pos_app.automation.events import Event, fits
from pos_app.automation.facts import STORED
from pos_app.automation.hours import has_hours
from pos_app.automation.model import OF_TIME, Field, On, Once, RuleVersion, Send
from pos_app.automation.rolls import Roll, roll_of

_PLAIN = (Once.ORDER, Once.ENTRY, Once.ALWAYS)


@dataclass(frozen=True, slots=True)
class Ready:
    """A rule with its conditions compiled.

    `stored`: what they ask that has to be looked up. `is_plain`: one text at once, whose own row
    says everything, so that no run is kept of it.
    """

    one: RuleVersion
    when: Compiled
    stored: frozenset[Field]
    is_plain: bool


def ready(one: RuleVersion) -> Ready:
    when = compiled(one.rule.when)
    return Ready(one, when, frozenset(when.fields) & STORED, is_plain(one))


def is_plain(one: RuleVersion) -> bool:
    rule = one.rule
    is_said = len(rule.steps) == 1 and isinstance(rule.steps[0], Send)
    of_event = rule.trigger.on not in OF_TIME and rule.trigger.on is not On.DAILY
    is_now = not has_hours(rule.options)
    return is_said and of_event and is_now and rule.options.once in _PLAIN


@dataclass(frozen=True, slots=True)
class Waiting:
    """The rules that wait for what happens at once, and the fields that all of them ask.

    `stored`: those of them that have to be looked up. `elimination` knows the rules by their
    places in `rules`, and so do traces by those in `roll`.
    """

    rules: tuple[Ready, ...]
    names: tuple[str, ...]
    stored: frozenset[Field]
    elimination: Elimination
    roll: Roll


def waiting(rules: tuple[Ready, ...]) -> Waiting:
    """`rules`, which wait together, made ready to be asked."""
    return Waiting(
        rules,
        tuple(dict.fromkeys(name for one in rules for name in one.when.names)),
        frozenset[Field]().union(*(one.stored for one in rules)),
        Elimination([one.when for one in rules]),
        roll_of(one.one for one in rules),
    )


class RuleBook:
    """All rules that are on, in the owner's order.

    `kept_rolls`: the ids of rolls that are in the store for certain.
    """

    __slots__ = ("_by_events", "_by_trigger", "kept_rolls", "of_time")

    def __init__(self, rules: Iterable[RuleVersion] = ()) -> None:
        by_trigger: dict[On, list[Ready]] = {}
        for one in rules:
            by_trigger.setdefault(one.rule.trigger.on, []).append(ready(one))
        self._by_trigger = {on: tuple(found) for on, found in by_trigger.items()}
        self._by_events: dict[tuple[Event, ...], Waiting] = {}
        self.kept_rolls: set[str] = set()
        self.of_time = tuple(one for on in OF_TIME for one in self.on(on))

    def __bool__(self) -> bool:
        return bool(self._by_trigger)

    def waiting(self, *events: Event) -> Waiting:
        """The rules that any of `events` triggers; the same few events come all evening."""
        found = self._by_events.get(events)
        if found is None:
            found = self._by_events[events] = waiting(
                tuple(
                    one
                    for event in events
                    for one in self.on(event.on)
                    if fits(one.one.rule.trigger, event)
                )
            )
        return found

    def on(self, what: On) -> tuple[Ready, ...]:
        """The rules with this trigger."""
        return self._by_trigger.get(what, ())
