"""What a courier's phone has reported, in the words of an order's history."""

from __future__ import annotations

from pos_app.clock import Instant, local
from pos_app.domain.order import Order
from ui.words import _

AT_SHOP, ARRIVED = "at_shop", "arrived"
REASONS = ("nobody_home", "wrong_address", "refused", "other")
"""Why a delivery usually fails."""


def courier_words(payload: dict[str, object], zone: str) -> str:
    """`Courier’s phone: delivered 19:40 · too late, not applied`."""
    at, reason = payload.get("occurred_at"), str(payload.get("reason", ""))
    time = f"{local(Instant(at), zone):%H:%M}" if isinstance(at, int) else ""
    parts = (_act(str(payload.get("act")), time), reason_word(reason), _outcome(payload))
    return " · ".join(part for part in parts if part)


def _act(act: str, time: str) -> str:
    said = {
        "took": _("Courier’s phone: took it {time}"),
        "at_shop": _("Courier’s phone: at the restaurant {time}"),
        "picked_up": _("Courier’s phone: picked it up {time}"),
        "arrived": _("Courier’s phone: at the door {time}"),
        "delivered": _("Courier’s phone: delivered {time}"),
        "failed": _("Courier’s phone: not delivered {time}"),
        "took_back": _("Courier’s phone: taken back {time}"),
    }
    return said.get(act, _("The courier’s phone has reported")).format(time=time)


def leg_word(order: Order) -> str:
    """Where its courier says that he is; empty as long as he says nothing."""
    return {
        AT_SHOP: _("courier is here"),
        ARRIVED: _("courier is at the door"),
    }.get(order.courier_leg, "")


def reason_word(reason: str) -> str:
    """Why it was not delivered; empty where nothing was said."""
    return {
        "nobody_home": _("nobody at home"),
        "wrong_address": _("wrong address"),
        "refused": _("guest refused it"),
        "other": _("other reason"),
        "unpaid": _("no money taken"),
    }.get(reason, "")


def _outcome(payload: dict[str, object]) -> str:
    return {
        "late": _("too late, not applied"),
        "too_late": _("too late, not applied"),
        "conflict": _("not applied, the counter was asked"),
        "ignored": _("nothing new"),
    }.get(str(payload.get("outcome")), "")
