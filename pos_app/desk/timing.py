"""The times of an order that is being placed: taken, promised, and when the kitchen gets it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import DAY_MS, MINUTE_MS, Instant, local
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import AT_ONCE, Draft
from pos_app.domain.quote import promise
from pos_app.domain.workflow import Fulfilment
from pos_app.errors import BadInput, Refused

EARLIEST_MS = DAY_MS
# Clocks differ a little, and an order that would wait so short a time need not wait.
SLACK_MS = MINUTE_MS


@dataclass(frozen=True, slots=True)
class OrderTimes:
    """`enters_at` is 0 when the kitchen gets the order at once."""

    placed_at: Instant
    promised_at: Instant
    enters_at: Instant


def check(act: Transaction, draft: Draft) -> None:
    """Raises BadInput naming the time that cannot be."""
    taken_at = draft.placed_at
    if taken_at is not None:
        if taken_at > act.now + SLACK_MS:
            raise BadInput("placed_at", "The order would be taken in the future")
        if taken_at < act.now - EARLIEST_MS:
            raise BadInput("placed_at", "The order was taken more than a day ago")
    elif draft.promised_at is not None and draft.promised_at < act.now - MINUTE_MS:
        raise BadInput("promised_at", "The promised time has passed")


def times_of(act: Transaction, draft: Draft, prep_minutes: int) -> OrderTimes:
    """The times of `draft`, whose longest dish takes `prep_minutes`.

    Raises Refused while the shop does not take such orders; what was taken on paper stands.
    """
    settings = act.setup.settings
    placed_at = act.now
    if draft.placed_at is not None:
        placed_at = min(draft.placed_at, act.now)
    promised_at = draft.promised_at or promise(placed_at, settings.tell_guests, draft.fulfilment)
    if draft.placed_at is None:
        _refuse_stopped(act, draft.fulfilment, promised_at)
    return OrderTimes(placed_at, promised_at, _enters_at(act, draft, prep_minutes))


def _enters_at(act: Transaction, draft: Draft, prep_minutes: int) -> Instant:
    if draft.promised_at is None:
        return AT_ONCE
    settings = act.setup.settings
    minutes = max(prep_minutes, settings.limits.new_minutes)
    if draft.fulfilment is Fulfilment.DELIVERY:
        told = settings.tell_guests
        minutes += max(0, told.delivery_minutes - told.pickup_minutes)
    enters_at = Instant(draft.promised_at - minutes * MINUTE_MS)
    return enters_at if enters_at > act.now + SLACK_MS else AT_ONCE


def _refuse_stopped(act: Transaction, fulfilment: Fulfilment, promised_at: Instant) -> None:
    settings = act.setup.settings
    until = settings.stop.ends(fulfilment, act.now)
    if until is None or promised_at >= until:
        return
    told = f"{local(until, settings.shop.zone):%H:%M}"
    if until == settings.stop.everything_until:
        raise Refused(
            "Orders are stopped until {time}",
            hint="End the stop in the header, or promise a later time.",
            time=told,
        )
    raise Refused(
        "Deliveries are stopped until {time}",
        hint="End the stop in the header, or promise a later time.",
        time=told,
    )
