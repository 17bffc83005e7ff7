"""The page's words per status, in the guest's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos_app.clock import Instant, local
from pos_app.language import Texts
from pos_app.wire.snapshots import OrderSnapshot

_MONTH_DAY = "d MMM"


@dataclass(frozen=True, slots=True)
class Stops:
    """Until when the shop takes no deliveries, or nothing at all (Instant or None)."""

    deliveries_until: int | None
    everything_until: int | None


def heading(order: OrderSnapshot, texts: Texts) -> str:
    """The stage in one short phrase; a kind from a newer till is named by its phase."""
    known = {
        "placed": texts.gettext("Order received"),
        "accepted": texts.gettext("Order received"),
        "preparing": texts.gettext("Being prepared"),
        "ready": ready(order, texts),
        "picked_up": texts.gettext("Picked up"),
        "served": texts.gettext("Served"),
        "out_for_delivery": texts.gettext("On the way"),
        "delivered": texts.gettext("Delivered"),
        "handed_to_partner": texts.gettext("Handed to the delivery service"),
        "delivery_failed": texts.gettext("Not delivered yet"),
        "cancelled": texts.gettext("Cancelled"),
        "not_collected": texts.gettext("Not collected"),
        "returned": texts.gettext("Returned to the shop"),
    }
    if order.kind in known:
        return known[order.kind]
    by_phase = {
        "new": known["accepted"],
        "in_kitchen": known["preparing"],
        "ready": known["ready"],
        "on_the_way": known["out_for_delivery"],
        "done": texts.gettext("Finished"),
        "cancelled": known["cancelled"],
    }
    return by_phase[order.phase]


def ready(order: OrderSnapshot, texts: Texts) -> str:
    if order.fulfilment == "delivery":
        return texts.gettext("Ready, waiting for the courier")
    if order.fulfilment == "dine_in":
        return texts.gettext("Ready, coming to your table")
    return texts.gettext("Ready, come to the counter")


def fulfilment(order: OrderSnapshot, texts: Texts) -> str:
    if order.fulfilment == "delivery":
        return texts.gettext("Delivery")
    if order.fulfilment == "dine_in":
        return texts.gettext("Dine-in")
    return texts.gettext("Pickup")


def promise(order: OrderSnapshot, texts: Texts) -> str:
    """The sentence about the time, with `{time}` in it; empty when there is none to tell."""
    if order.promised_at is None or order.phase in ("done", "cancelled"):
        return ""
    if order.fulfilment == "delivery":
        if order.called_early and order.phase != "ready":
            return texts.gettext("It was called ready too early. At your door at about {time}.")
        if order.promise_moved:
            return texts.gettext("Later than we said: at your door at about {time}")
        return texts.gettext("At your door at about {time}")
    if order.phase == "ready":
        return ""
    if order.called_early:
        return texts.gettext("It was called ready too early. About {time}.")
    if order.promise_moved:
        return texts.gettext("Not ready yet, about {time}")
    return texts.gettext("Ready at about {time}")


def explanation(order: OrderSnapshot, texts: Texts) -> str:
    """What an end, or a trouble on the way, means for the guest."""
    by_kind = {
        "cancelled": texts.gettext("The shop has cancelled this order."),
        "not_collected": texts.gettext("Nobody has collected this order."),
        "returned": texts.gettext("The order has come back to the shop."),
        "delivery_failed": texts.gettext(
            "The courier could not hand it over. Please call the shop."
        ),
        "handed_to_partner": texts.gettext("Your delivery service brings it to you."),
        "picked_up": texts.gettext("Thank you. Enjoy your meal!"),
        "served": texts.gettext("Thank you. Enjoy your meal!"),
        "delivered": texts.gettext("Thank you. Enjoy your meal!"),
    }
    return by_kind.get(order.kind, "")


def rated(stars: int, texts: Texts) -> str:
    return texts.gettext("Thank you for rating: {stars} of 5.").format(stars=stars)


def stopped(stops: Stops, zone: str, now: Instant, texts: Texts) -> Iterator[tuple[Instant, str]]:
    """What is not taken at `now`, each with its end; *everything* covers deliveries."""
    orders, deliveries = stops.everything_until or 0, stops.deliveries_until or 0
    if orders > now:
        until = Instant(orders)
        said = texts.gettext("New orders are stopped until {time}.")
        yield until, said.format(time=clock_text(until, zone, texts.language, now))
    if deliveries > max(now, orders):
        until = Instant(deliveries)
        said = texts.gettext("New deliveries are stopped until {time}.")
        yield until, said.format(time=clock_text(until, zone, texts.language, now))


def clock_text(at: Instant, zone: str, language: str, beside: Instant) -> str:
    """`19:45`, with its date when that is another day than `beside` (both in `zone`)."""
    moment = local(at, zone)
    text = f"{moment:%H:%M}"
    if moment.date() == local(beside, zone).date():
        return text
    # Imported here: hardly any page needs a date, and Babel is slow to import.
    from babel.dates import format_date

    return f"{format_date(moment.date(), _MONTH_DAY, locale=language)}, {text}"
