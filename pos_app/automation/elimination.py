"""Which of many rules an event leaves standing, decided field by field instead of rule by rule.

Most rules fail for one condition that must hold, and whatever a field is rules out the same of
them each time. So a field is asked once for all rules, and its answer is kept: fifty rules that
do nothing cost a tap about as much as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.automation.conditions import Compiled, Question, Seen, Values

KEPT = 256
"""How many answers are kept of one field: a total is another with every order."""


class Elimination:
    """Rules by their places, as bits of a number: the first rule is the lowest."""

    __slots__ = ("_all", "_whens", "fields")

    def __init__(self, whens: Sequence[Compiled]) -> None:
        self._whens = whens
        self._all = (1 << len(whens)) - 1
        asked: dict[str, dict[Question, int]] = {}
        for place, when in enumerate(whens):
            for question in when.needed:
                places = asked.setdefault(question.name, {})
                places[question] = places.get(question, 0) | 1 << place
        self.fields = tuple(_Field(name, tuple(by.items())) for name, by in asked.items())

    def left(self, seen: Seen) -> list[int]:
        """The places of the rules whose conditions hold, in their order."""
        out = 0
        for field in self.fields:
            values = seen[field.name]
            known = field.kept.get(values)
            out |= field.ruled_out(values) if known is None else known
        standing = self._all & ~out
        if not standing:
            return []
        whens = self._whens
        return [at for at in _places(standing) if whens[at].is_flat or whens[at].holds(seen)]


class _Field:
    """Everything that must hold of one field, with the rules that fall when it does not.

    `kept`: whom it ruled out before, by what it was.
    """

    __slots__ = ("_questions", "kept", "name")

    def __init__(self, name: str, questions: tuple[tuple[Question, int], ...]) -> None:
        self.name = name
        self.kept: dict[Values, int] = {}
        self._questions = questions

    def ruled_out(self, values: Values) -> int:
        out = 0
        for question, places in self._questions:
            if not question.test(values):
                out |= places
        if len(self.kept) >= KEPT:
            self.kept.clear()
        self.kept[values] = out
        return out


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
