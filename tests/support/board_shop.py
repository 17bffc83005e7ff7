"""A shop at 19:42 of a busy evening, as on the design's picture: for pictures, tests and benches.

Real orders through the real desk on a virtual clock; only the evening is made up.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select, update

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock, instant_of
from pos_app.config import ShopSettings, SmsSettings
from pos_app.desk import setup as desk_setup
from pos_app.desk.menus import MenuFile, store_menu
from pos_app.domain.order import Address, Customer, Draft, LineDraft, Order, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.store import tables
from tests.support.casts import cast_shop

ZONE = "Europe/Kyiv"
NOW = instant_of(datetime(2026, 11, 23, 19, 42, tzinfo=ZoneInfo(ZONE)))

_STATIONS = [
    {"id": "grill", "names": {"en": "Grill", "uk": "Гриль"}},
    {"id": "pizza", "names": {"en": "Pizza", "uk": "Піца"}},
    {"id": "cold", "names": {"en": "Cold", "uk": "Холодний цех"}},
]
# key: station, English, Ukrainian, price, modifiers
_DISHES = {
    "margherita": ("pizza", "Margherita", "Маргарита", "220", ["+ extra basil|+ базилік"]),
    "pepperoni": ("pizza", "Pepperoni", "Пепероні", "260", []),
    "four": ("pizza", "Four cheese, L", "Чотири сири, L", "310", []),
    "burger": (
        "grill",
        "Burger, medium",
        "Бургер, середній",
        "195",
        ["– onion|– цибуля", "+ bacon|+ бекон"],
    ),
    "fries": ("grill", "Fries", "Картопля фрі", "90", []),
    "poke": ("cold", "Poke, salmon", "Поке з лососем", "285", []),
    "caesar": ("cold", "Caesar, no croutons", "Цезар без грінок", "210", []),
    "lemonade": ("cold", "Lemonade 0.5", "Лимонад 0,5", "75", []),
    "cola": ("cold", "Cola 0.5", "Кола 0,5", "60", []),
    "tiramisu": ("cold", "Tiramisu", "Тірамісу", "140", []),
    "cheesecake": ("cold", "Cheesecake", "Чизкейк", "150", []),
    "borshch": ("grill", "Borshch", "Борщ", "130", []),
    "varenyky": ("grill", "Varenyky, potato", "Вареники з картоплею", "145", []),
    "carbonara": ("grill", "Carbonara", "Карбонара", "205", []),
}


@dataclass(frozen=True, slots=True)
class Guest:
    """One order of the evening: placed and promised in minutes before and after 19:42.

    One that is not `later` enters the kitchen at once, however late it is promised.
    """

    fulfilment: Fulfilment
    name: str
    lines: tuple[tuple[str, int, tuple[int, ...]], ...]
    placed: float
    promised: float
    phone: str = ""
    to: Kind = Kind.ACCEPTED
    entered: float = 0
    paid: bool = False
    texts: bool = False
    source: Source = Source.COUNTER
    later: bool = False
    more: dict[str, object] = field(default_factory=dict)


_P, _D, _I = Fulfilment.PICKUP, Fulfilment.DELIVERY, Fulfilment.DINE_IN
_STREET = Address("вул. Саксаганського, 41", "2", "5", "48к", "")
EVENING = (
    Guest(_D, "Marta", (("carbonara", 1, ()), ("cheesecake", 1, ())), 50, 13, "+380671110036",
          Kind.OUT_FOR_DELIVERY, 7.75, paid=True, texts=True),
    Guest(_D, "Iryna", (("four", 1, ()), ("caesar", 1, ()), ("lemonade", 2, ())), 40, -7,
          "+380671234567", Kind.PREPARING, 24.12, texts=True, source=Source.PHONE,
          more={"tags": ("VIP",), "note": "Ring twice"}),
    Guest(_D, "Dmytro", (("margherita", 2, ()),), 33, 16, "+380671110040", Kind.READY, 4.17,
          texts=True, source=Source.PHONE),
    Guest(_P, "Solomiia", (("poke", 1, ()),), 22, -2, "+380671110042", Kind.READY, 0.1,
          paid=True, texts=True),
    Guest(_P, "Taras", (("burger", 3, (0, 1)), ("fries", 3, ())), 12, 3, "+380671110043",
          Kind.PREPARING, 9.52, texts=True, source=Source.PHONE),
    Guest(_D, "Iryna", (("pepperoni", 1, ()), ("cola", 1, ())), 6, 33, "+380671110012",
          Kind.PREPARING, 4.03, texts=True, source=Source.WEB, paid=True),
    Guest(_P, "Olena", (("margherita", 2, (0,)), ("tiramisu", 1, ())), 1.2, 23, "+380671110047",
          texts=True, source=Source.PHONE),
    Guest(_I, "", (("borshch", 1, ()), ("varenyky", 1, ())), 0.33, 18,
          more={"table": "6", "allergy": "nuts"}),
)  # fmt: skip


def open_evening(folder: Path, language: str = "en", more_dishes: list[str] | None = None) -> Shop:
    """A shop with the evening's menu and no orders, its virtual clock at 18:30; texts set up.

    `more_dishes` are names that the pizza station sells too.
    """
    shop_settings = ShopSettings(name="Pasta Nova", zone=ZONE, language=language)
    start = Instant(NOW - 72 * MINUTE_MS)
    cast_shop(folder, shop_settings, sample_menu=False, clock=VirtualClock(start))
    shop = open_shop(folder, clock=VirtualClock(start))
    with shop.desk.act() as act:
        store_menu(act.connection, _menu(more_dishes or []), "UAH")
        desk_setup.touch(act.connection)
    gateway = SmsSettings("smsgate", "http://127.0.0.1:9", "shop", lan=True)
    shop.desk.set_sms(gateway, "secret")
    return shop


def _menu(more: list[str]) -> MenuFile:
    dishes = {**_DISHES, **{name: ("pizza", name, name, "199", []) for name in more}}
    raw = {
        "stations": _STATIONS,
        "categories": [{"id": "all", "names": {"en": "Menu", "uk": "Меню"}}],
        "dishes": [
            {
                "category": "all",
                "station": station,
                "names": {"en": english, "uk": ukrainian},
                "price": price,
                "prep_minutes": 12,
                "modifiers": [
                    {"names": dict(zip(("en", "uk"), names.split("|"), strict=True))}
                    for names in modifiers
                ],
            }
            for station, english, ukrainian, price, modifiers in dishes.values()
        ],
    }
    return msgspec.convert(raw, MenuFile)


def line(shop: Shop, key: str, quantity: int = 1, modifiers: tuple[int, ...] = ()) -> LineDraft:
    """`key` is one of the evening's dishes, or a dish's English name."""
    wanted = _DISHES[key][1] if key in _DISHES else key
    dish = next(d for d in shop.desk.setup().menu.dishes if d.names["en"] == wanted)
    return LineDraft(dish.id, quantity, tuple(dish.modifiers[place].uid for place in modifiers))


def draft(shop: Shop, guest: Guest) -> Draft:
    made = Draft(
        fulfilment=guest.fulfilment,
        lines=tuple(line(shop, *parts) for parts in guest.lines),
        source=guest.source,
        customer=Customer(guest.name, guest.phone, "uk", guest.texts),
        promised_at=Instant(NOW + round(guest.promised * MINUTE_MS)),
        payment=PaymentDraft("card", paid=True) if guest.paid else None,
        address=_STREET if guest.fulfilment is Fulfilment.DELIVERY else None,
    )
    return replace(made, **guest.more)  # type: ignore[arg-type]


_WAY = (Kind.ACCEPTED, Kind.PREPARING, Kind.READY, Kind.OUT_FOR_DELIVERY)


def fill(shop: Shop, guests: tuple[Guest, ...] = EVENING) -> dict[str, Order]:
    """Place and bump `guests` each at its own minute; orders by number. The clock ends at 19:42."""
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    steps: list[tuple[float, int, Guest, Kind]] = []
    for place, guest in enumerate(guests):
        bumps = _WAY[1 : _WAY.index(guest.to) + 1]
        steps.append((guest.placed, place, guest, Kind.ACCEPTED))
        for at, kind in enumerate(bumps, start=1):
            span = guest.placed - guest.entered
            steps.append((guest.placed - span * at / len(bumps), place, guest, kind))
    ids: dict[int, int] = {}
    for before, place, guest, kind in sorted(steps, key=lambda step: (-step[0], step[1])):
        clock.set(Instant(NOW - round(before * MINUTE_MS)))
        if kind is Kind.ACCEPTED:
            wanted = replace(draft(shop, guest), promised_at=None)
            if guest.promised * MINUTE_MS + NOW >= clock.now() - MINUTE_MS:
                wanted = draft(shop, guest)
            ids[place] = shop.desk.place(wanted).order.id
            if not (guest.later or wanted.hold):
                shop.desk.kitchen.fire(ids[place])
        else:
            shop.desk.kitchen.see(ids[place])
            shop.desk.bump(ids[place])
    clock.set(NOW)
    _let_texts_leave(shop)
    cards = shop.desk.cards(list(ids.values()))
    return {card.order.number: card.order for card in cards.values()}


def _let_texts_leave(shop: Shop) -> None:
    """What the SMS lane would have recorded by now: all delivered, one failed."""
    late = tables.messages.c.not_before <= shop.clock.now()
    with shop.database.write() as connection:
        connection.execute(update(tables.messages).where(late).values(state="delivered"))
        dmytro = select(tables.people.c.id).where(tables.people.c.name == "Dmytro")
        his = tables.messages.c.people_id.in_(dmytro)
        connection.execute(update(tables.messages).where(late, his).values(state="failed"))


def rush(count: int, names: list[str]) -> tuple[Guest, ...]:
    """`count` open orders over all columns; the third has 14 lines, several the longest names."""
    keys = list(_DISHES)
    guests = ["Оксана", "Petro", "Jean-Baptiste", "Юлія", "Andrii", "Олександра-Вікторія", "Max"]
    made = []
    for place in range(count):
        lines = [(keys[(place * 3 + i) % len(keys)], 1 + (place + i) % 3, ()) for i in range(3)]
        if place == 2:
            lines = [(key, 1 + i % 4, ()) for i, key in enumerate(keys[:14])]
        elif names and place % 4 == 1:
            lines[0] = (names[place % len(names)], 2, ())
        to = _WAY[(1, 0, 1, 2, 1, 2, 3, 0)[place % 8]]
        kind = _D if to is Kind.OUT_FOR_DELIVERY else (_P, _I, _D)[place % 3]
        placed = 2 + (count - place) * 1.1
        made.append(
            Guest(
                kind,
                guests[place % len(guests)],
                tuple(lines),
                placed,
                -6 + place * 1.4,
                f"+38067555{place:04}",
                to,
                0 if to is Kind.ACCEPTED else placed * 0.4,
                paid=place % 2 == 0,
                texts=place % 3 != 2,
                more={"table": str(place)} if kind is _I else {},
            )
        )
    return tuple(made)


def longest_names(data: Path, count: int) -> list[str]:
    """The longest dish names of the real orders in `data`."""
    with gzip.open(data / "pizza-orders-2015-h1.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        names = {f"{r['name'].replace('_', ' ').capitalize()}, {r['size']}" for r in rows}
    return sorted(names, key=len)[-count:]
