"""Whether the conditions of a rule hold, and what each of them found.

Compiled once per rule: an event asks each field at most once, whatever the number of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from pos_app.automation.facts import Facts, found
from pos_app.automation.model import Comparison, Condition, Field, Group, Join

Values = tuple[str, ...]
"""Everything that one field is at a moment."""
Found = tuple[Values, ...]
"""What the conditions of a rule found, in reading order."""
Test = Callable[[Found], bool]


class Seen(dict[str, Values]):
    """Facts as conditions ask for them, each looked up when it is first asked.

    By the names of fields: an enum's own hash is slow, and every rule asks here.
    """

    __slots__ = ("facts",)

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self.facts = facts

    def __missing__(self, name: str) -> Values:
        values = self[name] = found(self.facts, Field(name))
        return values


@dataclass(frozen=True, slots=True)
class Compiled:
    """A group as a function of what its conditions find; `fields` in the order of `conditions`."""

    conditions: tuple[Condition, ...]
    fields: tuple[Field, ...]
    names: tuple[str, ...]
    test: Test

    def found(self, seen: Seen) -> Found:
        return tuple([seen[name] for name in self.names])

    def holds(self, seen: Seen) -> bool:
        return self.test(self.found(seen))


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition with what it found, and whether that made it hold."""

    condition: Condition
    found: Values
    holds: bool


@lru_cache(maxsize=2_048)
def compiled(group: Group) -> Compiled:
    """`group` made ready to be asked often."""
    conditions = tuple(flat(group))
    test, _ = _compile(group, 0)
    fields = tuple(one.field for one in conditions)
    return Compiled(conditions, fields, tuple(field.value for field in fields), test)


def holds(group: Group, facts: Facts) -> bool:
    """Whether `group` holds."""
    return compiled(group).holds(Seen(facts))


def answers(group: Group, facts: Facts) -> tuple[Answer, ...]:
    """Every condition of `group` in reading order, those behind a decided one too."""
    return judged(group, compiled(group).found(Seen(facts)))


def judged(group: Group, values: Found) -> tuple[Answer, ...]:
    """Every condition of `group` with its share of `values`, which were found once."""
    return tuple(
        Answer(condition, one, _test(condition)(one))
        for condition, one in zip(flat(group), values, strict=False)
    )


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


def _compile(group: Group, first: int) -> tuple[Test, int]:
    """`group` as a test of what is found from place `first` on, and the place behind it."""
    tests: list[Test] = []
    place = first
    for condition in group.conditions:
        tests.append(_at(place, _test(condition)))
        place += 1
    for inner in group.groups:
        test, place = _compile(inner, place)
        tests.append(test)
    return _joined(group.join, tests), place


def _at(place: int, test: Callable[[Values], bool]) -> Test:
    return lambda values: test(values[place])


def _joined(join: Join, tests: list[Test]) -> Test:
    if not tests:
        return lambda _values: True
    if join is Join.ANY:
        return lambda values: any(test(values) for test in tests)
    if join is Join.NONE:
        return lambda values: not any(test(values) for test in tests)
    if len(tests) == 1:
        return tests[0]
    return _all(tuple(tests))


def _all(tests: tuple[Test, ...]) -> Test:
    # A plain loop: what every tap in a shop with many rules goes through.
    def hold(values: Found) -> bool:
        for test in tests:  # noqa: SIM110
            if not test(values):
                return False
        return True

    return hold


def _test(condition: Condition) -> Callable[[Values], bool]:
    """One comparison. What cannot be compared never holds: no rule may stop the shop."""
    match condition.how:
        case Comparison.ONE_OF:
            wanted = frozenset(condition.values)
            return lambda values: not wanted.isdisjoint(values)
        case Comparison.NONE_OF:
            unwanted = frozenset(condition.values)
            return unwanted.isdisjoint
        case _ if condition.field is Field.TIME:
            return _of_time(condition)
        case _:
            return _of_numbers(condition)


def _never(_values: Values) -> bool:
    return False


def _of_time(condition: Condition) -> Callable[[Values], bool]:
    wanted = condition.values
    match condition.how, len(wanted):
        case Comparison.BETWEEN, 2:
            first, behind = wanted
            return lambda values: any(is_between(one, first, behind) for one in values)
        case Comparison.AT_LEAST, 1:
            return lambda values: any(one >= wanted[0] for one in values)
        case Comparison.AT_MOST, 1:
            return lambda values: any(one <= wanted[0] for one in values)
        case _:
            return _never


def _of_numbers(condition: Condition) -> Callable[[Values], bool]:
    try:
        wanted = [int(value) for value in condition.values]
    except ValueError:
        return _never
    low: int = -1
    high: float = inf
    match condition.how, len(wanted):
        case Comparison.BETWEEN, 2:
            low, high = wanted[0], wanted[1]
        case Comparison.AT_LEAST, 1:
            low = wanted[0]
        case Comparison.AT_MOST, 1:
            high = wanted[0]
        case _:
            return _never
    return _within(low, high)


def _within(low: int, high: float) -> Callable[[Values], bool]:
    def hold(values: Values) -> bool:
        for value in values:  # noqa: SIM110
            if value.isdecimal() and low <= int(value) <= high:
                return True
        return False

    return hold


def is_between(time: str, first: str, behind: str) -> bool:
    """Whether `HH:MM` lies from `first` until before `behind`, perhaps over midnight."""
    if first <= behind:
        return first <= time < behind
    return time >= first or time < behind
