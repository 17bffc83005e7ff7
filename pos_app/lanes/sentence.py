"""What is down, said to people: one sentence for each thing, nothing when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant, local
from pos_app.language import Texts

HELD = "held"
_SHOWN = 8


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


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits to leave the till."""

    texts: int = 0
    pages: int = 0


def sentence(
    down: Sequence[Down], waiting: Waiting, *, language: str, zone: str, now: Instant
) -> str:
    """What a screen says; empty when well. Without internet the site and texts go unsaid."""
    if not down:
        return ""
    words = _Words(Texts(language), zone, now)
    earliest: dict[What, Down] = {}
    for found in sorted(down, key=lambda d: d.since, reverse=True):
        earliest[found.what] = found
    if What.INTERNET in earliest:
        earliest.pop(What.SITE, None)
        earliest.pop(What.TEXTS, None)
        earliest.pop(What.INBOX, None)
    if any(found.what is What.TEXTS and found.channel == "telegram" for found in down):
        # What keeps texts from the bot keeps its inbox too: said once.
        earliest.pop(What.INBOX, None)
    said: list[str] = []
    for what in What:
        if what is What.PRINTER:
            said += [words.printer(found) for found in down if found.what is what]
        elif what is What.TEXTS and what in earliest:
            said += [words.about(found, waiting) for found in down if found.what is what]
        elif what in earliest:
            said.append(words.about(earliest[what], waiting))
    return " ".join(said)


