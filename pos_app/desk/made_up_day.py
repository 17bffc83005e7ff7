"""A made-up day for a shop that has no past yet: invented orders from its own menu.

Everything follows from the seed, so the same day comes again. Guests come at noon and in the
evening, most of them to fetch or to be brought something; some orders are late, are moved,
cancelled or never fetched, so that every rule finds an occasion. Nothing of it is ever stored.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import accumulate
from typing import TypeVar

from pos_app.automation.past import PastGuest, PastOrder
from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import couriers, entries, paying
from pos_app.desk.automating import PROMISE_MOVED
from pos_app.desk.past_standing import Happened, Standing, Told
from pos_app.desk.retelling import Retelling
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish
from pos_app.domain.opening import opened_on
from pos_app.domain.order import AT_ONCE
from pos_app.domain.quote import promise
from pos_app.domain.workflow import Fulfilment, Kind, Source, has_ended, next_kind
from pos_app.errors import BadInput
from pos_app.language import LANGUAGES

T = TypeVar("T")
USUAL_ORDERS, MOST_ORDERS = 60, 2_000
# Guests per hour from eleven on: noon, a quiet afternoon, the evening.
_OPENS_AT_HOUR = 11
_HOURS = (4, 9, 8, 4, 2, 2, 4, 9, 12, 9, 4)
_RATED = "guest_rated"
_MOVED_MINUTES = 10
_PICKUP_SOURCES = (Source.COUNTER, Source.COUNTER, Source.PHONE, Source.WEB)
_MINUTES_UNTIL = {
    Kind.PICKED_UP: (1, 14),
    Kind.SERVED: (1, 4),
    Kind.OUT_FOR_DELIVERY: (2, 9),
    Kind.DELIVERED: (10, 30),
}
# It only has to be there: nothing is ever sent to an invented guest, and nobody sees it.
_SOME_PHONE = "invented"


@dataclass(frozen=True, slots=True)
class MadeUp:
    """How many orders, from which seed, on which day (None: today)."""

    orders: int = USUAL_ORDERS
    seed: int = 1
    day: date | None = None


USUAL = MadeUp()


@dataclass(frozen=True, slots=True)
class _Head:
    """An invented order as a row of the store would say it; its id is nobody's."""

    id: int
    number: str
    business_date: str
    source: str
    fulfilment: str
    placed_at: Instant
    promised_at: Instant
    currency: str
    total: int
    paid: int
    payment_type: str
    language: str
    order_texts: bool
    people_id: int | None
    person_phone: str
    enters_at: Instant = AT_ONCE
    held_at: Instant | None = None
    refunded: int = 0
    tags: str = "[]"
    partner: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    no: int
    dish_id: int
    quantity: int
    unit_price: int
    station_id: int
    prep_minutes: int


class _Chance:
    """Numbers that follow from the seed, the order, and what they are for."""

    def __init__(self, seed: int, no: int) -> None:
        self._key = f"{seed}:{no}"

    def share(self, what: str) -> float:
        """From 0 to below 1."""
        digest = sha256(f"{self._key}:{what}".encode()).digest()
        return int.from_bytes(digest[:6]) / 2**48

    def one_of(self, what: str, options: Sequence[T]) -> T:
        return options[int(self.share(what) * len(options))]

    def ms(self, what: str, least_minutes: float, most_minutes: float) -> int:
        minutes = least_minutes + self.share(what) * (most_minutes - least_minutes)
        return round(minutes * MINUTE_MS)


def orders_of(setup: Setup, made_up: MadeUp, begins: Instant, day: date) -> list[PastOrder]:
    """The orders of a day that begins at `begins`, the earliest first.

    Raises BadInput for a number of orders out of reach, or a menu with nothing on it.
    """
    if not 1 <= made_up.orders <= MOST_ORDERS:
        raise BadInput("orders", "From 1 to {most} orders", most=MOST_ORDERS)
    dishes = [dish for dish in setup.menu.dishes if not dish.sold_out]
    if not dishes:
        raise BadInput("menu", "There is nothing on the menu yet")
    spans = _spans(setup, begins, day)
    chances = [_Chance(made_up.seed, no) for no in range(1, made_up.orders + 1)]
    arrivals = sorted((_arrives(spans, chance), chance) for chance in chances)
    day_of = _Day(setup, dishes, day)
    return [day_of.order(no, at, chance) for no, (at, chance) in enumerate(arrivals, start=1)]


