"""A simulated day says what the rules did on that day: the desk is asked act by act.

A shop lives a day with random rules on, every minute of it, and afterwards the same rules are
tried on that day. Left out are what a simulation says it does not know: rules that answer each
other, conditions that change by themselves while a rule of time looks, and what such a rule saw
in the seconds until it was undone: to a simulation that has not happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from pos_app.automation.model import (
    OF_TIME,
    Comparison,
    Condition,
    Field,
    Group,
    Join,
    Mode,
    On,
    Once,
    Options,
    Recheck,
    Rule,
    Send,
    Step,
    TellStaff,
    Wait,
)
from pos_app.automation.outcomes import Said
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, MINUTE_MS, Instant, VirtualClock, business_date
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from pos_app.lanes.sync import sync_once
from pos_app.store import messages, tables
from tests.automation.drafts import draft
from tests.support.shops import EVENING, line, open_test_shop, pickup

Spoken = tuple[str, str, int]
"""Which rule, which step, and how many minutes into the day."""

CONDITIONS = st.sampled_from(
    [
        Condition(Field.STATUS, ("preparing", "ready")),
        Condition(Field.PHASE, ("in_kitchen",), Comparison.NONE_OF),
        Condition(Field.PAYMENT_STATE, ("paid",)),
        Condition(Field.PAYMENT_TYPE, ("card",)),
        Condition(Field.ITEMS, ("2",), Comparison.AT_LEAST),
        Condition(Field.VALUE, ("30000",), Comparison.AT_LEAST),
        Condition(Field.PAST_ORDERS, ("1",), Comparison.AT_LEAST),
        Condition(Field.HAS_PHONE, ("yes",)),
    ]
)
GROUPS = st.builds(
    Group, join=st.sampled_from(Join), conditions=st.lists(CONDITIONS, max_size=2).map(tuple)
)
STEPS = st.one_of(
    st.builds(
        Send, st.just(""), st.sampled_from(["accepted", "ready"]), grace_s=st.sampled_from([0, 60])
    ),
    st.builds(TellStaff, st.just(""), st.just("look")),
    st.builds(Recheck, st.just("")),
    st.builds(Wait, st.just(""), st.sampled_from([120, 300, 900])),
    st.just(Wait("", minutes_before_promise=3)),
)
OPTIONS = st.builds(
    Options,
    once=st.sampled_from([Once.ORDER, Once.ENTRY, Once.ALWAYS]),
    mode=st.sampled_from(Mode),
    stops_when_moved=st.booleans(),
)
TRIGGERS = st.sampled_from(
    [
        (On.PLACED, "", 0),
        (On.NEW_CUSTOMER, "", 0),
        (On.ENTERED, "", 0),
        (On.ENTERED, "ready", 0),
        (On.ENTERED, "done", 0),
        (On.LEFT, "preparing", 0),
        (On.PAID, "", 0),
        (On.PROMISE_MOVED, "", 0),
        (On.IN_STATUS, "ready", 4),
        (On.IN_STATUS, "in_kitchen", 10),
        (On.BECAME_LATE, "", 0),
    ]
)
ACTS = st.sampled_from(
    [
        ("bump", 1),
        ("bump", 6),
        ("bump", 0),
        ("undo", 0),
        ("recall", 2),
        ("pay", 1),
        ("later", 3),
        ("add", 2),
        ("void", 1),
        ("make", 1),
        ("hold", 1),
        ("fire", 2),
        ("give out", 4),
        ("cancel", 3),
        ("refund", 2),
        ("wait", 25),
    ]
)


@st.composite
def rules(chosen: st.DrawFn) -> Rule:
    on, status, minutes = chosen(TRIGGERS)
    options = chosen(OPTIONS)
    if on in OF_TIME and options.once is Once.ALWAYS:
        # Such a rule speaks at every look of the lane, however often that is.
        options = replace(options, once=Once.ENTRY)
    steps: Sequence[Step] = chosen(st.lists(STEPS, min_size=1, max_size=4))
    made = draft(
        on,
        *steps,
        status=status,
        minutes=minutes,
        when=chosen(GROUPS),
        options=options,
    )
    return made


class Days:
    """One shop that lives one day after the other."""

    def __init__(self, shop: Shop, clock: VirtualClock) -> None:
        self.shop, self.clock, self.count = shop, clock, 0

    def live(self, drafts: Sequence[Rule], acts: Sequence[tuple[str, int]]) -> list[Rule]:
        """A new day with these rules, on which these acts happen to one order."""
        desk = self.shop.desk
        self._forget_rules()
        self.count += 1
        self.clock.set(Instant(EVENING + self.count * DAY_MS))
        kept = []
        for one in drafts:
            try:
                kept.append(desk.rules.save(one, on=True))
            except BadInput:
                continue
        # Each guest comes twice.
        phone = f"+38067{self.count // 2:07d}"
        order_id = desk.place(pickup(self.shop, phone=phone)).order.id
        looks = any(one.trigger.on in OF_TIME for one in drafts)
        for name, minutes in acts:
            if name != "undo" or not looks:
                self._pass(minutes)
            try:
                self._act(name, order_id)
            except Refused:
                continue
        self._pass(30)
        return kept

    def _pass(self, minutes: int) -> None:
        """So many minutes go by, and the lanes look at each of them."""
        self._look()
        for _ in range(minutes):
            self.clock.advance(MINUTE_MS)
            self._look()

    def _look(self) -> None:
        """The lanes do what is due: runs, what comes true by itself, texts."""
        rules = self.shop.desk.rules
        rules.do_due()
        rules.watch_time()
        with self.shop.database.read() as connection:
            _, since = messages.waiting(connection)
        if since is not None:
            assert sync_once(self.shop).problems == ()
        rules.do_due()

    def _act(self, name: str, order_id: int) -> None:
        desk = self.shop.desk
        card = desk.order(order_id)
        assert card is not None
        order = card.order
        act: dict[str, Callable[[], object]] = {
            "bump": lambda: desk.bump(order_id) if order.kind is not Kind.READY else None,
            "undo": lambda: desk.undo(order_id),
            "recall": lambda: desk.recall(order_id),
            "pay": lambda: desk.pay(order_id, "card"),
            "later": lambda: desk.kitchen.give_minutes(order_id, 5),
            "add": lambda: desk.add_line(order_id, line(self.shop, "Margherita")),
            "void": lambda: desk.void_line(order_id, 1),
            "make": lambda: desk.check_off(order_id, order.open_lines[0].id, made=True),
            "hold": lambda: desk.kitchen.hold(order_id),
            "fire": lambda: desk.kitchen.fire(order_id),
            "give out": lambda: desk.handover.hand_over(order_id, None, "cash"),
            "cancel": lambda: desk.cancel(order_id, "no time"),
            "refund": lambda: desk.handover.refund(order_id, "cash"),
            "wait": lambda: None,
        }
        act[name]()

    def spoken(self, kept: Sequence[Rule]) -> list[Spoken]:
        """What the shop did on this day: texts that left, and what the staff was told."""
        ids = [rule.id for rule in kept]
        sent, said = tables.messages.c, tables.tasks.c
        with self.shop.database.read() as connection:
            left = connection.execute(
                select(sent.rule_id, sent.about, sent.not_before).where(
                    sent.rule_id.in_(ids), sent.state.in_(("sent", "delivered"))
                )
            ).all()
            told = connection.execute(
                select(said.rule_id, said.created_at).where(said.rule_id.in_(ids))
            ).all()
        return sorted(
            [(row.rule_id, row.about, self._minute(row.not_before)) for row in left]
            + [(row.rule_id, "tell_staff", self._minute(row.created_at)) for row in told]
        )

    def simulated(self, kept: Sequence[Rule]) -> list[Spoken]:
        """What the same rules would have done on the same day, tried afterwards."""
        found = self.shop.desk.rules.simulate(kept, day=self._day())
        assert found.drafts.said == found.now_on.said
        return sorted(self._simulated(one) for one in found.drafts.said)

    def _day(self) -> date:
        zone = self.shop.desk.setup().settings.shop.zone
        return business_date(Instant(EVENING + self.count * DAY_MS), zone, 4)

    def _simulated(self, one: Said) -> Spoken:
        return (one.rule_id, one.about or one.step, self._minute(one.at))

    def _minute(self, at: int) -> int:
        """The minute at which the lanes, which look at each full one, do what is due at `at`."""
        return -(-(at - (EVENING + self.count * DAY_MS)) // MINUTE_MS)

    def _forget_rules(self) -> None:
        """A day that differed must not spoil those after it."""
        for known in self.shop.desk.rules.everything():
            self.shop.desk.rules.delete(known.rule.id)


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Days]:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "data", clock=clock) as shop:
        yield Days(shop, clock)


@pytest.mark.timeout(600)  # only an example that is wrong takes long: it is made small first
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    drafts=st.lists(rules(), min_size=2, max_size=4), acts=st.lists(ACTS, min_size=4, max_size=8)
)
def test_a_simulated_day_says_what_the_rules_did(
    days: Days, drafts: list[Rule], acts: list[tuple[str, int]]
) -> None:
    kept = days.live(drafts, acts)
    assert days.simulated(kept) == days.spoken(kept)
