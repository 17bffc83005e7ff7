"""What is kept of an event: enough to answer "why did no SMS go out?", and small."""

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_app.automation import traces
from pos_app.automation.book import RuleBook, ready
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import Done, Finding, judge
from pos_app.automation.events import Event
from pos_app.automation.facts import Facts
from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Group,
    On,
    Result,
    Rule,
    RuleVersion,
)
from pos_app.automation.rolls import Called, called, roll_of
from pos_app.domain.workflow import Kind
from tests.automation.drafts import draft
from tests.automation.orders import NOON, order
from tests.automation.test_conditions import FACTS, GROUPS

RESULTS = st.sampled_from(tuple(Result))
NOT_MET = Result.NOT_MET
DONE = st.lists(st.builds(Done, st.text(max_size=8), st.text(max_size=8)), max_size=3)


def UNKNOWN(_roll: str) -> Called:
    return ()


@given(st.lists(st.tuples(GROUPS, RESULTS, DONE), max_size=4), FACTS)
def test_what_each_rule_found_is_read_back_as_it_was(
    asked: list[tuple[Group, Result, list[Done]]], facts: Facts
) -> None:
    seen = Seen(facts)
    versions = [
        ready(RuleVersion(replace(draft(On.PAID, when=group), id=f"rule-{no}"), no))
        for no, (group, _, _) in enumerate(asked)
    ]
    told = [
        replace(judge(one, seen), result=result, done=() if result is NOT_MET else tuple(done))
        for one, (_, result, done) in zip(versions, asked, strict=True)
    ]
    roll = roll_of(one.one for one in versions)
    kept = traces.written(
        seen, roll, [(at, one) for at, one in enumerate(told) if one.result is not NOT_MET]
    )
    names = {one.one.rule.id: one.when.names for one in versions}
    on_roll = {roll.id: called(roll.document)}
    found = traces.findings(kept, lambda rule, _: names[rule], on_roll.__getitem__)
    assert list(found) == told


def test_what_only_one_rule_waited_for_needs_no_roll() -> None:
    one = ready(RuleVersion(_unmet(1), 12))
    told = judge(one, Seen(Facts(NOON, "Europe/Kyiv", order())))
    kept = traces.written_of(one, told)
    assert traces.findings(kept, lambda _rule, _version: one.when.names, UNKNOWN) == (told,)


def test_traces_that_name_each_rule_are_still_read() -> None:
    kept = (
        '{"seen":{"has_phone":["yes"],"value":["900"]},"said":[["rule-1",3,"not_met"],'
        '["rule-2",1,"acted",[{"step_id":"s","did":"failed","why":"no_phone"}]]]}'
    )
    assert traces.findings(kept, lambda rule, _: NAMES[rule], UNKNOWN) == (
        Finding("rule-1", 3, NOT_MET, (("900",), ("yes",))),
        Finding("rule-2", 1, Result.ACTED, (("900",),), (Done("s", "failed", "no_phone"),)),
    )


NAMES = {"rule-1": ("value", "has_phone"), "rule-2": ("value",)}


def test_a_rule_that_nobody_can_read_any_more_keeps_its_result() -> None:
    roll = roll_of([RuleVersion(replace(draft(On.PAID), id="gone"), 3)])
    kept = traces.written({"value": ("900",)}, roll, [])
    assert traces.findings(
        kept, lambda _rule, _version: (), lambda _roll: called(roll.document)
    ) == (Finding("gone", 3, NOT_MET),)


def test_a_roll_is_known_by_its_rules_their_versions_and_their_order() -> None:
    one, other = (RuleVersion(_unmet(no), 1) for no in range(2))
    rolls = [[one, other], [other, one], [one], [one, RuleVersion(other.rule, 2)], []]
    assert len({roll_of(rules).id for rules in rolls}) == len(rolls)
    assert roll_of(iter((one, other))) == roll_of((one, other))
    assert called(roll_of([one]).document) == ((one.rule.id, 1),)
    assert called("{") == ()


def test_what_is_no_trace_tells_nothing() -> None:
    spoilt = ("", "{", "{}", '{"seen":[],"said":{}}', "[7]", "null", '{"seen":{},"roll":"lost"}')
    for trace in spoilt:
        assert traces.findings(trace, lambda _rule, _version: (), UNKNOWN) == ()


def test_fifty_rules_that_do_nothing_are_kept_in_two_hundred_bytes() -> None:
    book = RuleBook(RuleVersion(_unmet(no), 12) for no in range(50))
    seen = Seen(Facts(NOON, "Europe/Kyiv", order(kind=Kind.PREPARING)))
    waiting = book.waiting(Event(On.ENTERED, Kind.ACCEPTED, Kind.PREPARING))
    assert len(waiting.rules) == 50
    assert waiting.elimination.left(seen) == []
    assert len(traces.written(seen, waiting.roll, [])) < 200


def _unmet(no: int) -> Rule:
    conditions = (
        Condition(Field.FULFILMENT, ("pickup",)),
        Condition(Field.VALUE, (str(100_000_000 + no),), Comparison.AT_LEAST),
    )
    rule = draft(On.ENTERED, status="preparing", conditions=conditions)
    return replace(rule, id=str(uuid.UUID(int=no)))