class _Words:
    def __init__(self, texts: Texts, zone: str, now: Instant) -> None:
        self._texts = texts
        self._zone = zone
        self._today = local(now, zone).date()

    def about(self, down: Down, waiting: Waiting) -> str:
        if down.what is What.INTERNET:
            return self._internet(down, waiting)
        if down.what is What.SITE:
            return self._site(down, waiting)
        if down.what is What.TEXTS:
            return self._gateway(down, waiting)
        if down.what is What.INBOX:
            return self._inbox(down)
        if down.what is What.BUDGET:
            return self._texts.gettext("Text budget used. Call guests: {numbers}").format(
                numbers=_some(down.numbers)
            )
        if down.what is What.BACKUP:
            return self._texts.gettext("No good backup since {time}. Make one in Settings.").format(
                time=self._time(down.since)
            )
        if down.what is What.LEAP:
            return self._leap(int(down.code))
        return self._texts.gettext("The clock of this computer is wrong. Set it.")

    def _leap(self, minutes: int) -> str:
        by = self._length(abs(minutes))
        if minutes > 0:
            return self._texts.gettext(
                "The clock of this computer leapt by {time}. Texts wait until it is right."
            ).format(time=by)
        return self._texts.gettext(
            "The clock of this computer was set back by {time}. The board goes on counting."
        ).format(time=by)

    def _length(self, minutes: int) -> str:
        hours, left = divmod(minutes, 60)
        if hours >= 48:
            days = hours // 24
            return self._texts.ngettext("{count} day", "{count} days", days).format(count=days)
        if not hours:
            return self._texts.gettext("{minutes} min").format(minutes=left)
        if not left:
            return self._texts.gettext("{hours} h").format(hours=hours)
        return self._texts.gettext("{hours} h {minutes}").format(hours=hours, minutes=left)

    def _internet(self, down: Down, waiting: Waiting) -> str:
        works = self._texts.gettext("No internet since {time}. The board works.").format(
            time=self._time(down.since)
        )
        if not waiting.texts:
            return works
        return f"{works[:-1]}; {self._texts_wait(waiting.texts)}."

    def _site(self, down: Down, waiting: Waiting) -> str:
        if down.code == "fork":
            return self._texts.gettext(
                "Another till works with a copy of this shop: the page follows only one of them."
            )
        if down.code == "revoked":
            return self._texts.gettext(
                "The site has cut this till off. Ask for a pairing code and pair it again."
            )
        if down.code in ("unauthorized", "other_store"):
            return self._texts.gettext("The site no longer knows this till. Pair it again.")
        silent = self._texts.gettext("The page has not heard from us since {time}").format(
            time=self._time(down.since)
        )
        return self._ended(silent, self._changes_wait(waiting.pages) if waiting.pages else "")

    def _gateway(self, down: Down, waiting: Waiting) -> str:
        if down.kind in ("", "smsgate"):
            said = self._phone(down.code)
        elif down.code == "credentials":
            said = self._texts.gettext("{channel} refuses our password since {time}")
        elif down.code in ("busy", "queue_full"):
            said = self._texts.gettext("{channel} takes no more texts since {time}")
        elif down.code == "gateway_error":
            said = self._texts.gettext("{channel} has trouble since {time}")
        else:
            said = self._texts.gettext("{channel} does not answer since {time}")
        said = said.format(channel=self._name(down.channel), time=self._time(down.since))
        count = waiting.texts if down.texts is None else down.texts
        return self._ended(said, self._texts_wait(count) if count else "")

    def _inbox(self, down: Down) -> str:
        if down.code == "conflict":
            said = self._texts.gettext(
                "Another program reads our Telegram bot since {time}: guests get no answers."
            )
        elif down.code == "credentials":
            said = self._texts.gettext(
                "Telegram refuses our bot since {time}: guests get no answers."
            )
        else:
            said = self._texts.gettext(
                "The Telegram bot hears nothing since {time}: guests get no answers."
            )
        return said.format(time=self._time(down.since))

    def _phone(self, code: str) -> str:
        if code == "credentials":
            return self._texts.gettext("The SMS phone refuses our password since {time}")
        if code in ("busy", "queue_full"):
            return self._texts.gettext("The SMS phone takes no more texts since {time}")
        if code == "gateway_error":
            return self._texts.gettext("The SMS phone has trouble since {time}")
        return self._texts.gettext("The SMS phone does not answer since {time}")

    def _name(self, channel: str) -> str:
        known = {
            "sms": self._texts.gettext("The SMS service"),
            "mail": self._texts.gettext("The mail server"),
            "push": self._texts.gettext("Web push"),
            "whatsapp": "WhatsApp",
            "telegram": "Telegram",
        }
        return known.get(channel, channel)

    def printer(self, down: Down) -> str:
        """`No paper (Counter): 3 slips wait.`"""
        if down.code == HELD:
            return self._held(down)
        said = f"{self._trouble(down.code)} ({down.printer})"
        if down.slips:
            form = self._texts.ngettext("{count} slip waits", "{count} slips wait", down.slips)
            return f"{said}: {form.format(count=down.slips)}."
        if down.stand_in:
            instead = self._texts.gettext("{printer} prints instead")
            return f"{said}: {instead.format(printer=down.stand_in)}."
        return f"{said}."

    def _trouble(self, code: str) -> str:
        if code == "no_paper":
            return self._texts.gettext("No paper")
        if code == "cover_open":
            return self._texts.gettext("Printer cover open")
        if code == "offline":
            return self._texts.gettext("Printer not ready")
        return self._texts.gettext("Printer does not answer")

    def _held(self, down: Down) -> str:
        form = self._texts.ngettext(
            "{count} old slip waits ({printer}): print or drop it in Settings.",
            "{count} old slips wait ({printer}): print or drop them in Settings.",
            down.slips,
        )
        return form.format(count=down.slips, printer=down.printer)

    def _texts_wait(self, count: int) -> str:
        form = self._texts.ngettext("{count} text waits", "{count} texts wait", count)
        return form.format(count=count)

    def _changes_wait(self, count: int) -> str:
        form = self._texts.ngettext("{count} change waits", "{count} changes wait", count)
        return form.format(count=count)

    def _ended(self, said: str, rest: str) -> str:
        return f"{said}; {rest}." if rest else f"{said}."

    def _time(self, since: Instant) -> str:
        moment = local(since, self._zone)
        return f"{moment:%H:%M}" if moment.date() == self._today else f"{moment:%d.%m. %H:%M}"


def _some(numbers: tuple[str, ...]) -> str:
    """The first few; a line above every screen has no room for a whole evening."""
    shown = ", ".join(numbers[:_SHOWN])
    return f"{shown} …" if len(numbers) > _SHOWN else shown
