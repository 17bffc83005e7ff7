"""What happened to an order, in words."""

from __future__ import annotations

from pos_app.clock import local
from pos_app.config import Settings
from pos_app.desk.reading import TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.money import show
from pos_app.domain.workflow import Kind
from ui.courier_words import courier_words
from ui.event_words import kitchen_words
from ui.order_words import kind_word
from ui.rights import sees_money
from ui.staff_words import who_did
from ui.words import _, language


def timeline_words(entry: TimelineEntry, setup: Setup) -> str:
    """`19:35:02  Preparing → Ready · Olha`: who did it by his name of today."""
    at = f"{local(entry.at, setup.settings.shop.zone):%H:%M:%S}"
    said = (event_words(entry, setup), who_did(entry.staff_id, setup.staff))
    return f"{at}   {' · '.join(part for part in said if part)}"


def event_words(entry: TimelineEntry, setup: Setup) -> str:
    kind, payload = entry.kind, entry.payload
    if kind == "order_placed":
        return _("Placed")
    if kind in ("bumped", "ended") and _steps(payload):
        return _steps(payload)
    if kind in _MONEY:
        return _money_words(kind, payload, setup.settings)
    if kind == "courier_act":
        return courier_words(payload, setup.settings.shop.zone)
    if kind == "courier_assigned":
        courier = who_did(str(payload.get("courier_id")), setup.staff)
        return _("Courier: {name}").format(name=courier)
    if kind == "guest_rated":
        return _("The guest gave {stars} of 5 stars").format(stars=payload.get("stars"))
    return _back(kind, payload) or _plain(kind)


def _back(kind: str, payload: dict[str, object]) -> str:
    """Where an order went that did not go on as usual; empty for other events."""
    templates = {
        "undone": _("Undone: back to {status}"),
        "recalled": _("Brought back to {status}"),
        "reopened": _("Open again: {status}"),
        "street_told": _("From the street: {status}"),
    }
    return templates[kind].format(status=_to(payload)) if kind in templates else ""


def _plain(kind: str) -> str:
    """Events that need no more than a name; an unknown one shows its own."""
    known = {
        "cancelled": _("Cancelled"),
        "line_added": _("A dish was added"),
        "line_voided": _("A dish was taken off"),
        "line_made": _("A dish was made"),
        "line_unmade": _("A dish is to be made again"),
        "guest_arrived": _("The guest is here"),
        "cancel_asked": _("The guest asks to cancel"),
        "cancel_declined": _("The guest was told: it is being cooked"),
        "texts_stopped": _("The guest stopped the texts"),
        "slip_reprinted": _("The slip was printed again"),
        "tickets_printed": _("The open tickets were printed"),
        "lines_handed_over": _("A part was handed over"),
        "left_unpaid": _("Left unpaid"),
        "courier_at_shop": _("The courier is at the restaurant"),
        "courier_arrived": _("The courier is at the guest’s door"),
        "courier_leg_taken_back": _("The courier is not there yet"),
        "courier_released": _("The courier does not have it any more"),
        "street_conflict": _("The courier’s phone says otherwise"),
        "salvaged": _("Put right after the file was damaged"),
        "caught_up": _("Looked at after a power cut"),
        "message_sent": _("The text was accepted"),
        "message_delivered": _("The text was delivered"),
        "message_failed": _("The text failed"),
        "message_expired": _("The text came too late and was not sent"),
        "message_held": _("The text is held"),
        "message_released": _("The held text may leave"),
        "message_dropped": _("The text was dropped"),
        "message_taken_back": _("The text was taken back"),
        "message_written": _("Somebody wrote to the guest"),
        "message_said_again": _("The text was asked for once more"),
        "by_hand_on": _("Texts only by hand"),
        "by_hand_off": _("Texts by rules again"),
        "contact_added": _("The guest can be reached another way"),
        "message_passed_on": _("The text goes on by another way"),
        "receipt_left_out": _("The letter went without the receipt"),
        "contact_removed": _("The guest can no longer be reached this way"),
        "push_asked": _("A phone asked to be notified on the page"),
        "push_stopped": _("A phone is notified no more"),
        "message_uncertain": _("Nobody knows whether the text arrived"),
    }
    said = known.get(kind) or kitchen_words(kind) or kind.replace("_", " ")
    return said[:1].upper() + said[1:]


def _steps(payload: dict[str, object]) -> str:
    if "to" not in payload:
        return ""
    start = payload.get("from")
    if not isinstance(start, str) or start == payload["to"]:
        return _to(payload)
    return f"{kind_word(Kind(start))} → {_to(payload)}"


def _to(payload: dict[str, object]) -> str:
    return kind_word(Kind(str(payload["to"]))) if payload.get("to") else ""


_MONEY = ("payment_recorded", "payment_undone", "refunded")


def _money_words(kind: str, payload: dict[str, object], settings: Settings) -> str:
    ways = {"cash": _("cash"), "card": _("card"), "online": _("online")}
    way = ways.get(str(payload.get("type")), "")
    if not sees_money():
        return {
            "payment_recorded": _("Paid, {way}"),
            "payment_undone": _("Payment undone, {way}"),
            "refunded": _("Given back, {way}"),
        }[kind].format(way=way)
    amount = payload.get("amount")
    money = show(amount if isinstance(amount, int) else 0, settings.shop.currency, language())
    return {
        "payment_recorded": _("Paid {amount}, {way}"),
        "payment_undone": _("Payment undone: {amount}, {way}"),
        "refunded": _("Given back {amount}, {way}"),
    }[kind].format(amount=money, way=way)
