"""An order in words, the same on every screen."""

from __future__ import annotations

from pos_app import phones
from pos_app.clock import local
from pos_app.config import Settings
from pos_app.domain.money import show
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind
from ui.rights import sees_money
from ui.words import _, language


def kind_word(kind: Kind) -> str:
    """Where an order stands, as the board's columns and the guest's page say it."""
    return {
        Kind.PLACED: _("New"),
        Kind.ACCEPTED: _("New"),
        Kind.PREPARING: _("Preparing"),
        Kind.READY: _("Ready"),
        Kind.PICKED_UP: _("Given out"),
        Kind.SERVED: _("Served"),
        Kind.OUT_FOR_DELIVERY: _("On the way"),
        Kind.DELIVERED: _("Delivered"),
        Kind.HANDED_TO_PARTNER: _("Handed to partner"),
        Kind.DELIVERY_FAILED: _("Delivery failed"),
        Kind.CANCELLED: _("Cancelled"),
        Kind.NOT_COLLECTED: _("Not collected"),
        Kind.RETURNED: _("Returned"),
    }[kind]


def fulfilment_word(order: Order) -> str:
    if order.fulfilment is Fulfilment.DINE_IN:
        return _("Table {name}").format(name=order.table) if order.table else _("Dine-in")
    return _("Pickup") if order.fulfilment is Fulfilment.PICKUP else _("Delivery")


def money_of(order: Order, amount: int) -> str:
    """An amount; empty where whoever stands at this screen sees no prices."""
    return show(amount, order.currency, language()) if sees_money() else ""


def is_owed(order: Order) -> bool:
    """Whether anybody is still to pay: nobody is for what was cancelled, left here or came back."""
    nobody_pays = (Kind.CANCELLED, Kind.NOT_COLLECTED, Kind.RETURNED)
    return bool(order.due) and order.kind not in nobody_pays


def pay_words(order: Order) -> str:
    """`TO PAY 585 ₴ · change from 1000 ₴`, `PAID` or `REFUNDED`; without prices only which."""
    if not order.due:
        return _("REFUNDED") if 0 < order.paid <= order.refunded else _("PAID")
    if not sees_money():
        return _("TO PAY")
    text = _("TO PAY {amount}").format(amount=money_of(order, order.due))
    if order.change_from is not None and order.change_from > order.due:
        note = money_of(order, order.change_from)
        text += " · " + _("change from {amount}").format(amount=note)
    return text


def time_word(order: Order, settings: Settings) -> str:
    """`for 19:35`."""
    return _("for {time}").format(time=f"{local(order.promised_at, settings.shop.zone):%H:%M}")


def address_line(order: Order) -> str:
    """`Franka 4, entrance 2, floor 5`; empty without an address."""
    address = order.address
    if address is None:
        return ""
    parts = [address.street]
    if address.entrance:
        parts.append(_("entrance {text}").format(text=address.entrance))
    if address.floor:
        parts.append(_("floor {text}").format(text=address.floor))
    return ", ".join(parts)


def day_and_time(instant: int, settings: Settings) -> str:
    """`23.11. 19:35` in the shop's zone."""
    from pos_app.clock import Instant

    return f"{local(Instant(instant), settings.shop.zone):%d.%m. %H:%M}"


def phone_words(phone: str, settings: Settings) -> str:
    return phones.show(phone, settings.shop.country)


def remake_word(reason: str) -> str:
    """Why a dish was made again: one of the kitchen's own words, or what somebody typed."""
    return {
        "dropped": _("dropped"),
        "burnt": _("burnt"),
        "wrong": _("wrong dish"),
        "cold": _("cold"),
        "other": _("other reason"),
    }.get(reason, reason)


def order_summary(order: Order) -> str:
    """`A43 · Iryna · Ready · 585 ₴`: enough to know it again."""
    parts = [order.number, order.customer.name or fulfilment_word(order), kind_word(order.kind)]
    parts.append(money_of(order, order.total))
    return " · ".join(part for part in parts if part)
