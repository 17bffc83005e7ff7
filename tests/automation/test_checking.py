"""What is wrong with a rule is said with its place, before anybody can save it."""

from __future__ import annotations

import msgspec
import pytest

from pos_app.automation.checking import problems, refuse
from pos_app.automation.known import Known
from pos_app.automation.model import (
    CallWebhook,
    Comparison,
    Condition,
    Field,
    Group,
    On,
    Once,
    OpenTask,
    Options,
    Recheck,
    Rule,
    Send,
    SetStatus,
    SetTag,
    Step,
    TellOwner,
    TellStaff,
    Wait,
)
from pos_app.automation.pack import ready_rules
from pos_app.errors import BadInput
from pos_app.language import Texts
from tests.automation.drafts import SAY, TELL, draft

KNOWN = Known(
    dishes=frozenset(("1", "2")),
    categories=frozenset(("7",)),
    targets=frozenset(("01900000-0000-7000-8000-00000000aaaa",)),
)
ENTERED = On.ENTERED


def places(rule: Rule) -> list[tuple[str, str]]:
    english = Texts("en")
    return [(one.place.words(english), one.field) for one in problems(rule, KNOWN)]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_ready_rule_is_well(language: str) -> None:
    for rule in ready_rules(language):
        assert [one.words(Texts("en")) for one in problems(rule, KNOWN)] == []


@pytest.mark.parametrize(
    ("rule", "place"),
    [
        (draft(ENTERED, status="done_well"), ("trigger", "status")),
        (draft(ENTERED, status="ready", beside="oven"), ("trigger", "beside")),
        (draft(On.PAID, status="ready"), ("trigger", "status")),
        (draft(On.IN_STATUS, status="ready"), ("trigger", "minutes")),
        (draft(On.BECAME_LATE, options=Options(once=Once.ALWAYS)), ("options", "once")),
        (draft(On.IN_STATUS, status="ready", minutes=-5), ("trigger", "minutes")),
        (draft(On.IN_STATUS, status="picked_up", minutes=5), ("trigger", "status")),
        (draft(On.IN_STATUS, status="done", minutes=5), ("trigger", "status")),
        (draft(On.PLACED, minutes=5), ("trigger", "minutes")),
        (draft(On.DAILY), ("trigger", "at")),
        (draft(On.DAILY, at="24:00"), ("trigger", "at")),
        (draft(On.DAILY, at="7:30"), ("trigger", "at")),
        (draft(On.PLACED, at="10:00"), ("trigger", "at")),
        (draft(On.PLACED, name=" "), ("name", "name")),
        (draft(On.PLACED, name="a\nb"), ("name", "name")),
        (draft(On.PLACED, options=Options(Once.CUSTOMER)), ("options", "once_days")),
        (draft(On.PLACED, options=Options(once_days=3)), ("options", "once_days")),
        (
            draft(On.PLACED, options=Options(skip_after_minutes=-1)),
            ("options", "skip_after_minutes"),
        ),
        (draft(On.PLACED, options=Options(between=("9", "10:00"))), ("options", "between")),
        (draft(On.PLACED, options=Options(between=("09:00", "09:00"))), ("options", "between")),
    ],
)
def test_a_rule_names_the_part_that_cannot_be(rule: Rule, place: tuple[str, str]) -> None:
    assert place in places(rule)


@pytest.mark.parametrize(
    "condition",
    [
        Condition(Field.STATUS, ("burnt",)),
        Condition(Field.DISH, ("3",)),
        Condition(Field.CATEGORY, ("1",)),
        Condition(Field.LANGUAGE, ("tlh",)),
        Condition(Field.WEEKDAY, ("8",)),
        Condition(Field.OFFERS, ("maybe",)),
        Condition(Field.VALUE, ("ten",), Comparison.AT_LEAST),
        Condition(Field.VALUE, ("-1",), Comparison.AT_LEAST),
        Condition(Field.VALUE, ("٣",), Comparison.AT_LEAST),
        Condition(Field.VALUE, ("5", "1"), Comparison.BETWEEN),
        Condition(Field.VALUE, ("5",), Comparison.BETWEEN),
        Condition(Field.VALUE, (), Comparison.ONE_OF),
        Condition(Field.RATING, ("6",), Comparison.AT_MOST),
        Condition(Field.TIME, ("25:00", "10:00"), Comparison.BETWEEN),
        Condition(Field.TIME, ("10:00",), Comparison.ONE_OF),
        Condition(Field.FULFILMENT, ("pickup",), Comparison.AT_LEAST),
        Condition(Field.ORDER_TAG, ("a\x07b",)),
        Condition(Field.ORDER_TAG, ("x" * 101,)),
        Condition(Field.ORDER_TAG, tuple(str(no) for no in range(51))),
    ],
)
def test_a_condition_that_cannot_be_is_numbered(condition: Condition) -> None:
    good = Condition(Field.HAS_PHONE, ("yes",))
    rule = draft(
        On.PLACED, when=Group(conditions=(good,), groups=(Group(conditions=(condition,)),))
    )
    assert {place for place, _ in places(rule)} == {"condition 2 of 2"}


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Send("", ""), "about"),
        (Send("", "poem"), "about"),
        (Send("", "ready", ()), "channels"),
        (Send("", "ready", ("pigeon",)), "channels"),
        (Send("", "ready", ("sms", "sms")), "channels"),
        (Send("", "ready", grace_s=-1), "grace_s"),
        (Send("", "ready", grace_s=120, ttl_minutes=2), "ttl_minutes"),
        (Send("", "ready", ttl_minutes=0), "ttl_minutes"),
        (Send("", "ready", leg_minutes=0), "leg_minutes"),
        (SetStatus("", "fried"), "kind"),
        (SetTag("", " "), "tag"),
        (SetTag("", "vip", on="shop"), "on"),
        (CallWebhook("", "../../etc/passwd"), "target"),
        (CallWebhook("", ""), "target"),
        (TellStaff("", ""), "words"),
        (TellStaff("", "{{ shop.__class__ }}"), "words"),
        (TellStaff("", "{% for a in b %}"), "words"),
        (OpenTask("", "x" * 201), "words"),
        (TellStaff("not-a-uuid", "look"), "id"),
    ],
)
def test_a_step_that_cannot_be_is_numbered(step: Step, field: str) -> None:
    assert ("step 1 of 2", field) in places(draft(ENTERED, step, TELL, status="ready"))


