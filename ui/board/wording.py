"""The words on a card: bands, clocks, acts, fulfilment, and what became of the guest's text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import SECOND_MS, Instant, local
from pos_app.desk.reading import Card, MessageNote
from pos_app.desk.setup import Setup
from pos_app.domain.board import Band, Standing
from pos_app.domain.order import Order
from pos_app.domain.staff import member
from pos_app.domain.workflow import PHASES, Fulfilment, Kind, Phase
from ui.words import _, ngettext

SOON_MINUTES = 5


class Tone(StrEnum):
    QUIET = "quiet"
    STRONG = "strong"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FootNote:
    """One short sentence at the foot. `due_at` asks for a count-down in its `{left}`."""

    icon: str
    text: str
    tone: Tone = Tone.QUIET
    due_at: Instant | None = None


def column_title(phase: Phase) -> str:
    return {
        Phase.NEW: _("New"),
        Phase.IN_KITCHEN: _("Preparing"),
        Phase.READY: _("Ready"),
        Phase.ON_THE_WAY: _("On the way"),
    }[phase]


def fulfilment(order: Order) -> str:
    return {
        Fulfilment.DINE_IN: _("Dine-in"),
        Fulfilment.PICKUP: _("Pickup"),
        Fulfilment.DELIVERY: _("Delivery"),
    }[order.fulfilment]


def under(order: Order, setup: Setup) -> str:
    """`Pickup · for 19:35`; who has it, where a courier or a platform's rider does."""
    courier = member(setup.staff, order.courier_id) if order.courier_id else None
    parts = [order.partner or fulfilment(order), courier.name if courier is not None else ""]
    if courier is not None and PHASES[order.kind] is Phase.ON_THE_WAY:
        parts = [courier.name]
    parts.append(promised(order, setup.settings.shop.zone))
    return " · ".join(part for part in parts if part)


def asked(order: Order) -> str:
    """The question that waits for the counter."""
    if order.asked_at is None:
        return ""
    return _("Asked: {question}").format(question=order.question)


def promised(order: Order, zone: str) -> str:
    """`for 19:35`; with the day when it is not the day on which the order came."""
    due = local(order.promised_at, zone)
    if due.date() == local(order.placed_at, zone).date():
        return _("for {time}").format(time=f"{due:%H:%M}")
    return _("for {day}, {time}").format(day=f"{due:%d.%m}", time=f"{due:%H:%M}")


