"""One evening as a machine: what people do at counter and board, and what must stay true."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.board import is_held
from pos_app.domain.order import Customer, Draft, LineDraft, Order, PaymentDraft, Ticket, total_of
from pos_app.domain.workflow import KITCHEN_KINDS, Fulfilment, Kind, Source, has_ended
from pos_app.errors import Refused
from pos_app.lanes.sync import sync_once
from pos_app.store import messages, tables
from tests.support.shops import EVENING, copied_shop

T = TypeVar("T")
FULFILMENTS = st.sampled_from([Fulfilment.PICKUP, Fulfilment.DINE_IN])
SOURCES = st.sampled_from(list(Source))


def may_bump(order: Order, ticket: Ticket | None = None) -> bool:
    """Whether a tap of the pass, or of the station of `ticket`, moves anything."""
    stands = order.kind if ticket is None else ticket.kind
    if has_ended(order.kind) or (ticket is not None and order.kind not in KITCHEN_KINDS):
        return False
    if order.kind not in KITCHEN_KINDS:
        return True
    alarmed = order.allergy_seen_at is None if ticket is None else ticket.allergy_seen_at is None
    changes = order.unseen_changes if ticket is None else ticket.changes
    if is_held(order) or (order.allergy and alarmed):
        return False
    if stands is Kind.PREPARING:
        return not changes
    return ticket is None or stands is not Kind.READY


class Evening(RuleBasedStateMachine):
    """One shop, one clock; every rule is something a person does at the counter or the board."""

    template: Path

    orders = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="evening-"))
        copied_shop(self.template, self.folder / "shop")
        self.clock = VirtualClock(EVENING)
        self.shop: Shop = open_shop(self.folder / "shop", clock=self.clock)
        self.placed = 0

    def teardown(self) -> None:
        self.shop.close()
        shutil.rmtree(self.folder)

    @initialize()
    def open_the_menu(self) -> None:
        menu = self.shop.desk.setup().menu
        # One dish of each station, so that orders have several tickets.
        by_station = {dish.station_id: dish.id for dish in menu.dishes}
        self.dishes = sorted(by_station.values())

    def order(self, order_id: int) -> Order:
        card = self.shop.desk.order(order_id)
        assert card is not None
        return card.order

    def everything(self) -> list[Order]:
        return [card.order for card in self.shop.desk.search("", limit=1_000)]

    def attempt(self, act: Callable[[], T]) -> T | None:
        """What a screen does: a refusal is said, anything else is a bug."""
        try:
            return act()
        except Refused:
            return None

    @rule(
        target=orders,
        lines=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=2, max_size=4),
        fulfilment=FULFILMENTS,
        source=SOURCES,
        texts=st.booleans(),
        paid=st.sampled_from([None, False, True]),
    )
    def place(
        self,
        lines: list[tuple[int, int]],
        fulfilment: Fulfilment,
        source: Source,
        texts: bool,
        paid: bool | None,
    ) -> int:
        draft = Draft(
            fulfilment,
            tuple(LineDraft(self.dishes[dish], count) for dish, count in lines),
            source=source,
            customer=Customer("Iryna", "+380671234567", "uk", order_texts=texts),
            payment=None if paid is None else PaymentDraft("cash", paid),
        )
        self.placed += 1
        return self.shop.desk.place(draft).order.id

    @rule(order_id=orders)
    def bump(self, order_id: int) -> None:
        before = self.order(order_id)
        bumped = self.attempt(lambda: self.shop.desk.bump(order_id, before.entry))
        assert (bumped is not None) == may_bump(before)

    @rule(order_id=orders)
    def bump_twice_from_the_same_card(self, order_id: int) -> None:
        entry = self.order(order_id).entry
        first = self.attempt(lambda: self.shop.desk.bump(order_id, entry))
        if first is not None:
            second = self.shop.desk.bump(order_id, entry)
            assert first.moved
            assert not second.moved
            assert second.order == first.order

    @rule(order_id=orders, which=st.integers(0, 3), taps=st.integers(1, 2))
    def bump_a_station(self, order_id: int, which: int, taps: int) -> None:
        tickets = self.order(order_id).tickets
        station_id = tickets[which % len(tickets)].station_id
        for _ in range(taps):
            self._tap_station(order_id, station_id)

    def _tap_station(self, order_id: int, station_id: int) -> None:
        before = self.order(order_id)
        ticket = next(t for t in before.tickets if t.station_id == station_id)
        entry = ticket.entry
        bumped = self.attempt(lambda: self.shop.desk.bump(order_id, entry, station_id=station_id))
        assert (bumped is not None) == may_bump(before, ticket)
        if bumped is None:
            return
        assert bumped.moved
        others = [t.kind for t in bumped.order.tickets if t.station_id != station_id]
        if any(kind is not Kind.READY for kind in others):
            assert bumped.order.kind is not Kind.READY, "a partial bump completed the order"

    @rule(order_id=orders, which=st.none() | st.integers(0, 3))
    def see(self, order_id: int, which: int | None) -> None:
        tickets = self.order(order_id).tickets
        station_id = None if which is None else tickets[which % len(tickets)].station_id
        seen = self.shop.desk.kitchen.see(order_id, station_id)
        mine = [t for t in seen.tickets if station_id in (None, t.station_id)]
        assert not [t for t in mine if t.changes]
        assert not seen.allergy or all(t.allergy_seen_at is not None for t in mine)

    @rule(order_id=orders)
    def undo(self, order_id: int) -> None:
        self.attempt(lambda: self.shop.desk.undo(order_id))

    @rule(order_id=orders)
    def recall(self, order_id: int) -> None:
        self.attempt(lambda: self.shop.desk.recall(order_id))

    @rule(order_id=orders, is_meant=st.sampled_from([False, False, True]))
    def cancel(self, order_id: int, is_meant: bool) -> None:
        # Orders that end at once teach little: most guests stay.
        if not is_meant:
            return
        was = self.order(order_id)
        done = self.attempt(lambda: self.shop.desk.cancel(order_id, "guest left"))
        assert (done is None) == has_ended(was.kind)

    @rule(order_id=orders, kind=st.sampled_from(["cash", "card", "online"]))
    def pay(self, order_id: int, kind: str) -> None:
        was = self.order(order_id)
        paid = self.attempt(lambda: self.shop.desk.pay(order_id, kind))
        if paid is not None:
            assert was.due > 0
            assert paid.due == 0

    @rule(order_id=orders, dish=st.integers(0, 3), count=st.integers(1, 3))
    def add_line(self, order_id: int, dish: int, count: int) -> None:
        was = self.order(order_id)
        line = LineDraft(self.dishes[dish], count)
        after = self.attempt(lambda: self.shop.desk.add_line(order_id, line))
        if after is not None:
            assert was.kind in KITCHEN_KINDS
            assert after.kind is not Kind.READY, "a new dish is not made yet"

    @rule(order_id=orders, which=st.integers(0, 5))
    def void_line(self, order_id: int, which: int) -> None:
        lines = self.order(order_id).open_lines
        no = lines[which % len(lines)].no
        self.attempt(lambda: self.shop.desk.void_line(order_id, no))

    @rule(order_id=orders, which=st.integers(0, 5), made=st.booleans())
    def check_off(self, order_id: int, which: int, made: bool) -> None:
        was = self.order(order_id)
        line = was.open_lines[which % len(was.open_lines)]
        after = self.attempt(lambda: self.shop.desk.check_off(order_id, line.id, made))
        if after is not None:
            assert after.kind is was.kind

    @rule(seconds=st.sampled_from([0, 1, 9, 11, 29, 31, 240, 1_800, 90_000]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds * SECOND_MS)

    @rule()
    def the_lane_sends_what_is_due(self) -> None:
        report = sync_once(self.shop)
        assert not report.held_elsewhere
        assert report.problems == ()

    @invariant()
    def the_check_finds_nothing(self) -> None:
        assert self.shop.desk.check().problems == ()

    @invariant()
    def every_order_tells_the_truth(self) -> None:
        self.judge(self.everything())

    def judge(self, everything: list[Order]) -> None:
        """What must be true of all orders, which are read once for all of it."""
        self.the_board_shows_exactly_the_open_orders(everything)
        self.totals_are_what_the_lines_make(everything)
        self.numbers_have_no_gaps_and_no_twins(everything)
        self.entries_of_ended_orders_wait_for_nothing(everything)

    def the_board_shows_exactly_the_open_orders(self, everything: list[Order]) -> None:
        board = self.shop.desk.board()
        assert len(everything) == self.placed
        still_open = {order.id for order in everything if not has_ended(order.kind)}
        assert {card.order.id for card in board} == still_open

    def totals_are_what_the_lines_make(self, everything: list[Order]) -> None:
        for order in everything:
            assert order.total == total_of(order.lines, order.adjustments)
            assert order.due == max(0, order.total - order.paid)

    def numbers_have_no_gaps_and_no_twins(self, everything: list[Order]) -> None:
        numbers: dict[str, list[int]] = {}
        for order in everything:
            day = numbers.setdefault(order.business_date, [])
            day.append(int(order.number.removeprefix("A")))
        with self.shop.database.read() as connection:
            skipped = connection.execute(
                select(tables.journal.c.seq).where(tables.journal.c.kind == "number_skipped")
            ).all()
        missing = sum(max(day) - len(set(day)) for day in numbers.values())
        assert all(len(day) == len(set(day)) for day in numbers.values())
        assert missing <= len(skipped)

    @invariant()
    def one_message_per_key_and_none_said_twice(self) -> None:
        with self.shop.database.read() as connection:
            columns = tables.messages.c
            rows = connection.execute(
                select(columns.key, columns.order_id, columns.rule_id, columns.about, columns.state)
            ).all()
        assert len({(row.order_id, row.key) for row in rows}) == len(rows)
        stand = [row for row in rows if row.state in ("waiting", "sent")]
        said = Counter((row.order_id, row.rule_id) for row in stand if row.rule_id)
        # Whoever was told that it is not ready after all has to hear again when it is.
        corrected = Counter(
            row.order_id
            for row in rows
            if row.about == messages.CORRECTION and row.state not in messages.TAKEN_BACK
        )
        assert all(count <= 1 + corrected[order_id] for (order_id, _), count in said.items())

    def entries_of_ended_orders_wait_for_nothing(self, everything: list[Order]) -> None:
        ended = [order.id for order in everything if order.kind is Kind.CANCELLED]
        with self.shop.database.read() as connection:
            found = messages.of_orders(connection, ended)
        assert not [m for rows in found.values() for m in rows if m.state == "waiting"]
