"""The orders of two real rush hours, and a menu of exactly their pizzas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pos_app.replay.dishes import readable
from pos_app.replay.kitchen import prep_minutes
from pos_app.replay.sales import Pizza, read_sales

SALES = Path(__file__).resolve().parents[4] / "shared" / "data" / "pizza-orders-2015-h1.csv.gz"
FRIDAY = date(2015, 5, 15)
NOON, EVENING = (13,), (18,)
LONG_NOON, LONG_EVENING = (11, 12, 13, 14), (17, 18, 19, 20)
STATION = "Pizza"


@dataclass(frozen=True, slots=True)
class Item:
    """One dish of an order: its name as on the screen, its price in minor units."""

    dish: str
    category: str
    quantity: int
    price: int

    @property
    def total(self) -> int:
        return self.quantity * self.price


@dataclass(frozen=True, slots=True)
class Rush:
    """`noon` and `evening`: one tuple of items per real order, in the order of time."""

    noon: list[tuple[Item, ...]]
    evening: list[tuple[Item, ...]]

    @property
    def items(self) -> list[Item]:
        return [item for order in (*self.noon, *self.evening) for item in order]


def rush(*, is_long: bool) -> Rush:
    """The Friday's rush hours, two of them or (long) eight."""
    noon, evening = (LONG_NOON, LONG_EVENING) if is_long else (NOON, EVENING)
    sold = [sale for sale in read_sales(SALES).sales if sale.at.date() == FRIDAY]
    return Rush(
        [_items(sale.pizzas) for sale in sold if sale.at.hour in noon],
        [_items(sale.pizzas) for sale in sold if sale.at.hour in evening],
    )


def menu(rushes: Rush, sample: dict[str, Any]) -> dict[str, Any]:
    """The sample menu with the real pizzas in categories of their own, made at its *Pizza*."""
    station = next(s["id"] for s in sample["stations"] if s["names"]["en"] == STATION)
    kinds = sorted({item.category for item in rushes.items})
    categories = [{"id": f"rush-{kind}", "names": {"en": kind}} for kind in kinds]
    dishes = {}
    for item in rushes.items:
        name, size = item.dish.rsplit(" ", 1)
        dishes[item.dish] = {
            "id": f"rush-{item.dish.replace(' ', '-')}",
            "category": f"rush-{item.category}",
            "station": station,
            "names": {"en": item.dish},
            "kitchen": {"en": f"{name[: 15 - len(size)].strip()} {size}"},
            "price": f"{item.price // 100}.{item.price % 100:02}",
            "prep_minutes": prep_minutes(size),
        }
    return {
        "currency": sample["currency"],
        "stations": sample["stations"],
        "categories": categories,
        "dishes": list(dishes.values()),
    }


def _items(pizzas: tuple[Pizza, ...]) -> tuple[Item, ...]:
    counts: dict[Item, int] = {}
    for pizza in pizzas:
        cents = round(float(pizza.price) * 100)
        one = Item(f"{readable(pizza.name)} {pizza.size}", f"Real {pizza.type}", 1, cents)
        counts[one] = counts.get(one, 0) + 1
    return tuple(Item(one.dish, one.category, count, one.price) for one, count in counts.items())
