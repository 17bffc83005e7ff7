"""What the bot answers, as pure functions of what was asked and of the order's public state.

The stage, the time and what an end means are said in the tracking page's own words, which are
given: the page is another program's part.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Protocol

from pos_app.clock import Instant
from pos_app.domain.stop_words import says_stop
from pos_app.language import Texts
from pos_app.wire.snapshots import OrderSnapshot


class Wish(StrEnum):
    """What a guest wants who wrote to the bot."""

    WHERE = "where"
    STOP = "stop"
    PERSON = "person"
    HELP = "help"


class PageWords(Protocol):
    """The tracking page's words, as in `pos_app.tracking.words`."""

    def heading(self, order: OrderSnapshot, texts: Texts) -> str: ...

    def promise(self, order: OrderSnapshot, texts: Texts) -> str: ...

    def explanation(self, order: OrderSnapshot, texts: Texts) -> str: ...

    def clock_text(self, at: Instant, zone: str, language: str, beside: Instant) -> str: ...


# Stops elsewhere; in a chat about an order they are about the order.
_OF_ORDER = frozenset({"cancel", "end", "quit"})
_HELP = frozenset({"/help", "help", "/start", "допомога", "довідка"})
_WHERE = re.compile(
    r"\b(where|status|ready|how long|де|коли|готов\w*|статус|скільки|чекати|/status)\b"
)


def wish_of(text: str) -> Wish:
    """What a guest's words ask for; what is not understood is for a person."""
    said = " ".join(text.lower().split())
    bare = said.rstrip("!. ")
    if says_stop(text) and bare not in _OF_ORDER:
        return Wish.STOP
    if bare in _HELP or bare.startswith("/start "):
        return Wish.HELP
    if _WHERE.search(said):
        return Wish.WHERE
    return Wish.PERSON


def standing(order: OrderSnapshot, zone: str, texts: Texts, words: PageWords) -> str:
    """Where the order is: number and stage, the time when there is one, what an end means."""
    number = texts.gettext("Order {number}").format(number=order.number)
    lines = [f"{number}: {words.heading(order, texts)}."]
    promise = words.promise(order, texts)
    if promise and order.promised_at is not None:
        promised, placed = Instant(order.promised_at), Instant(order.placed_at)
        time = words.clock_text(promised, zone, texts.language, placed)
        lines.append(f"{promise.format(time=time).rstrip('.')}.")
    more = words.explanation(order, texts)
    if more:
        lines.append(more)
    return "\n".join(lines)


def welcome(order: OrderSnapshot, zone: str, texts: Texts, words: PageWords) -> str:
    """To a guest who has opened the bot with a good word."""
    hello = texts.gettext("You will hear about this order here. Write “stop” to hear no more.")
    return f"{standing(order, zone, texts, words)}\n{hello}"


def used_up(texts: Texts, phone: str) -> str:
    """To a guest whose word is not known, or is too old."""
    said = texts.gettext("This link does not work any more. Please ask the shop.")
    return with_phone(said, phone)


def nothing_known(texts: Texts, phone: str) -> str:
    """To a guest who asks but has opened no order here."""
    said = texts.gettext("There is no order of yours here. Scan the code on your slip.")
    return with_phone(said, phone)


def used_by_another(texts: Texts, phone: str) -> str:
    """To whoever comes second with a word that has opened a chat already."""
    said = texts.gettext(
        "Somebody follows this order with this link already. If that is not you, please call."
    )
    return with_phone(said, phone)


def stopped(texts: Texts) -> str:
    return texts.gettext("You will hear no more about this order here.")


def passed_on(texts: Texts, phone: str) -> str:
    """To a guest whose words were given to the people at the counter."""
    said = texts.gettext("The shop has been told. If it is urgent, please call.")
    return with_phone(said, phone)


def started(texts: Texts) -> str:
    """To a guest who had stopped and wants to hear again."""
    return texts.gettext("You will hear about your orders here again.")


def too_many_wait(texts: Texts, phone: str) -> str:
    """To a guest whose earlier words nobody has come to yet."""
    said = texts.gettext("The shop has not read your other messages yet. Please call.")
    return with_phone(said, phone)


def only_words(texts: Texts, phone: str) -> str:
    """To a guest who has sent a picture or his voice."""
    said = texts.gettext("Only words can be read here. Please write, or call.")
    return with_phone(said, phone)


def enough(texts: Texts, phone: str) -> str:
    """The last answer of this hour to a chat that writes without end."""
    said = texts.gettext("That is a lot of messages. Please call, or write again in an hour.")
    return with_phone(said, phone)


def helped(texts: Texts, phone: str) -> str:
    """What the bot can do."""
    said = texts.gettext(
        "Write “where” to hear how your order is, “stop” to hear no more, or anything else to "
        "tell the shop."
    )
    return with_phone(said, phone)


def with_phone(said: str, phone: str) -> str:
    """The sentence, with the shop's number under it where it has one."""
    return f"{said}\n{phone}" if phone else said
