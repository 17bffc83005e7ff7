"""A delivery's slip as its site may keep it: what is personal sealed for the courier's phone."""

from __future__ import annotations

from pos_app.clock import Instant
from pos_app.desk import paying, slips
from pos_app.desk.setup import Setup
from pos_app.domain.money import decimals, symbol
from pos_app.domain.order import Address, Line, Order
from pos_app.domain.workflow import Kind, has_ended
from pos_app.store.links import Link
from pos_app.wire import drops as wire
from pos_app.wire import tokens
from pos_app.wire.envelopes import Envelope, seal
from pos_app.wire.tokens import token_hash


def drop_envelopes(
    order: Order, links: list[Link], setup: Setup, generation: int
) -> list[Envelope]:
    """One envelope per slip among `links`; `generation` counts how often it was taken back.

    Of a slip whose paper another computer has printed only its end is told: what this one could
    seal, that paper's key would not open.
    """
    root = setup.root_key
    found = [link for link in links if link.scope == slips.SLIP] if root is not None else []
    return [
        seal(f"{order.uid}/{place}", wire.DROP_TYPE, _drop(order, link, setup, root, generation))
        for place, link in enumerate(found)
        if root is not None and (_state(order, link) != "open" or _is_ours(link, setup, root))
    ]


def _is_ours(link: Link, setup: Setup, root: bytes) -> bool:
    newest = setup.site.generation if setup.site is not None else 0
    token = tokens.parse(link.token)
    return any(
        tokens.is_genuine(token, tokens.link_key(root, link.origin, generation), tokens.DROP)
        for generation in range(newest, 0, -1)
    )


def _drop(order: Order, link: Link, setup: Setup, root: bytes, generation: int) -> wire.Drop:
    state, hashed = _state(order, link), token_hash(link.token)
    sealed = ""
    if state == "open":
        key = wire.slip_key(root, link.token)
        sealed = wire.seal_drop_off(key, hashed, drop_off(order, setup))
    return wire.Drop(
        uid=order.uid,
        epoch=setup.identity.epoch,
        revision=order.revision,
        hash=hashed,
        number=order.number[:16],
        generation=generation,
        state=state,
        closes_at=Instant(order.promised_at + wire.CLAIM_MS),
        sealed=sealed,
    )


def _state(order: Order, link: Link) -> wire.DropState:
    if link.revoked:
        return "revoked"
    if order.kind is Kind.CANCELLED:
        return "cancelled"
    return "ended" if has_ended(order.kind) else "open"


def drop_off(order: Order, setup: Setup) -> wire.DropOff:
    """What the courier reads: where to, to whom, what, and the money to take."""
    address = order.address or Address("")
    return wire.DropOff(
        name=order.customer.name,
        phone=order.customer.phone,
        street=address.street,
        entrance=address.entrance,
        floor=address.floor,
        door_code=address.door_code,
        address_note=address.note,
        note=order.note,
        due=_to_collect(order),
        payment=order.payment_type,
        change_from=order.change_from,
        decimals=decimals(order.currency),
        symbol=symbol(order.currency, setup.settings.shop.language),
        promised_at=order.promised_at,
        lines=[_line(line) for line in order.open_lines],
        also=[wire.AT_SHOP, wire.ARRIVED],
    )


def _to_collect(order: Order) -> int:
    """What is due at the door, in minor units."""
    is_settled = order.payment_type == "online" or paying.is_given_back(order)
    return 0 if is_settled else order.due


def _line(line: Line) -> wire.DropLine:
    names = {}
    for code, name in line.kitchen.items():
        modifiers = [modifier.kitchen.get(code, "") for modifier in line.modifiers]
        names[code] = ", ".join(text for text in (name, *modifiers) if text)
    return wire.DropLine(line.quantity, names)
