"""Playing a sales file through the desk: each act at its own time, on a virtual clock.

Every act is the desk's own (`placing.place`, `bumping.bump`); some hundred of them share one
transaction, because each commit waits for the disk. An order's reference is `replay-<id>`: the
same file again adds nothing, and a run that was interrupted continues behind its last commit.
Orders that end within the replay get no link and are not pushed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app import bootstrap
from pos_app.clock import Instant, SystemClock, VirtualClock
from pos_app.config import ShopSettings
from pos_app.desk import bumping, placing
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Draft, LineDraft, Order, PaymentDraft
from pos_app.domain.workflow import Kind, Source
from pos_app.replay import dishes, kitchen
from pos_app.replay.kitchen import Plan
from pos_app.replay.sales import Sales
from pos_app.replay.schedule import Schedule, Step, schedule
from pos_app.store import orders, refs

# What a sales file without a shop gets: its prices are dollars.
REPLAY_SHOP = ShopSettings(
    name="Pizza replay",
    country="US",
    zone="America/New_York",
    currency="USD",
    language="en",
)
STEPS_PER_COMMIT = 200
PREFIX = "replay-"
_LEAVES = (Kind.ACCEPTED, Kind.PREPARING, Kind.READY)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """`left_out` were sold after the moment at which the replay stops; `open` is the board's."""

    placed: int
    already_there: int
    left_out: int
    open: int


def make_shop(data: Path) -> bool:
    """Make the replay's practice shop (texts are only recorded) unless there is a shop."""
    if bootstrap.exists(data):
        return False
    bootstrap.init_shop(data, REPLAY_SHOP, practice=True, sample_menu=False)
    return True


def play(
    data: Path,
    sales: Sales,
    *,
    until: datetime | None = None,
    as_now: bool = False,
    seed: int = kitchen.SEED,
    cooks: int = kitchen.COOKS,
    staff_id: str = "",
    progress: Progress | None = None,
) -> Played:
    """Play `sales` in the shop in `data`. `until` is a wall time of the shop (or has a zone).

    With `as_now` one constant is added to all times, so that `until` is now, and orders that are
    open then get pages like any other. `progress(done, all)` counts orders. Raises Refused where
    the shop's rules do; what was committed before stays, and the next run continues there.
    """
    clock = VirtualClock(Instant(0))
    shop = bootstrap.open_shop(data, clock=clock, staff_id=staff_id)
    try:
        zone = ZoneInfo(shop.desk.setup().settings.shop.zone)
        now = SystemClock().now() if as_now else None
        planned = schedule(sales, zone, until, now, seed, cooks)
        player = _Player(shop, clock, planned, is_live=as_now)
        player.prepare_menu(sales)
        player.play(progress)
        with shop.database.read() as connection:
            still_open = len(orders.open_ids(connection))
    finally:
        shop.close()
    return Played(player.placed, player.already_there, planned.left_out, still_open)


class _Player:
    """One run over a schedule."""

    def __init__(
        self, shop: bootstrap.Shop, clock: VirtualClock, planned: Schedule, *, is_live: bool
    ) -> None:
        self._desk = shop.desk
        self._clock = clock
        self._planned = planned
        self._is_live = is_live
        self._dish_ids: dict[str, int] = {}
        with shop.database.read() as connection:
            self._standing = refs.with_prefix(connection, Source.COUNTER, PREFIX)
        self.placed = 0
        self.already_there = 0

    def prepare_menu(self, sales: Sales) -> None:
        """Add the file's dishes that the menu does not have."""
        missing = dishes.missing_dishes(sales.sales, self._desk.setup().menu)
        if missing:
            if self._planned.steps:
                self._clock.set(self._time(self._planned.steps[0]))
            with self._desk.act() as act:
                dishes.add_dishes(act, missing)
        self._dish_ids = {dish.uid: dish.id for dish in self._desk.setup().menu.dishes}

    def play(self, progress: Progress | None) -> None:
        steps = iter(self._planned.steps)
        while batch := list(islice(steps, STEPS_PER_COMMIT)):
            todo = [step for step in batch if self._has_work(step)]
            self.already_there += _placings(batch) - _placings(todo)
            if todo:
                self._clock.set(self._time(todo[0]))
                with self._desk.act() as act:
                    for step in todo:
                        self._take(act, step)
            if progress is not None:
                progress(self.placed + self.already_there, self._planned.orders)

    def _time(self, step: Step) -> Instant:
        return Instant(step.at + self._planned.shift_ms)

    def _has_work(self, step: Step) -> bool:
        """Whether the step may still be to do: it is not behind where the order stands."""
        standing = self._standing.get(_ref(step.plan))
        if standing is None:
            return True
        if step.leaves is None or standing.kind not in _LEAVES:
            return False
        return _LEAVES.index(standing.kind) <= _LEAVES.index(step.leaves)

    def _take(self, act: Transaction, step: Step) -> None:
        act.now = self._time(step)
        if step.leaves is None:
            self._place(act, step.plan)
        else:
            self._bump(act, step)

    def _place(self, act: Transaction, planned: Plan) -> None:
        pushed = self._is_live and self._planned.stays_open(planned)
        placed = placing.place(act, self._draft(planned), pushed=pushed)
        self.placed += placed.created
        self.already_there += not placed.created
        self._remember(planned, placed.order)

    def _bump(self, act: Transaction, step: Step) -> None:
        standing = self._standing.get(_ref(step.plan))
        # Somebody may have moved or cancelled the order on the board: then it is his.
        if standing is None or standing.kind is not step.leaves:
            return
        act.now = Instant(max(act.now, standing.entered_at))
        bumped = bumping.bump(act, standing.order_id, standing.entry)
        self._remember(step.plan, bumped.order)

    def _remember(self, planned: Plan, order: Order) -> None:
        self._standing[_ref(planned)] = refs.Standing(
            order.id, order.kind, order.entry, order.entered_at
        )

    def _draft(self, planned: Plan) -> Draft:
        counts: dict[int, int] = {}
        for pizza in planned.sale.pizzas:
            dish_id = self._dish_ids[dishes.dish_uid(pizza)]
            counts[dish_id] = counts.get(dish_id, 0) + 1
        return Draft(
            fulfilment=planned.fulfilment,
            lines=tuple(LineDraft(dish_id, count) for dish_id, count in counts.items()),
            ref=_ref(planned),
            payment=PaymentDraft(planned.payment_type, paid=True),
        )


def _ref(planned: Plan) -> str:
    return f"{PREFIX}{planned.sale.id}"


def _placings(steps: list[Step]) -> int:
    return sum(step.leaves is None for step in steps)