def _spans(setup: Setup, begins: Instant, day: date) -> Sequence[tuple[int, int]]:
    """When guests can come: while the shop is open, else from eleven on."""
    shop, hours = setup.settings.shop, setup.settings.hours
    if hours.week and (found := opened_on(hours, day, shop.zone)):
        return found
    opens_at = begins + (_OPENS_AT_HOUR - shop.cutover_hour) % 24 * 60 * MINUTE_MS
    return [(opens_at, opens_at + len(_HOURS) * 60 * MINUTE_MS)]


def _arrives(spans: Sequence[tuple[int, int]], chance: _Chance) -> int:
    """When this guest orders: more of them in the busy hours, however long the shop is open."""
    sums = list(accumulate(_HOURS))
    drawn = chance.share("arrives") * sums[-1]
    hour = bisect_right(sums, drawn)
    into = (drawn - (sums[hour] - _HOURS[hour])) / _HOURS[hour]
    open_ms = sum(behind - first for first, behind in spans)
    rest = round((hour + into) / len(_HOURS) * open_ms)
    for first, behind in spans:
        if rest < behind - first:
            return first + rest
        rest -= behind - first
    return spans[-1][1] - 1


class _Day:
    """Invents one order after the other."""

    def __init__(self, setup: Setup, dishes: Sequence[Dish], day: date) -> None:
        self._setup, self._dishes, self._day = setup, dishes, day
        self._retelling = Retelling()
        self._seq = 0

    def order(self, no: int, placed_at: int, chance: _Chance) -> PastOrder:
        lines = self._lines(chance)
        total = sum(line.unit_price * line.quantity for line in lines)
        head = self._head(no, Instant(placed_at), chance, total)
        happened = list(self._happened(head, chance, max(line.prep_minutes for line in lines)))
        standing = Standing(head, lines, happened, _no_tags)
        rated = next((event.at for event in happened if event.kind == _RATED), None)
        stars = (1 + int(chance.share("stars") ** 0.4 * 5), rated) if rated is not None else None
        is_new = head.people_id is None or chance.share("new") < 0.4
        before = 0 if is_new else chance.one_of("before", (1, 2, 3, 5, 8, 13))
        changes = self._retelling.changes(standing, happened)
        reached_on = None if head.people_id is not None else ()
        return PastOrder(changes, PastGuest(before), stars, reached_on=reached_on)

    def _lines(self, chance: _Chance) -> list[_Line]:
        count = 1 + int(chance.share("lines") ** 1.5 * 4)
        drawn = {dish.id: dish for dish in (self._dish(chance, no) for no in range(count))}
        return [
            _Line(
                -no,
                no,
                dish.id,
                2 if chance.share(f"two of {no}") > 0.8 else 1,
                dish.price,
                dish.station_id,
                dish.prep_minutes,
            )
            for no, dish in enumerate(drawn.values(), start=1)
        ]

    def _dish(self, chance: _Chance, no: int) -> Dish:
        return chance.one_of(f"dish {no}", self._dishes)

    def _head(self, no: int, placed_at: Instant, chance: _Chance, total: int) -> _Head:
        settings = self._setup.settings
        shop = settings.shop
        fulfilment = _fulfilment(chance)
        source = _source(fulfilment, chance)
        at_counter = source is Source.COUNTER
        is_known = not at_counter or chance.share("known") < 0.4
        is_stranger = chance.share("language") >= 0.85
        promised_at = promise(placed_at, settings.tell_guests, fulfilment)
        is_paid = not (_is_cancelled(chance) or _is_forgotten(chance))
        paid_by = "online" if source is Source.WEB else chance.one_of("payment", ("card", "cash"))
        return _Head(
            id=-no,
            number=f"{shop.prefix}{no}",
            business_date=self._day.isoformat(),
            source=source.value,
            fulfilment=fulfilment.value,
            placed_at=placed_at,
            promised_at=Instant(promised_at + (_MOVED_MINUTES * MINUTE_MS) * _is_moved(chance)),
            currency=shop.currency,
            total=total,
            paid=total if is_paid else 0,
            payment_type=paid_by,
            language=chance.one_of("which", LANGUAGES) if is_stranger else shop.language,
            order_texts=is_known and (not at_counter or chance.share("texts") < 0.8),
            people_id=-no if is_known else None,
            person_phone=_SOME_PHONE if is_known else "",
        )

    def _happened(self, head: _Head, chance: _Chance, prep: int) -> Iterator[Happened]:
        """From placing to the end, at the pace of a kitchen that is slow now and then."""
        placed = Told(to=Kind.ACCEPTED.value, total=head.total)
        yield self._event(entries.PLACED, head.placed_at, placed)
        started_at = head.placed_at + chance.ms("start", 0.5, 5)
        if _is_cancelled(chance):
            yield self._moves(entries.CANCELLED, started_at, Kind.ACCEPTED, Kind.CANCELLED)
            return
        yield self._moves(entries.BUMPED, started_at, Kind.ACCEPTED, Kind.PREPARING)
        minutes = max(prep, 4) * (1.9 if _is_slow(chance) else 1.0)
        ready_at = started_at + chance.ms("cook", 0.7 * minutes, 1.3 * minutes)
        if _is_moved(chance):
            moved = Told(minutes=_MOVED_MINUTES)
            yield self._event(PROMISE_MOVED, (started_at + ready_at) // 2, moved)
        yield self._moves(entries.BUMPED, ready_at, Kind.PREPARING, Kind.READY)
        yield from self._leaves(head, ready_at, chance)

    def _leaves(self, head: _Head, ready_at: int, chance: _Chance) -> Iterator[Happened]:
        """Out of the pass: fetched, served, brought, or left standing until the evening's end."""
        kind: Kind | None = Kind.READY
        if _is_forgotten(chance) and head.fulfilment == Fulfilment.PICKUP:
            given_up_at = ready_at + 150 * MINUTE_MS
            yield self._moves(entries.ENDED, given_up_at, Kind.READY, Kind.NOT_COLLECTED)
            return
        at = ready_at
        while kind is not None and not has_ended(kind):
            came_from, kind = kind, next_kind(kind, Fulfilment(head.fulfilment))
            if kind is None:
                return
            at += chance.ms(f"leaves {came_from.value}", *_MINUTES_UNTIL.get(kind, (1, 6)))
            if kind is Kind.OUT_FOR_DELIVERY:
                yield self._event(couriers.ASSIGNED, at - MINUTE_MS // 2, Told())
            yield self._moves(entries.BUMPED, at, came_from, kind)
        if head.paid and chance.share("pays late") < 0.4:
            told = Told(amount=head.paid, type=head.payment_type)
            yield self._event(paying.PAID, at + 1, told)
        if head.order_texts and chance.share("rates") < 0.25:
            yield self._event(_RATED, at + chance.ms("rated", 20, 90), Told())

    def _moves(self, kind: str, at: int, came_from: Kind, to: Kind) -> Happened:
        return self._event(kind, at, Told(came_from.value, to.value))

    def _event(self, kind: str, at: int, told: Told) -> Happened:
        self._seq += 1
        return Happened(self._seq, kind, Instant(at), None, told)


def _fulfilment(chance: _Chance) -> Fulfilment:
    drawn = chance.share("fulfilment")
    if drawn < 0.5:
        return Fulfilment.PICKUP
    return Fulfilment.DELIVERY if drawn < 0.8 else Fulfilment.DINE_IN


def _source(fulfilment: Fulfilment, chance: _Chance) -> Source:
    if fulfilment is Fulfilment.DINE_IN:
        return Source.COUNTER
    ways = (Source.PHONE, Source.WEB)
    return chance.one_of("source", ways if fulfilment is Fulfilment.DELIVERY else _PICKUP_SOURCES)


def _is_cancelled(chance: _Chance) -> bool:
    return chance.share("cancelled") < 0.04


def _is_slow(chance: _Chance) -> bool:
    return chance.share("slow") < 0.15


def _is_moved(chance: _Chance) -> bool:
    return _is_slow(chance) and not _is_cancelled(chance) and chance.share("moved") < 0.5


def _is_forgotten(chance: _Chance) -> bool:
    """Whether nobody comes for it, if it is to be fetched."""
    return chance.share("forgotten") < 0.04


def _no_tags(_rule_id: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(), frozenset()