def clock(age_ms: int) -> str:
    """`9:31`; from an hour on `1 h 05`, so that nobody reads it as a minute."""
    minutes, seconds = divmod(age_ms // SECOND_MS, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return _("{hours} h {minutes}").format(hours=minutes // 60, minutes=f"{minutes % 60:02}")


def band(standing: Standing) -> str:
    if standing.band is Band.LATE:
        return _("LATE {minutes}").format(minutes=standing.minutes)
    if standing.band is Band.ON_TIME:
        return _("on time")
    if standing.waiting:
        return _("waiting")
    if standing.minutes <= SOON_MINUTES:
        return _("soon, {minutes} min").format(minutes=standing.minutes)
    return _("soon")


def longest_bands() -> tuple[str, ...]:
    """What a card keeps room for beside its name."""
    return (
        _("on time"),
        _("waiting"),
        _("soon, {minutes} min").format(minutes=5),
        _("LATE {minutes}").format(minutes=88),
    )


def act(order: Order) -> str:
    """What the one button of a card says."""
    if order.kind is Kind.READY:
        if order.partner:
            return _("To rider")
        return {
            Fulfilment.PICKUP: _("Given out"),
            Fulfilment.DINE_IN: _("Served"),
            Fulfilment.DELIVERY: _("To courier"),
        }[order.fulfilment]
    return {
        Kind.PLACED: _("Start"),
        Kind.ACCEPTED: _("Start"),
        Kind.PREPARING: _("Ready"),
        Kind.OUT_FOR_DELIVERY: _("Delivered"),
        Kind.DELIVERY_FAILED: _("Try again"),
    }.get(order.kind, "")


def oldest(count: int) -> str:
    return _("oldest {minutes} min").format(minutes=count)


def minutes(count: int) -> str:
    return _("{minutes} min").format(minutes=count)


def more(count: int) -> str:
    return ngettext("+{count} more", "+{count} more", count).format(count=count)


def empty_column(phase: Phase) -> str:
    """What a column without tickets is for."""
    return {
        Phase.NEW: _("Orders from the counter come here."),
        Phase.IN_KITCHEN: _("Start puts a ticket here."),
        Phase.READY: _("What is ready waits here for its guest or courier."),
        Phase.ON_THE_WAY: _("Orders with a courier stand here."),
    }[phase]


def about(subject: str) -> str:
    """What a text tells the guest."""
    return {
        "accepted": _("accepted"),
        "ready": _("ready"),
        "on_the_way": _("on the way"),
        "not_ready_yet": _("not ready yet"),
    }.get(subject, subject)


def message(card: Card, *, texts_on: bool) -> FootNote | None:
    """What became of the guest's text, or what will; None where no text was asked for."""
    if card.note is not None:
        return _of_note(card.note)
    order = card.order
    if not (order.customer.order_texts and order.customer.phone):
        return None
    if not texts_on:
        return FootNote("mute", _("no texts set up"))
    early = PHASES[order.kind] in (Phase.NEW, Phase.IN_KITCHEN)
    if order.fulfilment is Fulfilment.PICKUP and early:
        return FootNote("clock", _("text at Ready"))
    if order.fulfilment is Fulfilment.DELIVERY and (early or order.kind is Kind.READY):
        return FootNote("clock", _("text when it leaves"))
    return None


def _of_note(note: MessageNote) -> FootNote:
    wrong = {
        "failed": _("text failed · call"),
        "expired": _("text too late · call"),
        "uncertain": _("text perhaps lost · call"),
    }
    if note.state in wrong:
        return FootNote("alert", wrong[note.state], Tone.BAD)
    if note.state == "dropped" and note.reason != "no_channel":
        return FootNote("alert", _dropped(note.reason), Tone.BAD)
    known = {
        "waiting": FootNote("clock", _("text in {left}"), due_at=note.due_at),
        "sending": FootNote("clock", _("text is leaving")),
        "held": FootNote("pause", _held(note.reason)),
        "dropped": FootNote("mute", _("no texts set up")),
    }
    if note.state in known:
        return known[note.state]
    if note.practice:
        return FootNote("check", _("would be sent: {about}").format(about=about(note.about)))
    return FootNote("checks" if note.state == "delivered" else "check", about(note.about))


def _dropped(reason: str) -> str:
    if reason == "no_room":
        return _("no room for the text · call")
    if reason == "budget":
        return _("text budget used · call")
    return _("text not allowed · call")


def _held(reason: str) -> str:
    return _("text waits for the answer") if reason == "question" else _("text held")


def left(due_at: Instant, now: Instant) -> str:
    """`24 s`, from two minutes on `3 min`."""
    seconds = max(0, -(-(due_at - now) // SECOND_MS))
    if seconds < 120:
        return _("{seconds} s").format(seconds=seconds)
    return minutes(-(-seconds // 60))


def foot_text(note: FootNote, now: Instant) -> str:
    if note.due_at is None:
        return note.text
    if note.due_at <= now:
        return _("text waits to leave")
    return note.text.format(left=left(note.due_at, now))


def later_words(orders: list[Order], zone: str) -> str:
    """`Later (5), next 19:50`; empty when nothing waits."""
    if not orders:
        return ""
    return _("Later ({count}), next {time}").format(
        count=len(orders), time=f"{local(orders[0].enters_at, zone):%H:%M}"
    )
