"""What one link may do with its order now, and what was done already.

The till says which acts it takes (`OrderSnapshot.acts`), the site remembers what was tapped
before the till has answered, and the link's scope decides the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pos_app.tracking.rows import GuestMarks
from pos_app.wire.snapshots import (
    ARRIVED,
    CANCEL_ASKED,
    RATED,
    TEXTS_STOPPED,
    OrderSnapshot,
    Scope,
)

ENDED = ("done", "cancelled")
_BEFORE_READY = ("new", "in_kitchen")


@dataclass(frozen=True, slots=True)
class Offers:
    """`acts`: kinds of `Action` that this link may send now.

    `cancel`: what became of the guest's wish to cancel. `stars` 0: not rated. `may_ring`: it
    will be called to the guest, `is_called`: now. `stop_elsewhere`: texts go out, but only the
    link inside them can stop them. `edition` differs whenever the guest has done something.
    """

    acts: frozenset[str]
    has_arrived: bool
    cancel: Literal["", "asked", "declined"]
    stars: int
    texts_stopped: bool
    stop_elsewhere: bool
    may_ring: bool
    is_called: bool
    edition: str


def offers(order: OrderSnapshot, marks: GuestMarks, scope: Scope) -> Offers:
    is_open = order.phase not in ENDED
    comes_himself = order.fulfilment != "delivery"
    stars = order.stars or marks.stars or 0
    texts_stopped = order.texts_stopped or marks.texts_stopped_at is not None
    may_stop = TEXTS_STOPPED in order.acts and not texts_stopped
    open_acts = {
        ARRIVED: order.fulfilment == "pickup" and is_open and marks.arrived_at is None,
        CANCEL_ASKED: CANCEL_ASKED in order.acts and marks.cancel_asked_at is None,
        RATED: RATED in order.acts and not stars,
        TEXTS_STOPPED: may_stop and scope == "personal",
    }
    done = (marks.arrived_at, marks.cancel_asked_at, marks.stars, marks.texts_stopped_at)
    return Offers(
        acts=frozenset(kind for kind, is_offered in open_acts.items() if is_offered),
        has_arrived=order.fulfilment == "pickup" and is_open and marks.arrived_at is not None,
        cancel=_cancel(order, marks),
        stars=stars,
        texts_stopped=texts_stopped,
        stop_elsewhere=may_stop and scope != "personal",
        may_ring=comes_himself and order.phase in _BEFORE_READY,
        is_called=comes_himself and order.phase == "ready",
        edition="".join("0" if act is None else "1" for act in done),
    )


def _cancel(order: OrderSnapshot, marks: GuestMarks) -> Literal["", "asked", "declined"]:
    if order.phase in ENDED:
        return ""
    if order.cancel_asked:
        return "asked"
    if order.cancel_declined:
        return "declined" if order.phase in _BEFORE_READY else ""
    if marks.cancel_asked_at is None:
        return ""
    if order.cancel_allowed:
        return "asked"
    # The tap and the kitchen's first tap crossed: the till takes no such wish any more.
    return "declined" if order.phase in _BEFORE_READY else ""