@pytest.mark.parametrize(
    "wait",
    [
        Wait(""),
        Wait("", seconds=60, until="10:00"),
        Wait("", seconds=-5),
        Wait("", seconds=401 * 86_400),
        Wait("", until="soon"),
        Wait("", minutes_before_promise=-1),
    ],
)
def test_a_wait_says_one_thing_that_can_be(wait: Wait) -> None:
    assert "step 1 of 2" in {place for place, _ in places(draft(On.PLACED, wait, TELL))}


def test_nothing_may_follow_a_wait_is_said() -> None:
    assert ("step 2 of 2", "do") in places(draft(On.PLACED, TELL, Wait("", seconds=5)))
    assert ("step 1 of 1", "do") in places(draft(On.PLACED, Recheck("")))


def test_a_status_that_can_never_follow_is_refused() -> None:
    ready = draft(ENTERED, SetStatus("", "preparing"), status="ready")
    assert ("step 1 of 1", "kind") in places(ready)
    assert places(draft(ENTERED, SetStatus("", "picked_up"), status="ready")) == []
    assert places(draft(ENTERED, SetStatus("", "cancelled"), status="preparing")) == []
    ended = draft(ENTERED, SetStatus("", "cancelled"), status="delivered")
    assert ("step 1 of 1", "kind") in places(ended)
    twice = draft(
        ENTERED, SetStatus("", "preparing"), SetStatus("", "picked_up"), status="accepted"
    )
    assert ("step 2 of 2", "kind") in places(twice)


def test_a_daily_rule_is_about_no_order() -> None:
    asks = draft(On.DAILY, at="22:00", conditions=(Condition(Field.STATUS, ("ready",)),))
    assert ("condition 1 of 1", "field") in places(asks)
    assert ("step 1 of 1", "do") in places(draft(On.DAILY, SAY, at="22:00"))
    call = CallWebhook("", "01900000-0000-7000-8000-0000000000ff")
    assert ("step 1 of 1", "do") in places(draft(On.DAILY, call, at="22:00"))
    assert places(draft(On.DAILY, at="22:00")) == []


def test_limits_hold() -> None:
    one = Condition(Field.HAS_PHONE, ("yes",))
    assert ("conditions", "conditions") in places(draft(On.PLACED, conditions=(one,) * 21))
    assert ("steps", "steps") in places(draft(On.PLACED, *(TELL,) * 11))
    deep = Group(groups=(Group(groups=(Group(groups=(Group(conditions=(one,)),)),)),))
    assert ("conditions", "groups") in places(draft(On.PLACED, when=deep))
    assert places(draft(On.PLACED, when=deep.groups[0])) == []
    nothing = msgspec.structs.replace(draft(On.PLACED), steps=())
    assert ("steps", "steps") in places(nothing)


def test_the_place_and_the_words_come_in_both_languages() -> None:
    rule = draft(On.PLACED, conditions=(Condition(Field.STATUS, ("burnt",)),))
    found = problems(rule, KNOWN)[0]
    assert found.words(Texts("en")) == "condition 1 of 1: There is no “burnt” to choose"
    assert found.words(Texts("uk")) == "умова 1 з 1: Вибрати «burnt» не можна"
    with pytest.raises(BadInput) as refusal:
        refuse(rule, KNOWN)
    assert refusal.value.field == "condition 1 of 1"


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (draft(On.PLACED, TellOwner("")), "do"),
        (draft(On.DAILY, TellOwner("", ()), at="09:00"), "channels"),
        (draft(On.DAILY, TellOwner("", ("push",)), at="09:00"), "channels"),
        (draft(On.DAILY, TellOwner("", day="tomorrow"), at="09:00"), "day"),
    ],
)
def test_the_owner_is_told_of_a_day_by_a_daily_rule(rule: Rule, field: str) -> None:
    assert [one.field for one in problems(rule, KNOWN)] == [field]
    assert not problems(draft(On.DAILY, TellOwner(""), at="09:00"), KNOWN)
