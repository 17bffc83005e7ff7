"""How much a text matters: which leaves first, and what stops first when money runs out. Pure."""

from __future__ import annotations

from enum import IntEnum


class Urgency(IntEnum):
    """The smaller, the sooner."""

    READY = 0
    ORDER = 1
    FEEDBACK = 2
    OFFER = 3


_READY = frozenset({"ready", "not_ready_yet", "promise_moved", "late", "cancelled"})
_FEEDBACK = frozenset({"delivered_feedback", "feedback"})
_OFFER = frozenset({"thanks_first", "come_back", "offer"})


def of(about: str, offer: bool = False) -> Urgency:
    """*Ready* and what corrects it before all else; what is unknown is about an order.

    `offer`: the rule's step says that it is one, whatever it is about.
    """
    if offer or about in _OFFER or about.startswith("offer"):
        return Urgency.OFFER
    if about in _READY:
        return Urgency.READY
    if about in _FEEDBACK or about.endswith("_feedback"):
        return Urgency.FEEDBACK
    return Urgency.ORDER


def can_wait(about: str, offer: bool = False) -> bool:
    """Whether a text is about no order in hand, so that it may wait until guests are awake."""
    return of(about, offer) >= Urgency.FEEDBACK


NOT_CALLED_FOR = tuple(sorted(_FEEDBACK | _OFFER))
"""Nobody is called because one of these was not sent."""
