"""Groups of conditions hold as a naive reading of them says, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.conditions import answers, flat, holds, judged
from pos_app.automation.facts import Facts, found
from pos_app.automation.model import Comparison, Condition, Field, Group, Join
from pos_app.clock import Instant
from pos_app.domain.workflow import Fulfilment, Kind, Source
from tests.automation.orders import NOON, order

ORDERS = st.builds(
    order,
    kind=st.sampled_from(list(Kind)),
    fulfilment=st.sampled_from(list(Fulfilment)),
    source=st.sampled_from(list(Source)),
    total=st.integers(0, 50),
    paid=st.integers(0, 50),
    tags=st.sampled_from([(), ("hot",), ("hot", "vip")]),
    texts=st.booleans(),
)
FACTS = st.builds(
    Facts,
    now=st.integers(0, 86_400_000).map(lambda ms: Instant(NOON + ms)),
    zone=st.just("Europe/Kyiv"),
    order=st.one_of(st.none(), ORDERS),
    past_orders=st.integers(0, 5),
    stars=st.one_of(st.none(), st.integers(1, 5)),
)
VALUES = st.lists(
    st.sampled_from(["0", "1", "3", "20", "pickup", "web", "ready", "hot", "yes", "paid", "12:00"]),
    max_size=3,
).map(tuple)
CONDITIONS = st.builds(
    Condition, field=st.sampled_from(list(Field)), values=VALUES, how=st.sampled_from(Comparison)
)
GROUPS = st.recursive(
    st.builds(
        Group, join=st.sampled_from(Join), conditions=st.lists(CONDITIONS, max_size=3).map(tuple)
    ),
    lambda inner: st.builds(
        Group,
        join=st.sampled_from(Join),
        conditions=st.lists(CONDITIONS, max_size=2).map(tuple),
        groups=st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)


def naive(group: Group, facts: Facts) -> bool:
    said = [_naive_one(one, facts) for one in group.conditions]
    said += [naive(inner, facts) for inner in group.groups]
    if not said:
        return True
    return {Join.ALL: all(said), Join.ANY: any(said), Join.NONE: not any(said)}[group.join]


def _naive_one(one: Condition, facts: Facts) -> bool:
    values = found(facts, one.field)
    if one.how is Comparison.ONE_OF:
        return bool(set(values) & set(one.values))
    if one.how is Comparison.NONE_OF:
        return not set(values) & set(one.values)
    return any(_naive_order(one, value) for value in values)


def _naive_order(one: Condition, value: str) -> bool:
    count = 2 if one.how is Comparison.BETWEEN else 1
    if len(one.values) != count:
        return False
    if one.field is Field.TIME:
        return _naive_time(one, value)
    try:
        number, limits = int(value), [int(limit) for limit in one.values]
    except ValueError:
        return False
    if one.how is Comparison.BETWEEN:
        return limits[0] <= number <= limits[1]
    return number >= limits[0] if one.how is Comparison.AT_LEAST else number <= limits[0]


def _naive_time(one: Condition, value: str) -> bool:
    if one.how is Comparison.AT_LEAST:
        return value >= one.values[0]
    if one.how is Comparison.AT_MOST:
        return value <= one.values[0]
    first, behind = one.values
    if first <= behind:
        return first <= value < behind
    return value >= first or value < behind


@given(GROUPS, FACTS)
def test_a_group_holds_as_it_reads(group: Group, facts: Facts) -> None:
    assert holds(group, facts) == naive(group, facts)


@given(GROUPS, FACTS)
def test_each_condition_is_answered_with_what_it_found(group: Group, facts: Facts) -> None:
    said = answers(group, facts)
    assert [one.condition for one in said] == list(flat(group))
    for one in said:
        assert one.found == found(facts, one.condition.field)
        assert one.holds == _naive_one(one.condition, facts)
    assert judged(group, tuple(one.found for one in said)) == said


@given(CONDITIONS, FACTS)
def test_none_is_the_opposite_of_any(condition: Condition, facts: Facts) -> None:
    any_of, none_of = (Group(join, (condition,)) for join in (Join.ANY, Join.NONE))
    assert holds(any_of, facts) != holds(none_of, facts)
