"""Mishaps and guests in words: not collected, made again, texts, ratings, brought back."""

from __future__ import annotations

from babel.numbers import format_decimal

from pos_app.automation import words
from pos_app.domain.workflow import Kind
from pos_app.insights.values import Untold, Yesterday
from ui import message_words, rule_words
from ui.order_words import kind_word, remake_word
from ui.reports.figure import NOTHING, Figure, Speech, behind, joined
from ui.words import _, language, ngettext


def unfetched(told: Yesterday, speech: Speech) -> Figure:
    returned = sum(one.kind is Kind.RETURNED for one in told.unfetched)
    nothing = _("Everything was fetched.")
    back = _("{count} returned")
    paid = sum(one.paid for one in told.unfetched)
    return Figure(
        "unfetched",
        _("Not collected"),
        str(len(told.unfetched)),
        joined(
            back.format(count=returned) if returned else "",
            _("{amount} paid").format(amount=speech.sum(paid)) if paid and speech.sum(paid) else "",
        )
        or (_("Nobody came for it.") if told.unfetched else nothing),
        _("Cooked and not taken by anybody, or brought back by the courier."),
        tuple(
            behind(one.order, speech.sum(one.total), kind_word(one.kind)) for one in told.unfetched
        ),
        nothing,
    )


def remade(told: Yesterday, speech: Speech) -> Figure:
    nothing = _("Nothing was made twice.")
    reasons = dict.fromkeys(remake_word(one.reason) for one in told.remade)
    return Figure(
        "remade",
        _("Made again"),
        str(len(told.remade)),
        joined(*reasons) or nothing,
        _("Dishes that had to be made again, and why."),
        tuple(
            behind(
                one.order,
                below=joined(
                    f"{one.quantity} {speech.names(one.dish)}",
                    remake_word(one.reason),
                    speech.who(one.staff_id),
                ),
            )
            for one in told.remade
        ),
        nothing,
    )


def texts(told: Yesterday) -> Figure:
    said = told.texts
    trouble = (
        (_("{count} failed"), said.failed),
        (_("{count} too late"), said.expired),
        (_("{count} not told"), said.not_told),
        (_("{count} uncertain"), said.uncertain),
        (_("{count} waiting"), said.waiting),
    )
    line = joined(*(words.format(count=count) for words, count in trouble if count))
    return Figure(
        "texts",
        _("Texts to guests"),
        _("{count} sent").format(count=said.sent) if said.all else NOTHING,
        line or (_("All arrived.") if said.all else _("No text was asked for.")),
        _("What did not reach the guest. Texts taken back in time are not counted."),
        tuple(behind(one.order, below=_untold(one)) for one in said.behind),
        _("Every text left.") if said.all else _("No text was asked for."),
    )


def _untold(one: Untold) -> str:
    about = rule_words.begun(words.about(one.about, rule_words.texts()))
    state = message_words.state_word(one.state)
    why = message_words.why(one.reason) if one.reason else ""
    return joined(about, state, why)


def ratings(told: Yesterday) -> Figure:
    count, stars = len(told.ratings), told.stars
    return Figure(
        "ratings",
        _("Ratings"),
        _("{stars} of 5").format(stars=_one_digit(stars)) if stars is not None else NOTHING,
        ngettext("{count} rating", "{count} ratings", count).format(count=count)
        if count
        else _("Nobody has rated."),
        _("Stars that guests gave on the page, the lowest first."),
        tuple(behind(one.order, "★" * one.stars) for one in told.ratings),
        _("Nobody has rated."),
    )


def _one_digit(number: float) -> str:
    return str(format_decimal(number, format="0.0", locale=language()))


def brought_back(told: Yesterday, speech: Speech) -> Figure:
    count = len(told.brought_back)
    nothing = _("No wrong tap was found late.")
    orders = len({one.order.order_id for one in told.brought_back})
    return Figure(
        "brought_back",
        _("Brought back"),
        str(count),
        ngettext("on {count} order", "on {count} orders", orders).format(count=orders)
        if count
        else nothing,
        _("Orders that were moved on and had to come back a step."),
        tuple(
            behind(
                one.order,
                speech.time(one.at),
                joined(f"{kind_word(one.was)} → {kind_word(one.to)}", speech.who(one.staff_id)),
            )
            for one in told.brought_back
        ),
        nothing,
    )
