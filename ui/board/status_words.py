"""Where an order stands, and what happened to it, in the words of the screens."""

from __future__ import annotations

from pos_app.clock import local
from pos_app.desk.reading import TimelineEntry
from pos_app.domain.workflow import Kind
from ui.courier_words import courier_words
from ui.event_words import kitchen_words
from ui.words import _


def status(kind: Kind) -> str:
    return {
        Kind.PLACED: _("New"),
        Kind.ACCEPTED: _("New"),
        Kind.PREPARING: _("Preparing"),
        Kind.READY: _("Ready"),
        Kind.OUT_FOR_DELIVERY: _("On the way"),
        Kind.DELIVERY_FAILED: _("Delivery failed"),
        Kind.PICKED_UP: _("Given out"),
        Kind.SERVED: _("Served"),
        Kind.DELIVERED: _("Delivered"),
        Kind.HANDED_TO_PARTNER: _("Handed to the rider"),
        Kind.CANCELLED: _("Cancelled"),
        Kind.NOT_COLLECTED: _("Not collected"),
        Kind.RETURNED: _("Returned"),
    }[kind]


def happened(entry: TimelineEntry, zone: str) -> str:
    """`19:31 → Ready`: one line of the history."""
    return f"{local(entry.at, zone):%H:%M}  {_what(entry, zone)}"


def _what(entry: TimelineEntry, zone: str) -> str:
    if entry.kind == "courier_act":
        return courier_words(entry.payload, zone)
    fixed = {
        "order_placed": _("placed"),
        "cancelled": _("cancelled"),
        "line_added": _("a dish was added"),
        "line_voided": _("a dish was taken off"),
        "line_made": _("a dish was made"),
        "line_unmade": _("a dish is to make again"),
        "slip_reprinted": _("slip printed again"),
        "payment_recorded": _("payment recorded"),
        "guest_arrived": _("the guest is here"),
        "courier_at_shop": _("the courier is at the restaurant"),
        "courier_arrived": _("the courier is at the guest’s door"),
        "courier_leg_taken_back": _("the courier is not there yet"),
        "cancel_asked": _("the guest asks to cancel"),
        "cancel_declined": _("the guest was told: it is being cooked"),
        "texts_stopped": _("the guest stopped the texts"),
        "guest_rated": _("the guest rated it"),
        "message_sent": _("the text has left"),
        "message_expired": _("the text was too late and was dropped"),
    }
    to = entry.payload.get("to")
    where = status(Kind(str(to))) if to in set(Kind) else ""
    moved = {
        "bumped": _("→ {status}"),
        "undone": _("undone, again {status}"),
        "recalled": _("brought back to {status}"),
        "reopened": _("changed, again {status}"),
    }
    if entry.kind in moved and where:
        return moved[entry.kind].format(status=where)
    return fixed.get(entry.kind) or kitchen_words(entry.kind) or entry.kind.replace("_", " ")
