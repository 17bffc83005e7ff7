"""What can be down, and what people are told of it: above every screen and by the doctor alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant
from pos_app.errors import Phrase

HELD = "held"
_HOUR_MINUTES = 60


class What(StrEnum):
    """What can be down, the widest first."""

    INTERNET = "internet"
    SITE = "site"
    TEXTS = "texts"
    INBOX = "inbox"
    BUDGET = "budget"
    PRINTER = "printer"
    LEAP = "leap"
    CLOCK = "clock"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Down:
    """One thing that does not work. `code` is the lane's short reason.

    Of a printer also its name, how many of its slips wait, and who prints them meanwhile. The
    code `held` says that the printer works and its old slips ask a person. Of a way out its
    channel, what kind it is and how many of its texts wait; of a budget the orders to be called.
    """

    what: What
    code: str
    since: Instant
    printer: str = ""
    slips: int = 0
    stand_in: str = ""
    channel: str = ""
    kind: str = ""
    texts: int | None = None
    numbers: tuple[str, ...] = ()


def words(down: Down) -> Phrase:
    """What does not work, without what waits for it.

    The field `{time}` is since when, of a leap how far; `{channel}` what `channel_name` says, and
    `{numbers}` the orders of a budget.
    """
    if down.what is What.INTERNET:
        return Phrase("No internet since {time}. The board works.")
    if down.what is What.SITE:
        return _site(down.code)
    if down.what is What.TEXTS:
        return _phone(down.code) if down.kind in ("", "smsgate") else _gateway(down.code)
    if down.what is What.INBOX:
        return _inbox(down.code)
    if down.what is What.PRINTER:
        return _printer(down.code)
    if down.what is What.LEAP:
        return _leap(int(down.code))
    return {
        What.BUDGET: Phrase("Text budget used. Call guests: {numbers}"),
        What.BACKUP: Phrase("No good backup since {time}. Make one in Settings."),
    }.get(down.what, Phrase("The clock of this computer is wrong. Set it."))


def channel_name(channel: str) -> str:
    """What a channel's way out is called in a sentence: a phrase, or a brand as it is."""
    return {
        "sms": Phrase("The SMS service"),
        "mail": Phrase("The mail server"),
        "push": Phrase("Web push"),
        "whatsapp": "WhatsApp",
        "telegram": "Telegram",
    }.get(channel, channel)


def length(minutes: int) -> tuple[Phrase, dict[str, object]]:
    """A time in hours and minutes, with the values of its fields."""
    hours, left = divmod(minutes, _HOUR_MINUTES)
    if not hours:
        return Phrase("{minutes} min"), {"minutes": left}
    if not left:
        return Phrase("{hours} h"), {"hours": hours}
    return Phrase("{hours} h {minutes}"), {"hours": hours, "minutes": left}


def _site(code: str) -> Phrase:
    if code == "fork":
        return Phrase(
            "Another till works with a copy of this shop: the page follows only one of them."
        )
    if code == "revoked":
        return Phrase("The site has cut this till off. Ask for a pairing code and pair it again.")
    if code in ("unauthorized", "other_store"):
        return Phrase("The site no longer knows this till. Pair it again.")
    return Phrase("The page has not heard from us since {time}")


def _gateway(code: str) -> Phrase:
    if code == "credentials":
        return Phrase("{channel} refuses our password since {time}")
    if code in ("busy", "queue_full"):
        return Phrase("{channel} takes no more texts since {time}")
    if code == "gateway_error":
        return Phrase("{channel} has trouble since {time}")
    return Phrase("{channel} does not answer since {time}")


def _phone(code: str) -> Phrase:
    if code == "credentials":
        return Phrase("The SMS phone refuses our password since {time}")
    if code in ("busy", "queue_full"):
        return Phrase("The SMS phone takes no more texts since {time}")
    if code == "gateway_error":
        return Phrase("The SMS phone has trouble since {time}")
    return Phrase("The SMS phone does not answer since {time}")


def _inbox(code: str) -> Phrase:
    if code == "conflict":
        return Phrase("Another program reads our Telegram bot since {time}: guests get no answers.")
    if code == "credentials":
        return Phrase("Telegram refuses our bot since {time}: guests get no answers.")
    return Phrase("The Telegram bot hears nothing since {time}: guests get no answers.")


def _printer(code: str) -> Phrase:
    return {
        "no_paper": Phrase("No paper"),
        "cover_open": Phrase("Printer cover open"),
        "offline": Phrase("Printer not ready"),
    }.get(code, Phrase("Printer does not answer"))


def _leap(minutes: int) -> Phrase:
    if minutes > 0:
        return Phrase("The clock of this computer leapt by {time}. Texts wait until it is right.")
    return Phrase("The clock of this computer was set back by {time}. The board goes on counting.")
