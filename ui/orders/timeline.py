"""What happened to an order, in words."""

from __future__ import annotations

from pos_app.clock import local
from pos_app.config import Settings
from pos_app.desk.reading import TimelineEntry
from pos_app.domain.money import show
from pos_app.domain.workflow import Kind
from ui.order_words import kind_word
from ui.words import _, language


def timeline_words(entry: TimelineEntry, settings: Settings) -> str:
    """`19:35:02  Preparing → Ready`."""
    at = f"{local(entry.at, settings.shop.zone):%H:%M:%S}"
    return f"{at}   {event_words(entry, settings)}"


def event_words(entry: TimelineEntry, settings: Settings) -> str:
    kind, payload = entry.kind, entry.payload
    if kind == "order_placed":
        return _("Placed")
    if kind == "bumped" and _steps(payload):
        return _steps(payload)
    if kind == "undone":
        return _("Undone: back to {status}").format(status=_to(payload))
    if kind == "recalled":
        return _("Brought back to {status}").format(status=_to(payload))
    if kind == "reopened":
        return _("Open again: {status}").format(status=_to(payload))
    if kind == "payment_recorded":
        return _payment(payload, settings)
    return _plain(kind)


def _plain(kind: str) -> str:
    """Events that need no more than a name; an unknown one shows its own."""
    known = {
        "cancelled": _("Cancelled"),
        "line_added": _("A dish was added"),
        "line_voided": _("A dish was taken off"),
        "line_made": _("A dish was made"),
        "line_unmade": _("A dish is to be made again"),
        "guest_arrived": _("The guest is here"),
        "slip_reprinted": _("The slip was printed again"),
        "message_sent": _("The text was accepted"),
        "message_delivered": _("The text was delivered"),
        "message_failed": _("The text failed"),
        "message_expired": _("The text came too late and was not sent"),
        "message_uncertain": _("Nobody knows whether the text arrived"),
    }
    return known.get(kind, kind.replace("_", " "))


def _steps(payload: dict[str, object]) -> str:
    if "to" not in payload:
        return ""
    start = payload.get("from")
    if not isinstance(start, str) or start == payload["to"]:
        return _to(payload)
    return f"{kind_word(Kind(start))} → {_to(payload)}"


def _to(payload: dict[str, object]) -> str:
    return kind_word(Kind(str(payload["to"]))) if payload.get("to") else ""


def _payment(payload: dict[str, object], settings: Settings) -> str:
    ways = {"cash": _("cash"), "card": _("card"), "online": _("online")}
    amount = payload.get("amount")
    money = show(amount if isinstance(amount, int) else 0, settings.shop.currency, language())
    way = ways.get(str(payload.get("type")), "")
    return _("Paid {amount}, {way}").format(amount=money, way=way)
