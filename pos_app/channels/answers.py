"""What any gateway's answer means where its own codes say nothing.

Nobody knows what such a gateway did with a request that it did not refuse in so many words: only
a plain no makes a second try safe.
"""

from __future__ import annotations

import msgspec

from pos_app.channels.guard import Answer, CallFailed
from pos_app.channels.protocol import GiveUp, Outcome, RetryLater, Unknown

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the decoder raises for whatever bytes."""

_LONGEST_ID = 128
_LONGEST_NUMBER = 10**30
# Answers that concern the gateway as a whole, not this one text.
_DOWN = {
    301: "redirect",
    307: "redirect",
    308: "redirect",
    401: "credentials",
    403: "credentials",
    404: "no_gateway_there",
    405: "no_gateway_there",
    410: "no_gateway_there",
    429: "busy",
}
_BUSY_OR_BROKEN = (502, 503, 504)


def decoded(body: bytes) -> object:
    """The JSON of an answer; None for what is none."""
    try:
        return msgspec.json.decode(body)
    except UNREADABLE:
        return None


def at(value: object, *steps: str | int) -> object:
    """What lies behind `steps` in decoded JSON; None where there is no such thing."""
    for step in steps:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def text(value: object) -> str:
    """A text or whole number of an answer as a short text; empty for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LONGEST_NUMBER:
        return str(value)
    if isinstance(value, str) and len(value) <= _LONGEST_ID and value.isprintable():
        return value.strip()
    return ""


def number(value: object) -> int | None:
    """A whole number of an answer, also one in quotes; None for anything else."""
    digits = text(value)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def failure(failed: CallFailed) -> Outcome:
    """A call without an answer."""
    if failed.not_sent:
        return RetryLater(failed.code, down=True)
    return Unknown(failed.code, down=True)


def refusal(answer: Answer) -> Outcome | None:
    """What the status alone says; None for 2xx."""
    status = answer.status
    if 200 <= status < 300:
        return None
    if status in _DOWN:
        return RetryLater(_DOWN[status], wait_s(answer), down=True)
    if 300 <= status < 400:
        # “See the result there” is also said after the work was done.
        return Unknown("redirect", down=True)
    if status in {408, 425} or not 400 <= status < 500:
        return Unknown("gateway_error", down=status in _BUSY_OR_BROKEN)
    return GiveUp("rejected")


def wait_s(answer: Answer) -> float | None:
    """How long the gateway asks us to stay away, when it says so in seconds."""
    said = answer.headers.get("retry-after", "")
    return float(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
