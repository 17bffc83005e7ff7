"""The first orders of a long history: real sales, taken and made through the real desk.

The sales file has no guests, so each order gets one of a few hundred; every fourth goes to a
door, what is eaten in stands at a table, and every third has one more dish from the sample menu,
whose names are Ukrainian too. Everything has ended when it is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app import bootstrap
from pos_app.clock import DAY_MS, Instant, VirtualClock, business_date
from pos_app.desk import bumping, placing
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import find_dish
from pos_app.domain.order import Address, Customer, Draft, LineDraft, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Kind, has_ended
from pos_app.replay import dishes, kitchen
from pos_app.replay.runner import REPLAY_SHOP
from pos_app.replay.sales import Sales, read_sales
from pos_app.replay.schedule import Schedule, Step, schedule
from tests.bench.history_people import guest

ORDERS_A_GUEST = 5
TABLES = 20
STEPS_PER_COMMIT = 500


@dataclass(frozen=True, slots=True)
class Base:
    """How many orders and guests were made, and on how many days."""

    orders: int
    guests: int
    days: int


def make(data: Path, sales_file: Path, orders: int, blocks: int, ends_on_day: int) -> Base:
    """Make a shop in `data` with the first `orders` orders of the file.

    Their times are shifted by whole days, so that `blocks` copies of these days, one behind the
    other, end on day `ends_on_day` (counted from 1970).
    """
    sales = read_sales(sales_file)
    wanted = Sales(sales.sales[:orders], ())
    bootstrap.init_shop(data, REPLAY_SHOP, practice=True)
    clock = VirtualClock(Instant(0))
    shop = bootstrap.open_shop(data, clock=clock)
    try:
        planned = schedule(wanted, ZoneInfo(REPLAY_SHOP.zone), None, None, kitchen.SEED, 6)
        days = _day(planned.steps[-1].at) - _day(planned.steps[0].at) + 1
        first_day = ends_on_day - blocks * days + 1
        shift = (first_day - _day(planned.steps[0].at)) * DAY_MS
        clock.set(Instant(planned.steps[0].at + shift))
        _Player(shop, wanted, shift).play(planned, clock)
    finally:
        shop.close()
    return Base(orders, orders // ORDERS_A_GUEST, days)


def _day(at: Instant) -> int:
    day = business_date(at, REPLAY_SHOP.zone, REPLAY_SHOP.cutover_hour)
    return day.toordinal() - 719_163


class _Player:
    def __init__(self, shop: bootstrap.Shop, sales: Sales, shift_ms: int) -> None:
        self._desk, self._shift_ms = shop.desk, shift_ms
        with self._desk.act() as act:
            dishes.add_dishes(act, dishes.missing_dishes(sales.sales, act.setup.menu))
        menu = self._desk.setup().menu
        self._ids = {dish.uid: dish.id for dish in menu.dishes}
        self._more = find_dish(menu, "Margherita")[0].id
        self._numbers = {sale.id: number for number, sale in enumerate(sales.sales)}
        self._guests = max(1, len(sales.sales) // ORDERS_A_GUEST)
        self._placed: dict[str, int] = {}

    def play(self, planned: Schedule, clock: VirtualClock) -> None:
        for start in range(0, len(planned.steps), STEPS_PER_COMMIT):
            batch = planned.steps[start : start + STEPS_PER_COMMIT]
            clock.set(Instant(batch[0].at + self._shift_ms))
            with self._desk.act() as act:
                for step in batch:
                    act.now = Instant(step.at + self._shift_ms)
                    self._take(act, step)

    def _take(self, act: Transaction, step: Step) -> None:
        sale = step.plan.sale.id
        if step.leaves is None:
            self._placed[sale] = placing.place(act, self._draft(step), pushed=False).order.id
            return
        order = bumping.bump(act, self._placed[sale]).order
        while step.leaves is Kind.READY and not has_ended(order.kind):
            order = bumping.bump(act, self._placed[sale]).order

    def _draft(self, step: Step) -> Draft:
        number = self._numbers[step.plan.sale.id]
        who = guest(number % self._guests)
        counts: dict[int, int] = {}
        for pizza in step.plan.sale.pizzas:
            dish_id = self._ids[dishes.dish_uid(pizza)]
            counts[dish_id] = counts.get(dish_id, 0) + 1
        if number % 3 == 0:
            counts[self._more] = 1
        to_a_door = number % 4 == 0
        fulfilment = Fulfilment.DELIVERY if to_a_door else step.plan.fulfilment
        eaten_in = fulfilment is Fulfilment.DINE_IN
        return Draft(
            fulfilment,
            tuple(LineDraft(dish_id, count) for dish_id, count in counts.items()),
            customer=Customer(who.name, who.phone, who.language, order_texts=number % 2 == 0),
            # Everybody's address is known, so that any guest can be given any order.
            address=Address(who.street) if to_a_door or number < self._guests else None,
            table=str(number % TABLES + 1) if eaten_in else "",
            payment=PaymentDraft(step.plan.payment_type, paid=True),
        )
