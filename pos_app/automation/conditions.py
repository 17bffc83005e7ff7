"""Whether the conditions of a rule hold, and what each of them found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos_app.automation.facts import Facts, found
from pos_app.automation.model import Comparison, Condition, Field, Group, Join


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition with what it found, and whether that made it hold."""

    condition: Condition
    found: tuple[str, ...]
    holds: bool


def holds(group: Group, facts: Facts) -> bool:
    """Whether `group` holds. Stops as soon as that is known."""
    if group.join is Join.ANY:
        return _is_empty(group) or any(_members(group, facts))
    if group.join is Join.NONE:
        return not any(_members(group, facts))
    return all(_members(group, facts))


def _members(group: Group, facts: Facts) -> Iterator[bool]:
    for condition in group.conditions:
        yield _compare(condition, found(facts, condition.field))
    for inner in group.groups:
        yield holds(inner, facts)


def _is_empty(group: Group) -> bool:
    return not group.conditions and not group.groups


def answers(group: Group, facts: Facts) -> tuple[Answer, ...]:
    """Every condition of `group` in reading order, those behind a decided one too."""
    said = []
    for condition in flat(group):
        values = found(facts, condition.field)
        said.append(Answer(condition, values, _compare(condition, values)))
    return tuple(said)


def flat(group: Group) -> Iterator[Condition]:
    """All conditions in the order in which they are numbered and explained."""
    yield from group.conditions
    for inner in group.groups:
        yield from flat(inner)


def depth(group: Group) -> int:
    """How deep groups stand in it, itself counted."""
    return 1 + max(map(depth, group.groups), default=0)


def fields_of(group: Group) -> frozenset[Field]:
    """What the conditions ask."""
    return frozenset(condition.field for condition in flat(group))


def _compare(condition: Condition, values: tuple[str, ...]) -> bool:
    wanted = condition.values
    match condition.how:
        case Comparison.ONE_OF:
            return any(value in wanted for value in values)
        case Comparison.NONE_OF:
            return not any(value in wanted for value in values)
        case Comparison.BETWEEN if condition.field is Field.TIME:
            return any(is_between(value, wanted[0], wanted[1]) for value in values)
        case Comparison.BETWEEN:
            return any(int(wanted[0]) <= int(value) <= int(wanted[1]) for value in values)
        case Comparison.AT_LEAST:
            return any(_is_at_least(condition.field, value, wanted[0]) for value in values)
        case Comparison.AT_MOST:
            return any(_is_at_least(condition.field, wanted[0], value) for value in values)


def is_between(time: str, first: str, behind: str) -> bool:
    """Whether `HH:MM` lies from `first` until before `behind`, perhaps over midnight."""
    if first <= behind:
        return first <= time < behind
    return time >= first or time < behind


def _is_at_least(field: Field, value: str, least: str) -> bool:
    return value >= least if field is Field.TIME else int(value) >= int(least)
