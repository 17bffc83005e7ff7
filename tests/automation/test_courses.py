"""How a rule gets through its steps: no text before its grace or after its time, no wait drifts."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pos_app.automation.engine import begin, go_on, is_too_late, wait_until
from pos_app.automation.facts import Facts
from pos_app.automation.model import On, Options, Rule, Send, Step, TellStaff, Wait
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from tests.automation.drafts import draft
from tests.automation.orders import NOON, order

SENDS = st.builds(
    Send,
    id=st.just(""),
    about=st.just("ready"),
    grace_s=st.integers(0, 300),
    ttl_minutes=st.integers(6, 600),
)
WAITS = st.one_of(
    st.builds(Wait, id=st.just(""), seconds=st.integers(1, 100_000)),
    st.builds(Wait, id=st.just(""), until=st.sampled_from(["00:00", "11:59", "12:00", "23:30"])),
    st.builds(Wait, id=st.just(""), minutes_before_promise=st.integers(0, 90)),
)
STEPS = st.lists(
    st.one_of(SENDS, WAITS, st.just(TellStaff("", "look"))), min_size=1, max_size=6
).map(tuple)
HOURS = st.sampled_from([None, ("09:00", "21:00"), ("18:00", "02:00"), ("12:30", "13:00")])
LATE_MS = st.lists(st.integers(0, 3 * 60 * MINUTE_MS), min_size=12, max_size=12)


def rule_of(steps: tuple[Step, ...], hours: tuple[str, str] | None) -> Rule:
    return draft(On.PLACED, *steps, options=Options(between=hours))


def facts_at(now: Instant) -> Facts:
    return Facts(now, "Europe/Kyiv", order())


@given(STEPS, HOURS, st.sampled_from([0, 10, 30]), LATE_MS)
def test_every_step_is_reached_once_and_texts_keep_their_times(
    steps: tuple[Step, ...], hours: tuple[str, str] | None, undoable_s: int, late_ms: list[int]
) -> None:
    rule, now = rule_of(steps, hours), NOON
    course = begin(rule, facts_at(now), undoable_s=undoable_s)
    done = []
    for late in late_ms:
        for due in course.dues:
            done.append(due.step)
            assert due.not_before >= now
            if isinstance(due.step, Send):
                assert due.not_after > NOON
                if undoable_s and now == NOON:
                    assert due.not_before >= now + due.step.grace_s * SECOND_MS
            else:
                assert now >= NOON + undoable_s * SECOND_MS
        if course.due_at is None or course.waits_at is None:
            break
        assert course.due_at > now, "no delay is negative"
        now = Instant(course.due_at + late)
        course = go_on(rule, course.waits_at, facts_at(now), course.due_at)
    else:
        return
    assert done == [step for step in steps if not isinstance(step, Wait)]


@given(st.lists(st.integers(60, 5_000), min_size=1, max_size=5), LATE_MS)
def test_waits_add_up_however_late_the_till_is(spans_s: list[int], late_ms: list[int]) -> None:
    steps: tuple[Step, ...] = (
        *(Wait("", seconds=span) for span in spans_s),
        TellStaff("", "look"),
    )
    rule = rule_of(steps, None)
    course, planned = begin(rule, facts_at(NOON)), NOON
    passed = 0
    for late in late_ms:
        if course.due_at is None or course.waits_at is None:
            break
        planned = Instant(NOON + sum(spans_s[: course.waits_at]) * SECOND_MS)
        assert course.due_at == planned
        passed = course.waits_at
        now = Instant(course.due_at + late)
        course = go_on(rule, course.waits_at, facts_at(now), course.due_at)
    assert passed <= len(spans_s)


def test_what_was_told_late_is_as_old_as_it_is() -> None:
    rule = rule_of((Send("", "accepted", ttl_minutes=30),), None)
    long_ago = Instant(NOON - 31 * MINUTE_MS)
    due = begin(rule, facts_at(NOON), undoable_s=10, since=long_ago).dues[0]
    assert due.not_after < due.not_before


def test_a_wait_before_the_promise_follows_the_promise() -> None:
    wait = Wait("", minutes_before_promise=10)
    facts = facts_at(NOON)
    assert facts.order is not None
    assert wait_until(wait, facts, NOON) == NOON + 30 * MINUTE_MS
    later = replace(facts.order, promised_at=Instant(NOON + 60 * MINUTE_MS))
    assert wait_until(wait, structs.replace(facts, order=later), NOON) == NOON + 50 * MINUTE_MS


def test_outside_its_hours_a_text_waits_and_is_fresh_then() -> None:
    rule = rule_of((Send("", "come_back", grace_s=0, ttl_minutes=60),), ("18:00", "20:00"))
    waits = begin(rule, facts_at(NOON))
    assert (waits.dues, waits.waits_at, waits.waits_for) == ((), 0, "hours")
    six = Instant(NOON + 6 * 60 * MINUTE_MS)
    assert waits.due_at == six
    due = go_on(rule, 0, facts_at(six), six, waited_for=waits.waits_for).dues[0]
    assert due.not_before == six
    assert due.not_after == due.not_before + 60 * MINUTE_MS


def test_too_late_is_counted_from_when_it_was_due() -> None:
    options = Options(skip_after_minutes=60)
    assert not is_too_late(options, NOON, Instant(NOON + 60 * MINUTE_MS))
    assert is_too_late(options, NOON, Instant(NOON + 60 * MINUTE_MS + 1))
    assert not is_too_late(Options(skip_after_minutes=0), NOON, Instant(NOON + 10**9))
