"""Sentences of the counter: lines, guests, times and what is still missing."""

from __future__ import annotations

from pos_app.clock import Instant, local
from pos_app.config import Settings
from pos_app.domain.menu import Dish, Menu, Modifier
from pos_app.domain.money import show
from pos_app.domain.workflow import Fulfilment
from pos_app.language import pick
from ui.counter.basket import Basket, BasketLine, Missing
from ui.words import _, language, quoted


def dish_name(dish: Dish) -> str:
    return pick(dish.names, language())


def line_title(menu: Menu, line: BasketLine) -> str:
    """`Margherita, Large`: the dish with what was chosen instead of something else."""
    dish = menu.dish(line.dish_id)
    if dish is None:
        return _("No longer on the menu")
    chosen = [pick(m.names, language()) for m in _of(dish, line) if m.choice]
    return ", ".join([dish_name(dish), *chosen])


def line_changes(menu: Menu, line: BasketLine) -> str:
    """`+ extra basil` and the note, beneath the title; empty when there are none."""
    dish = menu.dish(line.dish_id)
    if dish is None:
        return ""
    parts = [pick(m.names, language()) for m in _of(dish, line) if not m.choice]
    if line.note:
        parts.append(quoted(line.note))
    return "   ".join(parts)


def _of(dish: Dish, line: BasketLine) -> list[Modifier]:
    return [m for m in dish.modifiers if m.uid in line.modifier_uids]


def money(amount: int, settings: Settings) -> str:
    return show(amount, settings.shop.currency, language())


def clock_time(instant: Instant, settings: Settings) -> str:
    """`20:02` in the shop's zone."""
    return f"{local(instant, settings.shop.zone):%H:%M}"


def told_minutes(settings: Settings, fulfilment: Fulfilment) -> str:
    return _("tell guests: {count} min").format(count=settings.tell_guests.minutes(fulfilment))


def place_text(basket: Basket) -> str:
    """What the big button says: what it does, or what it still waits for."""
    missing = basket.missing()
    if missing is Missing.DISHES:
        return _("Tap a dish to begin")
    if missing is Missing.STREET:
        return _("Enter the street to place")
    if missing is Missing.PHONE:
        return _("Correct the phone to place")
    if missing is Missing.PAYMENT:
        return _("Choose payment to place")
    return _("Place")


def fulfilments() -> list[tuple[str, str]]:
    return [
        (Fulfilment.DINE_IN.value, _("Dine-in")),
        (Fulfilment.PICKUP.value, _("Pickup")),
        (Fulfilment.DELIVERY.value, _("Delivery")),
    ]
