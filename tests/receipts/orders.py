"""Orders as the shop of these tests takes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.clock import Instant, instant_of
from pos_app.domain.menu import Names, Station
from pos_app.domain.order import (
    Address,
    Customer,
    FrozenModifier,
    Line,
    Order,
    StageTimes,
    total_of,
)
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.receipts import ShopInfo

ZONE = "Europe/Kyiv"
TOKEN = "2E4EQ94YC77LNA2F8YW5KF17C8X8OH"
HOSTED_URL = f"HTTPS://T.EXAMPLE.UA/{TOKEN}"
CHAT_URL = "https://t.me/trattoria_bot?start=3p9Zk_0aQ-7xYvB1cD2e"
LOCAL_URL = f"http://127.0.0.1:8123/{TOKEN}"
LONG_HOST_URL = f"HTTPS://ORDERS.THE-VERY-LONG-NAME-OF-A-RESTAURANT.EXAMPLE.COM.UA/{TOKEN}"

STATIONS = (
    Station(1, "s-grill", {"en": "Grill", "uk": "Гриль"}, 1),
    Station(2, "s-pizza", {"en": "Pizza", "uk": "Піца"}, 2),
)


def at(hour: int, minute: int, day: int = 23) -> Instant:
    return instant_of(datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(ZONE)))


def shop(language: str = "en", width_mm: int = 80, **changes: Any) -> ShopInfo:
    usual = ShopInfo(
        {"en": "Trattoria Bella Napoli", "uk": "Траторія «Белла Наполі»"},
        "+380 44 123 45 67",
        ZONE,
        language,
        width_mm,
    )
    return replace(usual, **changes)


def modifier(names: Names, kitchen: Names | None = None, price: int = 0) -> FrozenModifier:
    return FrozenModifier("m", names, kitchen or {}, price)


def line(no: int, names: Names, price: int, **changes: Any) -> Line:
    usual = Line(
        id=no,
        no=no,
        dish_id=no,
        names=names,
        kitchen={},
        quantity=1,
        unit_price=price,
        modifiers=(),
        note="",
        station_id=2,
        prep_minutes=10,
        tax_class="",
        tax_rate_bp=0,
        tax_inclusive=True,
        replaces=None,
        made_at=None,
        handed_over_at=None,
        voided_at=None,
    )
    return replace(usual, **changes)


MARGHERITA = line(
    1,
    {"en": "Margherita, large", "uk": "Маргарита, велика"},
    220_00,
    quantity=2,
    kitchen={"en": "Margh. L", "uk": "Маргар. вел."},
    modifiers=(modifier({"en": "extra basil", "uk": "більше базиліку"}, {"uk": "+ базилік"}),),
)
TIRAMISU = line(2, {"en": "Tiramisu", "uk": "Тірамісу"}, 145_00, station_id=1)


def order(*lines: Line, **changes: Any) -> Order:
    """A pickup order at 19:05 for 19:35, unpaid, unless `changes` say otherwise."""
    taken = lines or (MARGHERITA, TIRAMISU)
    adjustments = changes.get("adjustments", ())
    usual = Order(
        id=1,
        uid="018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192",
        number="A43",
        business_date="2026-11-23",
        source=Source.COUNTER,
        ref="",
        fulfilment=Fulfilment.PICKUP,
        status="accepted",
        kind=Kind.ACCEPTED,
        entry=1,
        entered_at=at(19, 5),
        placed_at=at(19, 5),
        promised_at=at(19, 35),
        promise_moved=False,
        times=StageTimes(at(19, 5)),
        currency="UAH",
        total=total_of(taken, adjustments),
        paid=0,
        payment_type="cash",
        change_from=1000_00,
        revision=1,
        lines=taken,
        tickets=(),
        adjustments=(),
        customer=Customer("Iryna K.", "+380671234567", "uk"),
        people_id=1,
        address=None,
        table="",
        tags=(),
        allergy="",
        note="",
        cancel_reason="",
        arrived_at=None,
    )
    return replace(usual, **changes)


def delivery(**changes: Any) -> Order:
    address = Address("вул. Велика Васильківська 72", "3", "14", "72К2580", "дзвонити двічі")
    given: dict[str, Any] = {"fulfilment": Fulfilment.DELIVERY, "address": address}
    return order(**(given | changes))
