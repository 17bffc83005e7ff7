"""The evening's end: when the kitchen closes, what is still open, and the day that is over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pos_app import config
from pos_app.clock import MINUTE_MS, Instant, business_date, instant_of
from pos_app.config import ShopSettings, Stop
from pos_app.desk import cancelling, ending, owning
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Kind, Phase, has_ended
from pos_app.errors import BadInput, Refused
from pos_app.language import Texts
from pos_app.store import closed_days, orders

COLLECTED, NOT_COLLECTED, CANCELLED = "collected", "not_collected", "cancelled"
ANSWERS = (COLLECTED, NOT_COLLECTED, CANCELLED)
WHY = "close_of_day"
DAY_CLOSED = "day_closed"
CLOSED_DAYS = "closed_days"
"""What other screens are told has changed when a day was closed."""

MINUTES_A_DAY = 24 * 60


def stop(act: Transaction, wanted: Stop) -> None:
    """Set what is not taken, and until when. Raises BadInput naming the field."""
    for field in ("deliveries_until", "everything_until"):
        until = getattr(wanted, field)
        if until is not None and until < act.now - MINUTE_MS:
            raise BadInput(field, "This time has passed")
    minute = wanted.kitchen_closes_minute
    if minute is not None and not 0 <= minute < MINUTES_A_DAY:
        raise BadInput("kitchen_closes_minute", "A time of the day is from 0:00 to 23:59")
    owning.write_setting(act, config.STOP, wanted)
    act.record(
        "stopped",
        None,
        {
            "deliveries_until": wanted.deliveries_until,
            "everything_until": wanted.everything_until,
            "kitchen_closes_minute": minute,
        },
    )


def closing_at(minute: int | None, shop: ShopSettings, now: Instant) -> Instant | None:
    """When the kitchen closes on the business day of `now`; None when it never does.

    A minute before the cut-over hour is after midnight: it belongs to the next calendar day.
    """
    if minute is None:
        return None
    day = business_date(now, shop.zone, shop.cutover_hour)
    if minute < shop.cutover_hour * 60:
        day += timedelta(days=1)
    moment = datetime.combine(day, time(minute // 60, minute % 60), ZoneInfo(shop.zone))
    return instant_of(moment)


def is_after_closing(order: Order, closes_at: Instant, shop: ShopSettings, now: Instant) -> bool:
    """Whether `order` is promised for tonight, after the kitchen closes, and not made yet."""
    to_make = PHASES[order.kind] in (Phase.NEW, Phase.IN_KITCHEN)
    return to_make and order.promised_at > closes_at and day_of(order, shop) <= today(shop, now)


def today(shop: ShopSettings, now: Instant) -> str:
    """The business date of `now`."""
    return business_date(now, shop.zone, shop.cutover_hour).isoformat()


def day_of(order: Order, shop: ShopSettings) -> str:
    """The business date on which an order has to be over: one for later may be for another day."""
    if not order.enters_at:
        return order.business_date
    promised = business_date(order.promised_at, shop.zone, shop.cutover_hour).isoformat()
    return max(order.business_date, promised)


def close_order(act: Transaction, order_id: int, answer: str) -> None:
    """What became of an order that is still open, said at the end of the day. Sends nothing."""
    order = act.order(order_id)
    if has_ended(order.kind):
        raise Refused("Order {number} has ended already", number=order.number)
    if answer == COLLECTED:
        ending.settle(act, order, ending.fitting_end(order), WHY)
    elif answer == NOT_COLLECTED:
        ending.settle(act, order, Kind.NOT_COLLECTED, WHY)
    elif answer == CANCELLED:
        texts = Texts(act.setup.settings.shop.language)
        cancelling.cancel(act, order_id, texts.gettext("Cancelled at the end of the day"))
        ending.forget_times(act, order_id)
    else:
        raise BadInput(
            "answer",
            "“{answer}” is no answer here",
            hint="{known}",
            answer=answer,
            known=", ".join(ANSWERS),
        )


def close_day(act: Transaction, day: str) -> None:
    """The business day `day` is over. Raises Refused naming what is open, BadInput for no date."""
    shop = act.setup.settings.shop
    if _date(day) > business_date(act.now, shop.zone, shop.cutover_hour):
        raise BadInput("business_date", "This day has not come yet")
    found = orders.load_many(act.connection, orders.open_ids(act.connection))
    still = [order.number for order in found.values() if day_of(order, shop) == day]
    if still:
        raise Refused(
            "Still open: {numbers}",
            hint="Say of each what became of it, then close the day.",
            numbers=", ".join(still),
        )
    closed_days.close(act.connection, day, act.now, act.staff_id)
    act.record(DAY_CLOSED, None, {"business_date": day, "keys": [CLOSED_DAYS]})


def _date(day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise BadInput(
            "business_date", "“{day}” is not a date", hint="Such as 2026-11-23.", day=day
        ) from None
