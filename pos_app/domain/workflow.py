"""Which way an order goes: kinds of status, their phases, and what follows what.

A shop may rename and add statuses; each keeps a *kind* from this list, so that rules, reports
and pages keep working. The kitchen's part of an order is a pure function of its tickets.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Kind(StrEnum):
    """Canonical statuses."""

    PLACED = "placed"
    ACCEPTED = "accepted"
    PREPARING = "preparing"
    READY = "ready"
    PICKED_UP = "picked_up"
    SERVED = "served"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    HANDED_TO_PARTNER = "handed_to_partner"
    DELIVERY_FAILED = "delivery_failed"
    CANCELLED = "cancelled"
    NOT_COLLECTED = "not_collected"
    RETURNED = "returned"


class Phase(StrEnum):
    """What every status belongs to, whatever the shop calls it."""

    NEW = "new"
    IN_KITCHEN = "in_kitchen"
    READY = "ready"
    ON_THE_WAY = "on_the_way"
    DONE = "done"
    CANCELLED = "cancelled"


class Fulfilment(StrEnum):
    DINE_IN = "dine_in"
    PICKUP = "pickup"
    DELIVERY = "delivery"


class Source(StrEnum):
    """Where an order came from."""

    COUNTER = "counter"
    PHONE = "phone"
    WEB = "web"


PHASES: dict[Kind, Phase] = {
    Kind.PLACED: Phase.NEW,
    Kind.ACCEPTED: Phase.NEW,
    Kind.PREPARING: Phase.IN_KITCHEN,
    Kind.READY: Phase.READY,
    Kind.OUT_FOR_DELIVERY: Phase.ON_THE_WAY,
    Kind.DELIVERY_FAILED: Phase.ON_THE_WAY,
    Kind.PICKED_UP: Phase.DONE,
    Kind.SERVED: Phase.DONE,
    Kind.DELIVERED: Phase.DONE,
    Kind.HANDED_TO_PARTNER: Phase.DONE,
    Kind.NOT_COLLECTED: Phase.DONE,
    Kind.RETURNED: Phase.DONE,
    Kind.CANCELLED: Phase.CANCELLED,
}

KITCHEN_KINDS = (Kind.ACCEPTED, Kind.PREPARING, Kind.READY)
ENDED_PHASES = (Phase.DONE, Phase.CANCELLED)

_HANDOVER = {
    Fulfilment.PICKUP: Kind.PICKED_UP,
    Fulfilment.DINE_IN: Kind.SERVED,
    Fulfilment.DELIVERY: Kind.OUT_FOR_DELIVERY,
}


def has_ended(kind: Kind) -> bool:
    return PHASES[kind] in ENDED_PHASES


def next_kind(kind: Kind, fulfilment: Fulfilment, *, partner: bool = False) -> Kind | None:
    """What the one button of a card does next; None when the order has ended.

    `partner`: a platform's rider fetches it, and then it has ended for us.
    """
    if kind in (Kind.PLACED, Kind.ACCEPTED):
        return Kind.PREPARING
    if kind is Kind.PREPARING:
        return Kind.READY
    if kind is Kind.READY:
        return Kind.HANDED_TO_PARTNER if partner else _HANDOVER[fulfilment]
    if kind is Kind.OUT_FOR_DELIVERY:
        return Kind.DELIVERED
    if kind is Kind.DELIVERY_FAILED:
        return Kind.READY
    return None


def next_ticket_kind(kind: Kind) -> Kind | None:
    """What bumping one station's ticket does: start it, then finish it."""
    if kind is Kind.ACCEPTED:
        return Kind.PREPARING
    if kind is Kind.PREPARING:
        return Kind.READY
    return None


def kitchen_kind(tickets: Iterable[Kind]) -> Kind:
    """The kitchen status of an order from its tickets' kinds.

    Ready only when every ticket is; accepted only while none has been started: a partial bump
    never completes an order. An order without tickets has nothing to make, so it is ready.
    """
    kinds = set(tickets)
    if not kinds or kinds == {Kind.READY}:
        return Kind.READY
    return Kind.ACCEPTED if kinds == {Kind.ACCEPTED} else Kind.PREPARING


ENDS: dict[Kind, tuple[Kind, ...]] = {
    Kind.READY: (Kind.PICKED_UP, Kind.SERVED, Kind.HANDED_TO_PARTNER, Kind.NOT_COLLECTED),
    Kind.OUT_FOR_DELIVERY: (Kind.DELIVERED, Kind.DELIVERY_FAILED, Kind.RETURNED),
    Kind.DELIVERY_FAILED: (Kind.RETURNED,),
}
"""Which end may follow what. Dishes that are still in the kitchen can only be cancelled."""


def may_follow(kind: Kind) -> frozenset[Kind]:
    """Where an order that stands in `kind` can be moved, whatever it is."""
    ways = {
        next_kind(kind, one, partner=partner) for one in Fulfilment for partner in (True, False)
    }
    ends = {*ENDS.get(kind, ()), *((Kind.CANCELLED,) if may_cancel(kind) else ())}
    return frozenset(one for one in ways | ends if one is not None)


def may_cancel(kind: Kind) -> bool:
    """Anything still open can be cancelled; what has ended keeps its end."""
    return not has_ended(kind)
