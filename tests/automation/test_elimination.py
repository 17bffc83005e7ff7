"""Asked field by field, the same rules hold as when each is asked by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation import elimination
from pos_app.automation.conditions import Seen, compiled, holds
from pos_app.automation.elimination import Elimination
from pos_app.automation.facts import Facts
from pos_app.automation.model import Comparison, Condition, Field, Group
from tests.automation.orders import NOON, order
from tests.automation.test_conditions import FACTS, GROUPS


@given(st.lists(GROUPS, max_size=4), st.lists(FACTS, min_size=1, max_size=2))
def test_the_rules_left_are_those_that_hold(groups: list[Group], met: list[Facts]) -> None:
    many = Elimination([compiled(group) for group in groups])
    for facts in [*met, *met]:
        left = many.left(Seen(facts))
        assert left == [at for at, group in enumerate(groups) if holds(group, facts)]


def test_answers_are_kept_of_so_many_totals_and_no_more() -> None:
    dear = Group(conditions=(Condition(Field.VALUE, ("500",), Comparison.AT_LEAST),))
    many = Elimination([compiled(dear)])
    for total in range(3 * elimination.KEPT):
        left = many.left(Seen(Facts(NOON, "Europe/Kyiv", order(total=total))))
        assert left == ([0] if total >= 500 else [])
        assert all(len(field.kept) <= elimination.KEPT for field in many.fields)
