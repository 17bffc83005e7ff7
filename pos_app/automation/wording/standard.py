"""The words for every occasion while a manager has written none, in every language we speak."""

from __future__ import annotations

from pos_app.automation.wording.fields import FIELDS
from pos_app.language import Texts

LINKED = frozenset(
    ("accepted", "on_the_way", "not_ready_yet", "late", "promise_moved", "delivered_feedback")
)
"""Texts with the link to the order's page. Who stands at the counter needs none, and without one
the text is a part shorter."""

STANDARD_SUBJECT = "{{ shop }} · {{ number }}"
"""What stands above a text on a way out with a place for it."""

_LINK_INSIDE = frozenset(("delivered_feedback",))
_AS_FIELDS = {name: "{{ " + name + " }}" for name in FIELDS}


def standard_text(about: str, language: str) -> str:
    """The template for `about`. Raises ValueError when there is nothing to say about it."""
    words = _all(Texts(language).language).get(about)
    if words is None:
        raise ValueError(f"no text about {about}")
    template = words.format_map(_AS_FIELDS)
    if about in LINKED - _LINK_INSIDE:
        template = f"{template} {_AS_FIELDS['link']}"
    return template


def abouts() -> tuple[str, ...]:
    """Everything that has a text, in the order of an order's way."""
    return tuple(_all("en"))


def _all(language: str) -> dict[str, str]:
    texts = Texts(language)
    return {
        "accepted": texts.gettext("{shop}: order {number} is accepted, ready about {time}."),
        "premium": texts.gettext(
            "{shop}: thank you for so big an order! {number} is ready about {time}."
        ),
        "unpaid": texts.gettext(
            "{shop}: order {number} is not paid yet ({total}). Any question: {phone}"
        ),
        "promise_moved": texts.gettext("{shop}: order {number} has a new time, about {time}."),
        "late": texts.gettext("{shop}: order {number} takes longer, about {time} now. Sorry!"),
        "ready": texts.gettext("{shop}: order {number} is ready. Come to the counter."),
        "not_ready_yet": texts.gettext(
            "{shop}: order {number} is not ready yet after all, about {time}. Sorry!"
        ),
        "on_the_way": texts.gettext("{shop}: order {number} is on its way."),
        "not_collected": texts.gettext(
            "{shop}: order {number} is still waiting for you. Call us: {phone}"
        ),
        "cancelled": texts.gettext(
            "{shop}: order {number} is cancelled. Call us with any question: {phone}"
        ),
        "delivered_feedback": texts.gettext(
            "{shop}: was everything right with order {number}? Tell us: {link}"
        ),
        "thanks_first": texts.gettext(
            "{shop}: thank you for your first order, {name}! We hope to see you again."
        ),
        "come_back": texts.gettext(
            "{name}, we have not seen you for a while and would be glad to. {shop} {phone}"
        ),
    }
