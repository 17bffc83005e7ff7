"""Couriers' slips: their links, and who has a delivery by having scanned one."""

from __future__ import annotations

from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import new_uid
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment
from pos_app.store import courier_acts, links
from pos_app.store.database import Connection
from pos_app.wire import drops, tokens

SLIP = "slip"


def mint_slip(act: Transaction, order: Order) -> None:
    """A link for the slip of one of our own deliveries, where its page can be kept private."""
    site, key = act.setup.site, act.setup.link_key
    if site is None or key is None or not drops.serves_slips(site.mode, site.origin):
        return
    if order.fulfilment is not Fulfilment.DELIVERY or order.partner:
        return
    token = tokens.mint(key, site.kid, act.now, label=tokens.DROP)
    links.add(act.connection, order.id, SLIP, token, site.origin, act.now)


def url(connection: Connection, setup: Setup, order_id: int) -> str | None:
    """What the slip's code says, with the key that only the phone sees; None without a page."""
    if setup.site is None or setup.root_key is None:
        return None
    token = links.newest(connection, order_id, SLIP, setup.site.origin)
    if token is None:
        return None
    return drops.slip_url(setup.site.origin, token, drops.slip_key(setup.root_key, token))


def generations(connection: Connection, links_of: dict[int, list[links.Link]]) -> dict[int, int]:
    """How often each order that has a slip was taken from a phone; others are left out."""
    with_slip = [
        order_id
        for order_id, found in links_of.items()
        if any(link.scope == SLIP for link in found)
    ]
    return courier_acts.generations(connection, with_slip)


def let_go(act: Transaction, order_id: int) -> None:
    """Whichever phone has the delivery loses it; the next one that scans the slip may take it."""
    if act.setup.site is None or not links.has_scope(act.connection, order_id, SLIP):
        return
    held = courier_acts.holder(act.connection, order_id)
    courier_acts.let_go(act.connection, order_id)
    courier_acts.add(
        act.connection,
        courier_acts.CourierActRow(
            action_id=new_uid(),
            order_id=order_id,
            kind=courier_acts.RELEASED,
            device=held.device if held is not None else "",
            occurred_at=act.now,
            received_at=act.now,
            outcome=courier_acts.APPLIED,
        ),
    )
    act.queue_page(order_id)
