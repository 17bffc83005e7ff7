"""What the kitchen asks, and what has changed on a ticket, in the words of every board."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.order import ChangeKind, Ticket, TicketChange
from pos_app.language import pick
from ui.order_words import remake_word
from ui.words import _, language

REASONS = ("dropped", "burnt", "wrong", "cold", "other")
"""Why a dish is usually made again; `remake_word` says each."""
_OF_ORDER = (ChangeKind.ALLERGY, ChangeKind.NOTE)


def change(told: TicketChange) -> str:
    """One row under *CHANGED*: `+1 Fries`, `−1 Burger`, `AGAIN Steak: burnt`."""
    dish = pick(told.kitchen, language())
    if told.kind is ChangeKind.ADDED:
        return f"+{told.quantity} {dish}"
    if told.kind is ChangeKind.VOIDED:
        return f"−{told.quantity} {dish}"
    if told.kind is ChangeKind.AGAIN:
        return _("AGAIN {dish}: {reason}").format(dish=dish, reason=remake_word(told.text))
    if told.kind is ChangeKind.ALLERGY:
        return _("Allergy: {text}").format(text=told.text) if told.text else _("No allergy")
    return f"“{told.text}”" if told.text else _("Note taken off")


def changes(tickets: Sequence[Ticket]) -> tuple[str, ...]:
    """What nobody has seen on `tickets`; what was told to each of them is said once."""
    told = [row for ticket in tickets for row in ticket.changes]
    lines = [row for row in told if row.kind not in _OF_ORDER]
    whole = dict.fromkeys(change(row) for row in told if row.kind in _OF_ORDER)
    return (*(change(row) for row in lines), *whole)


def again(reason: str) -> str:
    """`AGAIN: burnt` below a dish; empty for one that is made for the first time."""
    return _("AGAIN: {reason}").format(reason=remake_word(reason)) if reason else ""


def questions() -> tuple[str, ...]:
    """What a kitchen usually asks."""
    return (
        _("We are out of it. What instead?"),
        _("How should it be cooked?"),
        _("Is the allergy for every dish?"),
    )
