"""Whether the conditions of a rule hold, and what each of them found.

Compiled once per rule: an event asks each field at most once, whatever the number of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from pos_app.automation.facts import FINDERS, Facts
from pos_app.automation.model import Comparison, Condition, Field, Group, Join

Values = tuple[str, ...]
"""Everything that one field is at a moment."""
Found = tuple[Values, ...]
"""What the conditions of a rule found, in reading order."""


class Question:
    """One comparison of one field. Equal conditions of all rules share one and its answer."""

    __slots__ = ("name", "test")

    def __init__(self, name: str, test: Callable[[Values], bool]) -> None:
        self.name = name
        self.test = test


class Seen(dict[str, Values]):
    """Facts as conditions ask for them, each looked up when it is first asked.

    By the names of fields: an enum's own hash is slow, and every rule asks here.
    """

    __slots__ = ("_answered", "facts")

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._answered: dict[Question, bool] = {}

    def __missing__(self, name: str) -> Values:
        values = self[name] = FINDERS[name](self.facts)
        return values

    def holds(self, question: Question) -> bool:
        """The answer to `question`, compared when it is first asked."""
        answer = self._answered.get(question)
        if answer is None:
            answer = self._answered[question] = question.test(self[question.name])
        return answer


Test = Callable[[Seen], bool]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A group as a function of what is seen; `fields` in the order of `conditions`.

    `needed`: what must hold by itself, else the group does not; `is_flat`: there is nothing else.
    """

    conditions: tuple[Condition, ...]
    fields: tuple[Field, ...]
    names: tuple[str, ...]
    test: Test
    needed: tuple[Question, ...]
    is_flat: bool

    def found(self, seen: Seen) -> Found:
        return tuple([seen[name] for name in self.names])

    def holds(self, seen: Seen) -> bool:
        return self.test(seen)


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
    fields = tuple(one.field for one in conditions)
    names = tuple(field.value for field in fields)
    is_all = group.join is Join.ALL
    needed = tuple(map(_question, group.conditions)) if is_all else ()
    is_flat = is_all and not group.groups
    return Compiled(conditions, fields, names, _compile(group), needed, is_flat)


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


def _compile(group: Group) -> Test:
    questions = tuple(map(_question, group.conditions))
    inner = tuple(map(_compile, group.groups))
    if not (questions or inner):
        return lambda _seen: True
    if group.join is Join.ALL:
        return _all(questions, inner) if inner else _every(questions)
    some = _some(questions, inner)
    return some if group.join is Join.ANY else lambda seen: not some(seen)


def _every(questions: tuple[Question, ...]) -> Test:
    # A plain loop: what every tap in a shop with many rules goes through.
    def hold(seen: Seen) -> bool:
        holds = seen.holds
        for question in questions:  # noqa: SIM110
            if not holds(question):
                return False
        return True

    return hold


def _all(questions: tuple[Question, ...], inner: tuple[Test, ...]) -> Test:
    every = _every(questions)
    return lambda seen: every(seen) and all(test(seen) for test in inner)


def _some(questions: tuple[Question, ...], inner: tuple[Test, ...]) -> Test:
    return lambda seen: any(map(seen.holds, questions)) or any(test(seen) for test in inner)


@lru_cache(maxsize=4_096)
def _question(condition: Condition) -> Question:
    return Question(condition.field.value, _test(condition))


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
