"""Links to the guest's and the courier's page, minted on the till: an outage hinders no QR."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pos_app.desk import chats, slips
from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.store import links
from pos_app.store.database import Connection
from pos_app.wire import tokens

PAPER, PERSONAL, SLIP = "paper", "personal", slips.SLIP


def mint_links(act: Transaction, order: Order) -> None:
    """A link for the paper, one for texts when the guest gets any, one for the courier's slip."""
    _mint(act, order.id, PAPER)
    if order.customer.phone and order.customer.order_texts:
        _mint(act, order.id, PERSONAL)
    slips.mint_slip(act, order)


def _mint(act: Transaction, order_id: int, scope: str) -> None:
    site, key = act.setup.site, act.setup.link_key
    if site is None or key is None:
        return
    token = tokens.mint(key, kid=site.kid, now=act.now)
    links.add(act.connection, order_id, scope, token, site.origin, act.now)


def opens(found: Iterable[str], keys: Collection[bytes]) -> bool:
    """Whether one of these tokens was made with one of `keys`, whatever it is for."""
    return any(
        tokens.is_genuine(tokens.parse(token), key, label)
        for token in found
        for key in keys
        for label in (tokens.TRACK, tokens.DROP)
    )


def url(connection: Connection, setup: Setup, order_id: int, scope: str = PAPER) -> str | None:
    """Where the guest sees this order; None while no page has an address.

    `PAPER`: without a page his chat with the shop's bot, where there is one. `SLIP`: where its
    courier sees it, with the key behind `#`; None without a hosted https site.
    """
    if scope == SLIP:
        return slips.url(connection, setup, order_id)
    if setup.site is None:
        return chats.url(connection, setup, order_id) if scope == PAPER else None
    token = links.newest(connection, order_id, scope, setup.site.origin)
    return tokens.token_url(setup.site.origin, token) if token else None
