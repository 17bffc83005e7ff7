"""A shop on a hosted site without a network, and what a courier's phone would have reported."""

from __future__ import annotations

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS
from pos_app.domain.ids import new_uid
from pos_app.domain.order import Order
from pos_app.keys import ROOT, secret
from pos_app.store.sites import Site
from pos_app.wire.drops import COURIER
from pos_app.wire.snapshots import Action, CourierAct
from pos_app.wire.tokens import link_key

ORIGIN = "https://t.example.ua"
PHONE = "0123456789ab"


def use_hosted_site(shop: Shop) -> None:
    """Deliveries placed from now on have a courier's slip."""
    site = Site(
        site_id=new_uid(),
        mode="hosted",
        origin=ORIGIN,
        shop_id=new_uid(),
        terminal_id=shop.terminal_id,
        kid=0x12345,
        generation=1,
        site_epoch=1,
        push_seq=0,
        action_cursor=0,
        profile_version=0,
        heard_at=None,
    )
    shop.desk.use_site(site, link_key(secret(shop.keys, ROOT), ORIGIN, 1))


def tapped(
    shop: Shop,
    order: Order,
    kind: str,
    *,
    generation: int = 0,
    of: str = "",
    minutes_ago: int = 0,
    late: bool = False,
) -> str:
    """A tap on the slip's page as the site reports it; what the till made of it."""
    now = shop.clock.now()
    at = now - minutes_ago * MINUTE_MS
    said = CourierAct(at, PHONE, generation, of=of, late=late)
    return shop.desk.apply_action(Action(new_uid(), 0, COURIER + kind, order.uid, now, None, said))
