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
from pos_app.domain.workflow import Kind
from tests.automation.drafts import draft
from tests.automation.orders import NOON, order
from tests.automation.test_conditions import FACTS, GROUPS

RESULTS = st.sampled_from(tuple(Result))
DONE = st.lists(st.builds(Done, st.text(max_size=8), st.text(max_size=8)), max_size=3)


@given(st.lists(st.tuples(GROUPS, RESULTS, DONE), max_size=4), FACTS)
def test_what_each_rule_found_is_read_back_as_it_was(
    asked: list[tuple[Group, Result, list[Done]]], facts: Facts
) -> None:
    seen = Seen(facts)
    versions = {
        f"rule-{no}": ready(RuleVersion(replace(draft(On.PAID, when=group), id=f"rule-{no}"), no))
        for no, (group, _, _) in enumerate(asked)
    }
    told = [
        replace(judge(one, seen), result=result, done=tuple(done))
        for one, (_, result, done) in zip(versions.values(), asked, strict=True)
    ]
    kept = traces.written(seen, told)
    assert list(traces.findings(kept, lambda rule, _: versions[rule].when.names)) == told


def test_a_rule_that_nobody_can_read_any_more_keeps_its_result() -> None:
    kept = traces.written({"value": ("900",)}, [Finding("gone", 3, Result.NOT_MET)])
    assert traces.findings(kept, lambda _rule, _version: ()) == (
        Finding("gone", 3, Result.NOT_MET),
    )


def test_what_is_no_trace_tells_nothing() -> None:
    for spoilt in ("", "{", "{}", '{"seen":[],"said":{}}', "[7]", "null"):
        assert traces.findings(spoilt, lambda _rule, _version: ()) == ()


def test_fifty_rules_that_do_nothing_are_kept_in_three_kilobytes() -> None:
    book = RuleBook(RuleVersion(_unmet(no), 12) for no in range(50))
    seen = Seen(Facts(NOON, "Europe/Kyiv", order(kind=Kind.PREPARING)))
    waiting = book.waiting(Event(On.ENTERED, Kind.ACCEPTED, Kind.PREPARING))
    assert len(waiting.rules) == 50
    assert len(traces.written(seen, [judge(one, seen) for one in waiting.rules])) < 3 * 1024


def _unmet(no: int) -> Rule:
    conditions = (
        Condition(Field.FULFILMENT, ("pickup",)),
        Condition(Field.VALUE, (str(100_000_000 + no),), Comparison.AT_LEAST),
    )
    rule = draft(On.ENTERED, status="preparing", conditions=conditions)
    return replace(rule, id=str(uuid.UUID(int=no)))
