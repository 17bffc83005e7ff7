"""The evening at two windows of one store: each acts on the cards that it saw last.

Every rule of the kitchen's evening is done at whichever window has the floor; the rules here act
on stale cards, crash a window in the middle of an act, and let the lanes change hands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import MINUTE_MS
from pos_app.desk import bumping
from pos_app.domain.order import Customer, Draft, LineDraft, Order
from pos_app.domain.workflow import Fulfilment, has_ended, next_kind
from pos_app.errors import OrderbellError, Refused
from pos_app.lanes.lease import Lease
from pos_app.lanes.sync import sync_once
from pos_app.store import audit, sending, tables
from tests.property.evening import T
from tests.property.kitchen_evening import KitchenEvening

WINDOWS = st.integers(0, 1)
SELDOM = st.sampled_from([False, False, False, True])


class Crash(Exception):
    """The process ends here."""


class TwoWindows(KitchenEvening):
    """`windows` are two processes' worth of an open shop; `seen` is what each shows."""

    orders = KitchenEvening.orders

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[Shop] = [self.shop, self._open("tablet")]
        self.seen: list[dict[int, Order]] = [{}, {}]

    def teardown(self) -> None:
        self.windows[1 - self.windows.index(self.shop)].close()
        super().teardown()

    def _open(self, device: str) -> Shop:
        shop = open_shop(self.folder / "shop", clock=self.clock)
        shop.desk.device_id = device
        return replace(shop, desk=shop.desk.apart(device))

    @rule(window=WINDOWS)
    def somebody_comes_to(self, window: int) -> None:
        self.shop = self.windows[window]

    @rule(window=WINDOWS)
    def look(self, window: int) -> None:
        """The window shows every order as it is now; until it looks again it knows no better."""
        found = self.windows[window].desk.search("", limit=1_000)
        self.seen[window] = {card.order.id: card.order for card in found}

    def _stale(self, window: int, order_id: int, act: Callable[[Shop, Order], T]) -> T | None:
        """Act at `window` on the card that it shows; a refusal is an answer."""
        card = self.seen[window].get(order_id)
        if card is None:
            return None
        try:
            return act(self.windows[window], card)
        except OrderbellError:
            return None

    @rule(window=WINDOWS, order_id=orders)
    def bump_what_is_shown(self, window: int, order_id: int) -> None:
        before = self.order(order_id)
        bumped = self._stale(
            window, order_id, lambda shop, card: shop.desk.bump(card.id, card.entry)
        )
        if bumped is not None and self.seen[window][order_id].entry != before.entry:
            assert not bumped.moved, "a tap on an old card moved a new entry"
            assert bumped.order == before

    @rule(window=WINDOWS, order_id=orders, which=st.integers(0, 3))
    def bump_a_shown_ticket(self, window: int, order_id: int, which: int) -> None:
        before = self.order(order_id)

        def tap(shop: Shop, card: Order) -> bumping.Bumped:
            ticket = card.tickets[which % len(card.tickets)]
            return shop.desk.bump(card.id, ticket.entry, station_id=ticket.station_id)

        bumped = self._stale(window, order_id, tap)
        if bumped is None:
            return
        shown = self.seen[window][order_id].tickets
        ticket = shown[which % len(shown)]
        fresh = {t.station_id: t.entry for t in before.tickets}
        if fresh.get(ticket.station_id) != ticket.entry:
            assert not bumped.moved

    @rule(order_id=orders)
    def both_tap_the_same_card(self, order_id: int) -> None:
        entry = self.order(order_id).entry
        moved = [
            done.moved
            for shop in self.windows
            if (done := self.attempt(lambda shop=shop: shop.desk.bump(order_id, entry)))  # type: ignore[misc]
        ]
        assert moved.count(True) <= 1

    @rule(window=WINDOWS, order_id=orders, payment=st.sampled_from([None, "cash", "unpaid"]))
    def hand_over_what_is_shown(self, window: int, order_id: int, payment: str | None) -> None:
        before = self.order(order_id)
        done = self._stale(
            window,
            order_id,
            lambda shop, card: shop.desk.handover.hand_over(card.id, card.entry, payment),
        )
        if done is not None and done.moved:
            assert self.seen[window][order_id].entry == before.entry

    @rule(window=WINDOWS, order_id=orders, which=st.integers(0, 5))
    def void_a_shown_line(self, window: int, order_id: int, which: int) -> None:
        def void(shop: Shop, card: Order) -> Order:
            return shop.desk.void_line(card.id, card.lines[which % len(card.lines)].no)

        self._stale(window, order_id, void)

    @rule(window=WINDOWS, order_id=orders, which=st.integers(0, 5))
    def check_off_a_shown_line(self, window: int, order_id: int, which: int) -> None:
        def tick(shop: Shop, card: Order) -> Order:
            return shop.desk.check_off(card.id, card.lines[which % len(card.lines)].id, True)

        self._stale(window, order_id, tick)

    @rule(window=WINDOWS, order_id=orders)
    def undo_elsewhere(self, window: int, order_id: int) -> None:
        self._stale(window, order_id, lambda shop, card: shop.desk.undo(card.id))

    @rule(window=WINDOWS, order_id=orders, amount=st.sampled_from([None, 1, 10**9]))
    def refund(self, window: int, order_id: int, amount: int | None) -> None:
        self._stale(
            window,
            order_id,
            lambda shop, card: shop.desk.handover.refund(card.id, "cash", amount),
        )

    @rule(window=WINDOWS, dish=st.integers(0, 3))
    def sell_out(self, window: int, dish: int) -> None:
        """What one window marks, the other refuses at once; then it is there again."""
        mine, other = self.windows[window], self.windows[1 - window]
        mine.desk.mark_sold_out(self.dishes[dish], True)
        draft = Draft(Fulfilment.PICKUP, (LineDraft(self.dishes[dish], 1),), customer=Customer())
        try:
            other.desk.place(draft)
        except Refused:
            other.desk.mark_sold_out(self.dishes[dish], False)
        else:
            raise AssertionError("a dish was sold that is sold out")

    @rule(window=WINDOWS, dish=st.integers(0, 3), price=st.integers(0, 50_000))
    def change_the_menu(self, window: int, dish: int, price: int) -> None:
        """The other window sells at the new price; whoever still sees the old dish is refused."""
        mine, other = self.windows[window], self.windows[1 - window]
        seen = other.desk.setup().menu.dish(self.dishes[dish])
        assert seen is not None
        wanted = replace(seen, price=price, prep_minutes=seen.prep_minutes + 1, modifiers=())
        mine.desk.menu.change_dish(seen, wanted)
        assert self.attempt(lambda: other.desk.menu.change_dish(seen, seen)) is None
        now = other.desk.setup().menu.dish(seen.id)
        assert now is not None
        assert now.price == price
        mine.desk.menu.take_off(seen.id)
        other.desk.menu.put_back(seen.id)

    @rule(window=WINDOWS, order_id=orders)
    def crash_in_an_act(self, window: int, order_id: int) -> None:
        """The process ends between the first row and the commit, and is started again."""
        before = self.order(order_id)
        shop = self.windows[window]
        try:
            with shop.desk.act() as act:
                self.attempt(lambda: bumping.bump(act, order_id, before.entry, None))
                raise Crash
        except Crash:
            self._restart(window)
        assert self.order(order_id) == before

    def _restart(self, window: int) -> None:
        had_the_floor = self.shop is self.windows[window]
        self.windows[window].close()
        self.windows[window] = self._open(f"again-{window}")
        self.seen[window] = {}
        if had_the_floor:
            self.shop = self.windows[window]

    @rule(window=WINDOWS)
    def die_with_a_text_on_its_way(self, window: int) -> None:
        """Claimed, and then nobody knows: the other window's lanes give it to the channel again."""
        shop = self.windows[window]
        lease = Lease(shop)
        assert lease.take()
        with shop.desk.act() as act:
            for message in sending.due(act.connection, "sms", act.now, 1):
                sending.claim(act.connection, message.id, lease.fence, act.now)
        assert sync_once(self.windows[1 - window]).held_elsewhere
        lease.release()
        self._restart(window)
        assert sync_once(self.windows[1 - window]).problems == ()
        with self.shop.database.read() as connection:
            assert not sending.unresolved(connection, "sms", lease.fence + 10**6, self.clock.now())

    @rule(window=WINDOWS, send=st.booleans(), answer=st.sampled_from(["gone", "here"]))
    def cut_the_power(self, window: int, send: bool, answer: str) -> None:
        since = self.clock.now()
        self.clock.advance(11 * MINUTE_MS)
        mine, other = self.windows[window], self.windows[1 - window]
        if not mine.desk.evening.begin_catch_up(since):
            return
        asked = other.desk.evening.catching_up()
        if asked is not None and asked.cards:
            other.desk.evening.settle([asked.cards[0].order.id], answer)
        self.attempt(lambda: mine.desk.evening.finish_catch_up(send=send))
        assert other.desk.evening.catching_up() is None

    @rule(window=WINDOWS, is_meant=SELDOM)
    def close_the_day(self, window: int, is_meant: bool) -> None:
        if not is_meant:
            return
        mine, other = self.windows[window], self.windows[1 - window]
        day = mine.desk.evening.end_of_day()
        for card in day.cards:
            self.attempt(
                lambda card=card: mine.desk.evening.close_order(card.order.id, "collected")  # type: ignore[misc]
            )
        self.attempt(lambda: other.desk.evening.close_day(day.business_date))
        if not mine.desk.evening.end_of_day().cards:
            assert mine.desk.evening.end_of_day().closed

    @invariant()
    def both_windows_read_the_same_board(self) -> None:
        first, second = (shop.desk.board() for shop in self.windows)
        assert first == second

    def judge(self, everything: list[Order]) -> None:
        super().judge(everything)
        self.every_tap_went_one_step_of_the_way(everything)

    def every_tap_went_one_step_of_the_way(self, everything: list[Order]) -> None:
        with self.shop.database.read() as connection:
            ids = audit.order_ids(connection)
            events = list(audit.events(connection, ids))
        orders = {order.id: order for order in everything}
        for order_id, kind, payload in events:
            if kind == "bumped" and payload["to"] != payload["from"]:
                order = orders[order_id]
                was = type(order.kind)(str(payload["from"]))
                assert not has_ended(was)
                assert payload["to"] == next_kind(was, order.fulfilment)

    @invariant()
    def the_journal_has_no_gap(self) -> None:
        with self.shop.database.read() as connection:
            seqs = list(connection.execute(tables.journal.select()).scalars())
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs))) if seqs else True
