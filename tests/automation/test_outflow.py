"""Texts of orders that are played one after the other are counted in the order of time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.book import ready
from pos_app.automation.model import On, RuleVersion, Send
from pos_app.automation.outcomes import Outcome
from pos_app.automation.outflow import Outflow
from pos_app.automation.past import World
from pos_app.automation.tally import Tally
from pos_app.clock import DAY_MS, HOUR_MS, Instant
from pos_app.config import TextLimits
from tests.automation.drafts import draft
from tests.automation.orders import NOON, order

FAR = Instant(1 << 60)
READY, OFFER = Send("1", "ready"), Send("2", "come_back")
RULE = ready(RuleVersion(draft(On.PLACED, READY, OFFER), 1))
LIMITS = TextLimits(to_number_a_day=2, a_day=4, month_budget=700)
TEXTS = st.lists(
    st.tuples(st.integers(0, 60), st.booleans(), st.sampled_from(["+380671", "+380672", ""])),
    max_size=25,
)


def played(texts: list[tuple[int, bool, str]], *, settles: bool) -> Outcome:
    """What leaves of texts `(hour, is an offer, number)`, each for 100; `settles` between them."""
    world = World("UTC", FAR, prices={"sms": 100}, text_limits=LIMITS)
    tally = Tally(world)
    outflow = Outflow(world, tally)
    for place, (hour, is_offer, phone) in enumerate(texts):
        if settles:
            outflow.settle(Instant(NOON + min(h for h, _, _ in texts[place:]) * HOUR_MS))
        step, at = OFFER if is_offer else READY, Instant(NOON + hour * HOUR_MS)
        outflow.leave(RULE, step, "sms", order(phone=phone), at)
    outflow.settle(FAR)
    return tally.outcome(len(texts))


@given(texts=TEXTS)
def test_when_they_are_counted_changes_nothing(texts: list[tuple[int, bool, str]]) -> None:
    assert played(texts, settles=True) == played(texts, settles=False)


@given(texts=TEXTS)
def test_no_day_no_number_and_no_month_has_more_than_it_may(
    texts: list[tuple[int, bool, str]],
) -> None:
    found = played(texts, settles=False)
    times = [one.at for one in found.said]
    for at in times:
        assert sum(at - DAY_MS < other <= at for other in times) <= LIMITS.a_day
    assert found.cost <= LIMITS.month_budget
    assert found.texts + sum(found.unsaid.values()) == len(texts)


def test_the_cap_of_a_number_counts_the_last_day_only() -> None:
    found = played(
        [(0, False, "+1"), (1, False, "+1"), (2, False, "+1"), (24, False, "+1")], settles=True
    )
    assert [(one.at - NOON) // HOUR_MS for one in found.said] == [0, 1, 24]
    assert dict(found.unsaid) == {"too_many": 1}


def test_of_two_that_leave_at_once_the_more_urgent_is_asked_first() -> None:
    filled = [(hour * 24, False, "") for hour in range(4)]
    found = played([*filled, (99, True, ""), (99, False, "")], settles=False)
    assert [one.about for one in found.said] == ["ready"] * 5
    assert dict(found.unsaid) == {"spared": 1}
