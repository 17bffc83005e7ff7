"""A kitchen at 19:42 of a busy Friday, on the sample menu: for its pictures, tests and figures.

Real orders through the real desk on a virtual clock; only the evening is made up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import ShopSettings
from pos_app.domain.menu import Dish, Station
from pos_app.domain.order import Address, Customer, Draft, LineDraft, Order
from pos_app.domain.workflow import Fulfilment
from tests.support.board_shop import NOW, ZONE
from tests.support.casts import cast_shop

LONG_TICKET = 14


def open_kitchen(folder: Path, language: str = "en", *, practice: bool = False) -> Shop:
    """A shop with the sample menu and no orders, its virtual clock an hour before 19:42."""
    settings = ShopSettings(name="Pasta Nova", zone=ZONE, language=language)
    start = Instant(NOW - 60 * MINUTE_MS)
    cast_shop(folder, settings, practice=practice, clock=VirtualClock(start))
    return open_shop(folder, clock=VirtualClock(start))


def station(shop: Shop, name: str) -> Station:
    """The station with this English name."""
    return next(s for s in shop.desk.setup().menu.stations if s.names["en"] == name)


def dishes(shop: Shop, station_name: str) -> list[Dish]:
    """What this station cooks, the longest kitchen names first."""
    at = station(shop, station_name).id
    found = [dish for dish in shop.desk.setup().menu.dishes if dish.station_id == at]
    return sorted(found, key=lambda d: -max(len(name) for name in d.kitchen.values()))


def clock_of(shop: Shop) -> VirtualClock:
    assert isinstance(shop.clock, VirtualClock)
    return shop.clock


@dataclass(frozen=True, slots=True)
class Wish:
    """One order: dishes of one station as (place in `dishes`, quantity, how many modifiers)."""

    lines: tuple[tuple[int, int, int], ...]
    fulfilment: Fulfilment = Fulfilment.PICKUP
    promised_minutes: float | None = None
    allergy: str = ""
    note: str = ""
    line_note: str = ""
    also: str = ""


def draft(shop: Shop, wish: Wish, station_name: str, place: int) -> Draft:
    menu = dishes(shop, station_name)
    lines: list[LineDraft] = []
    for at, quantity, modifiers in wish.lines:
        dish = menu[at % len(menu)]
        uids = tuple(m.uid for m in dish.modifiers if not m.choice)[:modifiers]
        lines.append(LineDraft(dish.id, quantity, uids, "" if lines else wish.line_note))
    if wish.also:
        lines.append(LineDraft(dishes(shop, wish.also)[place % 3].id, 1))
    made = Draft(
        wish.fulfilment,
        tuple(lines),
        customer=Customer("Iryna", "+380671234567", "uk"),
        promised_at=_promised(shop, wish),
        allergy=wish.allergy,
        note=wish.note,
    )
    if wish.fulfilment is Fulfilment.DELIVERY:
        made = replace(made, address=Address("вул. Франка, 12"))
    return replace(made, table="4") if wish.fulfilment is Fulfilment.DINE_IN else made


def _promised(shop: Shop, wish: Wish) -> Instant | None:
    """None lets the minutes that guests are told decide."""
    if wish.promised_minutes is None:
        return None
    return Instant(shop.clock.now() + round(wish.promised_minutes * MINUTE_MS))


_P, _D, _I = Fulfilment.PICKUP, Fulfilment.DELIVERY, Fulfilment.DINE_IN
_WISHES = (
    Wish(((0, 1, 0), (1, 2, 1)), _D, 17, also="Pizza"),
    Wish(((2, 3, 2), (7, 3, 0)), _P),
    Wish(((3, 1, 0),), _I, allergy="nuts, sesame"),
    Wish((), _D, also="Pizza"),
    Wish(((4, 1, 3), (5, 1, 0)), _P, line_note="well done"),
    Wish(((6, 2, 1),), _I, note="birthday table"),
    Wish(((8, 1, 0), (9, 1, 1)), _D, also="Cold"),
    Wish(((1, 1, 2),), _P),
)


def fill(shop: Shop, count: int = 25, station_name: str = "Grill") -> list[Order]:
    """`count` open tickets at a station, the fourth of fourteen lines; the clock ends at 19:42."""
    clock = clock_of(shop)
    at = station(shop, station_name).id
    placed = []
    for place in range(count):
        minutes = 24.0 * (count - place) / count
        clock.set(Instant(NOW - round(minutes * MINUTE_MS)))
        wish = _WISHES[place % len(_WISHES)]
        if not wish.lines:
            lines = tuple((i, 1 + i % 4, i % 2) for i in range(LONG_TICKET))
            wish = replace(wish, lines=lines if place == 3 else lines[place % 3 : place % 3 + 2])
        placed.append(shop.desk.place(draft(shop, wish, station_name, place)).order)
        if place < count // 3 and not wish.allergy:
            shop.desk.bump(placed[-1].id, None, at)
    clock.set(NOW)
    found = shop.desk.cards([order.id for order in placed])
    return [found[order.id].order for order in placed]
