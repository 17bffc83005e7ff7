"""A day played through the real desk from a script that knows by itself what happened.

The script's own words (minutes, who, why) are what a test counts; the store is only asked by
what is tested. Minutes count from 18:00 in Kyiv on 22 November 2026.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select, update

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import SmsSettings
from pos_app.domain.ids import new_uid
from pos_app.domain.order import Address, Customer, Draft, Order, PaymentDraft
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.store import tables
from pos_app.wire.snapshots import RATED, Action
from tests.support.shops import EVENING, line

SIX = Instant(EVENING - 27 * 60 * MINUTE_MS)
"""22 November 2026, 18:00 in Kyiv."""
DAY = "2026-11-22"
MORNING = 15 * 60
"""Nine in the morning after."""
_P, _I, _D = Fulfilment.PICKUP, Fulfilment.DINE_IN, Fulfilment.DELIVERY
PICKUP_MINUTES, DELIVERY_MINUTES = 20, 50
TEXTS_ON_AT = 12.5
FATES = ("delivered", "failed", "sent", "expired", "uncertain", "delivered")
"""What becomes of the texts that have not been taken back, one after the other."""


@dataclass(frozen=True, slots=True)
class Story:
    """One order as the script tells it; times in minutes, None where it did not happen.

    `stations` are minutes at which a station tapped *Ready* itself, by its English name.
    `prices` is the sum of the dishes, `prep` the longest of them. `pays` at the handover or the
    door; `paid` when it is placed.
    """

    guest: str
    fulfilment: Fulfilment
    dishes: tuple[str, ...]
    prices: int
    prep: int
    placed: float
    start: float | None = None
    ready: float | None = None
    stations: tuple[tuple[str, float], ...] = ()
    out: float | None = None
    end: float | None = None
    ends_as: Kind | None = None
    paid: str = ""
    pays: str = ""
    by: str = "Olha"
    why: str = ""
    courier: str = ""
    partner: str = ""
    refunded: tuple[float, str, int] | None = None
    recalled: tuple[float, float] | None = None
    remade: tuple[float, str] | None = None
    undone: bool = False
    settled: bool = False
    wanted: float | None = None
    texts: bool = False
    stars: int = 0

    @property
    def promised(self) -> float:
        """What the guest asked for, else what guests are told that evening."""
        if self.wanted is not None:
            return self.wanted
        return self.placed + (DELIVERY_MINUTES if self.fulfilment is _D else PICKUP_MINUTES)

    @property
    def began(self) -> float:
        """When the kitchen got it: a later order comes when it has to be begun."""
        return self.placed if self.wanted is None else self.wanted - self.prep


STORIES = (
    Story("Iryna", _P, ("Margherita",), 22000, 12, 0, 2, 12, end=18, ends_as=Kind.PICKED_UP,
          pays="cash", texts=True, stars=5),
    Story("6", _I, ("Classic burger", "Margherita"), 41500, 14, 5, 7, 28,
          (("Grill", 22), ("Pizza", 28)), end=30, ends_as=Kind.SERVED, pays="card", stars=2),
    Story("Taras", _P, ("Caesar",), 18500, 8, 10, 32, 37, end=39, ends_as=Kind.PICKED_UP,
          paid="cash"),
    Story("Marta", _D, ("Pepperoni",), 26500, 12, 10, 12, 24, out=26, end=50,
          ends_as=Kind.DELIVERED, pays="cash", courier="Oleh", texts=True, stars=5),
    Story("Dmytro", _D, ("Calzone",), 25500, 15, 15, 16, 30, out=48, end=70,
          ends_as=Kind.DELIVERED, pays="card", courier="Oleh", texts=True),
    Story("Nadiia", _D, ("Hawaii",), 25900, 12, 20, 21, 33, out=35, end=75,
          ends_as=Kind.DELIVERED, paid="online", courier="Ivan", texts=True),
    Story("Petro", _P, ("Classic burger",), 19500, 14, 22, end=30, ends_as=Kind.CANCELLED,
          paid="card", by="Bohdan", why="Guest changed plans", refunded=(31, "card", 19500)),
    Story("Lesia", _P, ("Borscht",), 12500, 6, 25, 26, 33, end=120, ends_as=Kind.NOT_COLLECTED,
          texts=True),
    Story("Olena", _P, ("Napoli",), 24900, 12, 30, 31, 43, end=50, ends_as=Kind.PICKED_UP,
          pays="unpaid", by="Bohdan", texts=True),
    Story("2", _I, ("Cheeseburger",), 21000, 14, 35, 36, 57, end=59, ends_as=Kind.SERVED,
          pays="cash", remade=(45, "burnt"), refunded=(70, "cash", 5000)),
    Story("", _P, ("Still water", "Cola"), 10500, 0, 40, end=40, ends_as=Kind.PICKED_UP,
          pays="cash"),
    Story("Undone", _P, ("Diavola",), 27900, 12, 41, undone=True),
    Story("Andrii", _P, ("Diavola",), 27900, 12, 45, 46, 66, end=68, ends_as=Kind.PICKED_UP,
          pays="card", recalled=(56, 60)),
    Story("Yurii", _D, ("Marinara",), 18900, 10, 50, 51, 61, out=63, end=100,
          ends_as=Kind.RETURNED, courier="Ivan", texts=True),
    Story("Vira", _P, ("Vegetariana",), 23900, 12, 60, 61, 73, end=300, ends_as=Kind.PICKED_UP,
          settled=True),
    Story("Sofiia", _P, ("Truffle",), 34500, 13, 65, 229, 240, end=245, ends_as=Kind.PICKED_UP,
          paid="card", wanted=240, texts=True),
    Story("Glovo 7", _D, ("French fries",), 7500, 7, 80, 81, 88, end=92,
          ends_as=Kind.HANDED_TO_PARTNER, paid="online", partner="Glovo"),
    Story("Zoia", _P, ("Focaccia",), 9500, 8, 420, 421, 430),
)  # fmt: skip
HANDED_IN = (("Oleh", 20000),)
TOMORROW = Story("Late", _P, ("Borscht",), 12500, 6, MORNING - 60)


def _at(minute: float) -> Instant:
    return Instant(SIX + round(minute * MINUTE_MS))


def number(story: Story) -> str:
    """Numbers are given out in the order of placing."""
    return f"A{STORIES.index(story) + 1}"


class Play:
    """Plays the day in `shop`, whose clock stands at 18:00. `fates`: (number, state) of texts."""

    def __init__(self, shop: Shop) -> None:
        assert isinstance(shop.clock, VirtualClock)
        self.shop, self.clock = shop, shop.clock
        self.ids: dict[str, int] = {}
        self.staff = {
            "Olha": shop.desk.staff.add("Olha", Role.MANAGER).id,
            "Bohdan": shop.desk.staff.add("Bohdan", Role.CASHIER).id,
            "Oleh": shop.desk.staff.add("Oleh", Role.COURIER).id,
            "Ivan": shop.desk.staff.add("Ivan", Role.COURIER).id,
        }
        self.fates: list[tuple[str, str]] = []
        self._steps: list[tuple[float, int, str, Callable[[], object]]] = []

    def play(self) -> None:
        desk = self.shop.desk
        for story in STORIES:
            self._plan(story, number(story))
        self._plan(TOMORROW, "tomorrow")
        self._at(TEXTS_ON_AT, "Olha", self._texts_on)
        self._at(227, "", desk.kitchen.enter_due)
        for name, amount in HANDED_IN:
            self._at(310, "Olha", partial(desk.dispatch.hand_in, self.staff[name], amount))
        for minute, _, by, act in sorted(self._steps, key=lambda step: step[:2]):
            self.clock.set(_at(minute))
            self._let_texts_leave()
            self.shop.desk.staff_id = self.staff.get(by, "")
            act()
        self.clock.set(_at(MORNING))
        self._let_texts_leave()

    def _at(self, minute: float, by: str, act: Callable[[], object]) -> None:
        self._steps.append((minute, len(self._steps), by, act))

    def _plan(self, story: Story, key: str) -> None:
        desk, by = self.shop.desk, story.by
        self._at(story.placed, by, partial(self._place, story, key))
        if story.undone:
            self._at(story.placed + 0.1, by, lambda: desk.undo(self.ids[key]))
        if story.start is not None:
            self._at(story.start, by, lambda: desk.bump(self.ids[key]))
        for station, minute in story.stations:
            self._at(minute, by, partial(self._station, key, station))
        if story.ready is not None and not story.stations:
            self._at(story.ready, by, lambda: desk.bump(self.ids[key]))
        if story.out is not None:
            self._at(story.out, by, partial(self._leave, story, key))
        if story.end is not None:
            self._at(story.end, by, partial(self._end, story, key))
        if story.stars:
            self._at(200, "", partial(self._rate, story, key))
        self._plan_mishaps(story, key)

    def _plan_mishaps(self, story: Story, key: str) -> None:
        desk, by = self.shop.desk, story.by
        if story.remade is not None:
            minute, why = story.remade
            self._at(minute, by, partial(self._make_again, key, why))
            self._at(minute + 0.5, by, lambda: desk.kitchen.see(self.ids[key]))
        if story.recalled is not None:
            wrongly, back = story.recalled
            self._at(wrongly, by, lambda: desk.bump(self.ids[key]))
            self._at(back, by, lambda: desk.recall(self.ids[key]))
        if story.refunded is not None:
            minute, way, amount = story.refunded
            self._at(minute, "Bohdan", partial(self._refund, key, way, amount))

    def _place(self, story: Story, key: str) -> None:
        table = story.guest if story.fulfilment is _I else ""
        name = "" if story.fulfilment is _I else story.guest
        phone = f"+38067000{len(self.ids):04}" if name else ""
        way = story.paid or (story.pays if story.pays in ("cash", "card") else "")
        is_delivery = story.fulfilment is _D
        draft = Draft(
            story.fulfilment,
            tuple(line(self.shop, dish) for dish in story.dishes),
            customer=Customer(name, phone, "uk", story.texts),
            promised_at=None if story.wanted is None else _at(story.wanted),
            payment=PaymentDraft(way, bool(story.paid)) if way else None,
            address=Address("Franka 12") if is_delivery else None,
            table=table,
            partner=story.partner,
        )
        self.ids[key] = self.shop.desk.place(draft).order.id

    def _station(self, key: str, name: str) -> None:
        stations = self.shop.desk.setup().menu.stations
        station_id = next(s.id for s in stations if s.names["en"] == name)
        self.shop.desk.bump(self.ids[key], station_id=station_id)

    def _leave(self, story: Story, key: str) -> None:
        self.shop.desk.dispatch.leaves(self.staff[story.courier], [self.ids[key]])

    def _refund(self, key: str, way: str, amount: int) -> None:
        self.shop.desk.handover.refund(self.ids[key], way, amount)

    def _make_again(self, key: str, why: str) -> None:
        self.shop.desk.kitchen.make_again(self.ids[key], self._order(key).open_lines[0].id, why)

    def _end(self, story: Story, key: str) -> None:
        desk, order_id, kind = self.shop.desk, self.ids[key], story.ends_as
        if story.settled:
            desk.evening.close_order(order_id, "collected")
        elif kind is Kind.CANCELLED:
            desk.cancel(order_id, story.why)
        elif story.prep == 0:
            desk.handover.serve_now(order_id, story.pays)
        elif kind is Kind.DELIVERED:
            desk.dispatch.is_back(self.staff[story.courier], [order_id], [])
        elif kind is Kind.RETURNED:
            desk.dispatch.is_back(self.staff[story.courier], [], [order_id])
            desk.handover.end(order_id, Kind.RETURNED, "nobody_home")
        elif kind is Kind.NOT_COLLECTED:
            desk.handover.end(order_id, kind)
        else:
            desk.handover.hand_over(order_id, payment=story.pays or None)

    def _rate(self, story: Story, key: str) -> None:
        uid, now = self._order(key).uid, self.clock.now()
        action = Action(new_uid(), len(self.ids), RATED, uid, now, value=story.stars)
        assert self.shop.desk.apply_action(action) == "applied"

    def _order(self, key: str) -> Order:
        card = self.shop.desk.order(self.ids[key])
        assert card is not None
        return card.order

    def _texts_on(self) -> None:
        self.shop.desk.set_sms(SmsSettings("smsgate", "http://127.0.0.1:9", "shop", lan=True), "x")

    def _let_texts_leave(self) -> None:
        """What the SMS lane would have recorded by now."""
        texts = tables.messages
        due = (
            select(texts.c.id, tables.orders.c.number)
            .join(tables.orders, tables.orders.c.id == texts.c.order_id)
            .where(texts.c.state == "waiting", texts.c.not_before <= self.clock.now())
            .order_by(texts.c.id)
        )
        with self.shop.database.write() as connection:
            for text_id, number_ in connection.execute(due).all():
                state = FATES[len(self.fates) % len(FATES)]
                connection.execute(update(texts).where(texts.c.id == text_id).values(state=state))
                self.fates.append((number_, state))
