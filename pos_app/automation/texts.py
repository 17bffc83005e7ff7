"""What a customer reads: rendered when it is sent, from fields, in his language."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.language import Texts

LONGEST = 2_000
ABOUTS = (
    "accepted",
    "premium",
    "unpaid",
    "promise_moved",
    "late",
    "ready",
    "not_ready_yet",
    "on_the_way",
    "not_collected",
    "cancelled",
    "delivered_feedback",
    "thanks_first",
    "come_back",
)
"""What a text can be about, in the order of an order's way."""
GSM_SEPTETS = 160
GSM_SEPTETS_JOINED = 153
UCS2_UNITS = 70
UCS2_UNITS_JOINED = 67
_GSM_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = "^{}\\[~]|€"


@dataclass(frozen=True, slots=True)
class TextFields:
    """`time` is the promise in the shop's zone (`19:45`); `link` and `phone` may be empty."""

    shop: str
    number: str
    time: str
    link: str
    phone: str


def render(about: str, language: str, fields: TextFields) -> str:
    """The text of one message; parts that would be empty are left out whole."""
    texts = Texts(language)
    if about == "accepted":
        first = texts.gettext("{shop}: order {number} is accepted, ready about {time}.")
    elif about == "ready":
        first = texts.gettext("{shop}: order {number} is ready. Come to the counter.")
    elif about == "on_the_way":
        first = texts.gettext("{shop}: order {number} is on its way.")
    elif about == "not_ready_yet":
        first = texts.gettext(
            "{shop}: order {number} is not ready yet after all, about {time}. Sorry!"
        )
    else:
        raise ValueError(f"no text about {about}")
    said = first.format(shop=fields.shop, number=fields.number, time=fields.time)
    if fields.link:
        said = f"{said} {fields.link}"
    return said[:LONGEST]


def sms_parts(text: str) -> int:
    """How many SMS the text takes: one «’» turns 160 Latin characters into 70."""
    if all(ch in _GSM_BASIC or ch in _GSM_ESCAPED for ch in text):
        units = sum(2 if ch in _GSM_ESCAPED else 1 for ch in text)
        single, joined = GSM_SEPTETS, GSM_SEPTETS_JOINED
    else:
        units = len(text.encode("utf-16-be")) // 2
        single, joined = UCS2_UNITS, UCS2_UNITS_JOINED
    return 1 if units <= single else -(-units // joined)
