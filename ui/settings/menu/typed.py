"""What stands in the form of a dish, and the dish that it says. No widget here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.menu import Dish, Modifier, Names
from pos_app.domain.money import parse_price
from pos_app.errors import BadInput


@dataclass(frozen=True, slots=True)
class TypedModifier:
    """`uid` of the modifier that it was, empty for a new one; `price` as typed."""

    names: Names
    kitchen: Names
    price: str
    choice: str
    uid: str = ""


@dataclass(frozen=True, slots=True)
class TypedDish:
    """`price` and `minutes` as typed; ids are 0 where nothing was chosen."""

    names: Names
    kitchen: Names
    price: str
    category_id: int
    station_id: int
    minutes: str
    barcode: str
    modifiers: tuple[TypedModifier, ...] = ()

    def dish(self, before: Dish | None, currency: str) -> Dish:
        """The dish that was typed, in the place of `before`. Raises BadInput naming the field."""
        base = before or Dish(0, "", 0, {}, {}, 0, 0, 0, False, 0)
        if not self.price.strip():
            raise BadInput("price", "What does it cost?")
        if not self.minutes.strip().isdecimal():
            raise BadInput("prep_minutes", "A number of minutes is needed")
        return replace(
            base,
            names=_said(self.names),
            kitchen=_said(self.kitchen),
            price=parse_price(self.price, currency, "price"),
            category_id=self.category_id,
            station_id=self.station_id,
            prep_minutes=int(self.minutes),
            barcode=self.barcode.strip(),
            modifiers=tuple(
                _modifier(one, position, currency) for position, one in enumerate(self.modifiers)
            ),
        )


def _modifier(typed: TypedModifier, position: int, currency: str) -> Modifier:
    price = typed.price.strip() or "0"
    return Modifier(
        id=0,
        uid=typed.uid,
        dish_id=0,
        names=_said(typed.names),
        kitchen=_said(typed.kitchen),
        price=parse_price(price, currency, f"modifiers[{position}].price"),
        choice=typed.choice.strip(),
        position=position,
    )


def _said(names: Names) -> Names:
    return {language: name.strip() for language, name in names.items() if name.strip()}
