"""What each part of a rule is called, in a person's language."""

from __future__ import annotations

from pos_app.automation.model import Field, Once, Result
from pos_app.language import Texts


def status(name: str, texts: Texts) -> str:
    """A kind of status or a phase; any other name as it is."""
    _ = texts.gettext
    return {
        "placed": _("Placed"),
        "accepted": _("Accepted"),
        "preparing": _("Preparing"),
        "ready": _("Ready"),
        "picked_up": _("Given out"),
        "served": _("Served"),
        "out_for_delivery": _("On the way"),
        "delivered": _("Delivered"),
        "handed_to_partner": _("Handed to partner"),
        "delivery_failed": _("Delivery failed"),
        "cancelled": _("Cancelled"),
        "not_collected": _("Not collected"),
        "returned": _("Returned"),
        "new": _("New"),
        "in_kitchen": _("In the kitchen"),
        "on_the_way": _("On the way"),
        "done": _("Done"),
    }.get(name, name)


def field(asked: Field, texts: Texts) -> str:
    """What a condition asks, with a small first letter."""
    _ = texts.gettext
    return {
        Field.STATUS: _("status"),
        Field.PHASE: _("phase"),
        Field.FULFILMENT: _("kind of order"),
        Field.SOURCE: _("source"),
        Field.PAYMENT_TYPE: _("way of paying"),
        Field.PAYMENT_STATE: _("payment"),
        Field.PARTNER: _("platform"),
        Field.VALUE: _("total"),
        Field.ITEMS: _("number of items"),
        Field.DISH: _("dish"),
        Field.CATEGORY: _("category"),
        Field.ORDER_TAG: _("tag of the order"),
        Field.CUSTOMER_TAG: _("tag of the guest"),
        Field.PAST_ORDERS: _("orders before this one"),
        Field.LATER_ORDERS: _("orders since this one"),
        Field.LANGUAGE: _("language of the guest"),
        Field.HAS_PHONE: _("phone known"),
        Field.ORDER_TEXTS: _("guest wants order texts"),
        Field.WANTS_NEWS: _("guest wants to be told"),
        Field.OFFERS: _("guest agreed to offers"),
        Field.WEEKDAY: _("day of the week"),
        Field.TIME: _("time"),
        Field.SHOP_LOAD: _("open orders"),
        Field.STAFF: _("member of staff"),
        Field.RATING: _("stars"),
    }[asked]


YES_NO = frozenset((Field.HAS_PHONE, Field.ORDER_TEXTS, Field.WANTS_NEWS, Field.OFFERS))


def yes_no(asked: Field, is_so: bool, texts: Texts) -> str:
    """What one of `YES_NO` says, as a part of a sentence."""
    _ = texts.gettext
    match asked:
        case Field.HAS_PHONE:
            return _("a phone number is known") if is_so else _("no phone number is known")
        case Field.ORDER_TEXTS:
            return _("the guest wants texts") if is_so else _("the guest wants no texts")
        case Field.WANTS_NEWS:
            if is_so:
                return _("the guest wants to be told, by text or on the page")
            return _("the guest does not want to be told")
        case _:
            return _("the guest wants offers") if is_so else _("the guest wants no offers")


def value(asked: Field, said: str, texts: Texts) -> str:
    """One value of a field that has fixed ones; any other as it is."""
    if asked in (Field.STATUS, Field.PHASE):
        return status(said, texts)
    if asked is Field.WEEKDAY:
        return weekday(said, texts)
    return _fixed(texts).get(said, said) if asked in _FIXED else said


_FIXED = frozenset(
    (
        Field.PARTNER,
        Field.FULFILMENT,
        Field.SOURCE,
        Field.PAYMENT_TYPE,
        Field.PAYMENT_STATE,
        Field.HAS_PHONE,
        Field.ORDER_TEXTS,
        Field.WANTS_NEWS,
        Field.OFFERS,
    )
)


def _fixed(texts: Texts) -> dict[str, str]:
    _ = texts.gettext
    return {
        "": _("none"),
        "dine_in": _("dine-in"),
        "pickup": _("pickup"),
        "delivery": _("delivery"),
        "counter": _("counter"),
        "phone": _("by phone"),
        "web": _("web shop"),
        "cash": _("cash"),
        "card": _("card"),
        "online": _("online"),
        "unpaid": _("not paid"),
        "part": _("paid in part"),
        "paid": _("paid"),
        "refunded": _("refunded"),
        "yes": _("yes"),
        "no": _("no"),
    }


def weekday(said: str, texts: Texts) -> str:
    """`1` is Monday."""
    _ = texts.gettext
    return {
        "1": _("Monday"),
        "2": _("Tuesday"),
        "3": _("Wednesday"),
        "4": _("Thursday"),
        "5": _("Friday"),
        "6": _("Saturday"),
        "7": _("Sunday"),
    }.get(said, said)


def channel(name: str, texts: Texts) -> str:
    """A way to the guest."""
    _ = texts.gettext
    return {
        "sms": _("SMS"),
        "whatsapp": "WhatsApp",
        "telegram": "Telegram",
        "mail": _("e-mail"),
        "push": _("push"),
    }.get(name, name)


def about(name: str, texts: Texts) -> str:
    """What a text is about, as its title."""
    _ = texts.gettext
    return {
        "accepted": _("accepted"),
        "premium": _("thanks for a large order"),
        "unpaid": _("please pay"),
        "promise_moved": _("new time"),
        "late": _("sorry, it takes longer"),
        "ready": _("ready"),
        "not_ready_yet": _("not ready yet after all"),
        "on_the_way": _("on the way"),
        "not_collected": _("still waiting for you"),
        "cancelled": _("cancelled"),
        "delivered_feedback": _("was everything right?"),
        "thanks_first": _("thanks for the first order"),
        "come_back": _("come back to us"),
        "written": _("written by hand"),
    }.get(name, name)


def once(how: Once, days: int, texts: Texts) -> str:
    """How often a rule speaks."""
    _ = texts.gettext
    match how:
        case Once.ORDER:
            return _("once per order")
        case Once.ENTRY:
            return _("once each time it comes there")
        case Once.CUSTOMER:
            said = texts.ngettext(
                "once per guest in {count} day", "once per guest in {count} days", days
            )
            return said.format(count=days)
        case Once.ALWAYS:
            return _("every time")


def result(what: Result, texts: Texts) -> str:
    """What became of a rule that was triggered."""
    _ = texts.gettext
    return {
        Result.ACTED: _("acted"),
        Result.NOT_MET: _("conditions not met"),
        Result.ONCE: _("had spoken already"),
        Result.RUNNING: _("was still under way"),
        Result.LOOP: _("stopped: rules answered each other"),
        Result.SKIPPED: _("skipped: too late"),
        Result.FAILED: _("failed"),
    }[what]
