"""The words in which rules are chosen: triggers, questions, comparisons, steps, options."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.automation import words
from pos_app.automation.known import CHANNELS, OWNER_CHANNELS
from pos_app.automation.model import Comparison, Field, Join, Mode, On, Once
from pos_app.automation.wording.standard import abouts
from pos_app.domain.workflow import Kind, Phase
from ui.rule_words import begun, texts
from ui.words import _

Options = list[tuple[str, str]]
"""What can be chosen: values with their words."""


def triggers() -> Options:
    return [
        (On.PLACED, _("An order is placed")),
        (On.ENTERED, _("An order gets a status")),
        (On.LEFT, _("An order leaves a status")),
        (On.IN_STATUS, _("An order stays in a status too long")),
        (On.BECAME_LATE, _("An order is late")),
        (On.PREDICTED_LATE, _("An order will be late")),
        (On.PROMISE_MOVED, _("The promised time changes")),
        (On.PAID, _("A payment is recorded")),
        (On.COURIER_ASSIGNED, _("An order gets a courier")),
        (On.COURIER_AT_SHOP, _("The courier is at the restaurant")),
        (On.COURIER_ARRIVED, _("The courier is at the guest’s door")),
        (On.GUEST_ARRIVED, _("The guest says: I’m here")),
        (On.GUEST_RATED, _("The guest has rated")),
        (On.CANCEL_ASKED, _("The guest asks to cancel")),
        (On.NEW_CUSTOMER, _("A guest orders for the first time")),
        (On.MESSAGE_FAILED, _("A text has failed")),
        (On.DAILY, _("Every day at a time")),
    ]


def questions() -> Options:
    return [(field, begun(words.field(field, texts()))) for field in Field]


def comparisons(field: Field) -> Options:
    """How this question can be compared; a yes or a no only with itself."""
    if field in YES_NO:
        return [(Comparison.ONE_OF, _("is"))]
    if field is Field.TIME:
        return [
            (Comparison.BETWEEN, _("between")),
            (Comparison.AT_LEAST, _("from")),
            (Comparison.AT_MOST, _("until")),
        ]
    if field in AMOUNTS:
        return [
            (Comparison.AT_LEAST, _("at least")),
            (Comparison.AT_MOST, _("at most")),
            (Comparison.BETWEEN, _("between")),
        ]
    return [(Comparison.ONE_OF, _("is one of")), (Comparison.NONE_OF, _("is none of"))]


YES_NO = frozenset({Field.HAS_PHONE, Field.ORDER_TEXTS, Field.WANTS_NEWS, Field.OFFERS})
AMOUNTS = frozenset(
    {
        Field.VALUE,
        Field.ITEMS,
        Field.PAST_ORDERS,
        Field.LATER_ORDERS,
        Field.SHOP_LOAD,
        Field.RATING,
    }
)


def joins() -> Options:
    return [
        (Join.ALL, _("All of these")),
        (Join.ANY, _("Any of these")),
        (Join.NONE, _("None of these")),
    ]


def kinds() -> Options:
    """Every status, as sentences call it."""
    return [(kind, words.status(kind, texts())) for kind in Kind]


def stages() -> Options:
    return [
        (Phase.NEW, _("New")),
        (Phase.IN_KITCHEN, _("In the kitchen")),
        (Phase.READY, _("Ready")),
        (Phase.ON_THE_WAY, _("On the way")),
        (Phase.DONE, _("Done")),
        (Phase.CANCELLED, _("Cancelled")),
    ]


def places() -> Options:
    """Statuses, and the stages that hold several of them."""
    known = dict(kinds())
    also = [
        (stage, _("{stage} (any)").format(stage=said))
        for stage, said in stages()
        if stage not in known
    ]
    return [*((str(kind), said) for kind, said in kinds()), *also]


def steps() -> Options:
    return [
        ("send", _("Text the guest")),
        ("wait", _("Wait")),
        ("recheck", _("Check the conditions again")),
        ("tell_staff", _("Tell the staff on the board")),
        ("open_task", _("Ask somebody to call back")),
        ("set_status", _("Change the status")),
        ("set_tag", _("Set a tag")),
        ("print", _("Print a slip")),
        ("webhook", _("Tell another program")),
        ("tell_owner", _("Tell the owner how a day was")),
    ]


def channels() -> Options:
    return [(name, begun(words.channel(name, texts()))) for name in CHANNELS]


def owner_channels() -> Options:
    return [(name, begun(words.channel(name, texts()))) for name in OWNER_CHANNELS]


def subjects() -> Options:
    """What a text can be about, in the order of an order's way."""
    return [(about, begun(words.about(about, texts()))) for about in abouts()]


def how_often() -> Options:
    return [
        (Once.ORDER, _("Once per order")),
        (Once.ENTRY, _("Each time the status comes")),
        (Once.CUSTOMER, _("Once per guest in so many days")),
        (Once.ALWAYS, _("Every time")),
    ]


def modes() -> Options:
    return [
        (Mode.SINGLE, _("Let the first one finish")),
        (Mode.RESTART, _("Begin again")),
        (Mode.QUEUED, _("One after the other")),
    ]


def values(field: Field, known: Iterable[str]) -> Options:
    """Values that are the same in every shop."""
    return [(value, begun(words.value(field, value, texts()))) for value in known]


def word_of(options: Options, value: str) -> str:
    """The words of a value; one that nobody offers any more says itself."""
    return next((said for known, said in options if known == value), value)
