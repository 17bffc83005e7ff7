"""Whether the browser in front of a page may ask to be told when that page is closed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.tracking.offers import ENDED, Offers
from pos_app.wire.snapshots import OrderSnapshot, ShopProfile


@dataclass(frozen=True, slots=True)
class Notify:
    """`key`: what the shop's pushes are known by, empty where it sends none.

    `is_open`: a browser may ask now; who has asked may stop it at any time.
    """

    key: str = ""
    is_open: bool = False


def notify(order: OrderSnapshot, offers: Offers, profile: ShopProfile | None) -> Notify:
    if profile is None or not profile.push_key or not profile.box_key:
        return Notify()
    is_open = order.phase not in ENDED and not offers.texts_stopped
    return Notify(profile.push_key, is_open)
