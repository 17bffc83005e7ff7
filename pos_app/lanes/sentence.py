"""What is down, said to people: one sentence for each thing, nothing when all is well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.clock import Instant, local
from pos_app.errors import filled
from pos_app.lanes.down import HELD, Down, What, channel_name, length, words
from pos_app.language import Texts

_SHOWN = 8
_DAY_HOURS, _HOUR_MINUTES, _LONG_HOURS = 24, 60, 48


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
    speaker = _Speaker(Texts(language), zone, now)
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
            said += [speaker.printer(found) for found in down if found.what is what]
        elif what is What.TEXTS and what in earliest:
            said += [speaker.about(found, waiting) for found in down if found.what is what]
        elif what in earliest:
            said.append(speaker.about(earliest[what], waiting))
    return " ".join(said)


class _Speaker:
    def __init__(self, texts: Texts, zone: str, now: Instant) -> None:
        self._texts = texts
        self._zone = zone
        self._today = local(now, zone).date()

    def about(self, down: Down, waiting: Waiting) -> str:
        said, waits = self._said(down), self._waits(down, waiting)
        if waits:
            return f"{said.removesuffix('.')}; {waits}."
        return said if said.endswith(".") or down.what is What.BUDGET else f"{said}."

    def _said(self, down: Down) -> str:
        is_leap = down.what is What.LEAP
        values = {
            "time": self._length(abs(int(down.code))) if is_leap else self._time(down.since),
            "channel": channel_name(down.channel),
            "numbers": _some(down.numbers),
        }
        return filled(words(down), self._texts.gettext, values)

    def _waits(self, down: Down, waiting: Waiting) -> str:
        """What waits for it to work again; empty when nothing does."""
        if down.what is What.INTERNET:
            return self._texts_wait(waiting.texts)
        if down.what is What.TEXTS:
            return self._texts_wait(waiting.texts if down.texts is None else down.texts)
        if down.what is What.SITE and "{time}" in words(down):
            return self._changes_wait(waiting.pages)
        return ""

    def _length(self, minutes: int) -> str:
        hours = minutes // _HOUR_MINUTES
        if hours >= _LONG_HOURS:
            days = hours // _DAY_HOURS
            return self._texts.ngettext("{count} day", "{count} days", days).format(count=days)
        phrase, values = length(minutes)
        return filled(phrase, self._texts.gettext, values)

    def printer(self, down: Down) -> str:
        """`No paper (Counter): 3 slips wait.`"""
        if down.code == HELD:
            return self._held(down)
        said = f"{self._said(down)} ({down.printer})"
        if down.slips:
            form = self._texts.ngettext("{count} slip waits", "{count} slips wait", down.slips)
            return f"{said}: {form.format(count=down.slips)}."
        if down.stand_in:
            instead = self._texts.gettext("{printer} prints instead")
            return f"{said}: {instead.format(printer=down.stand_in)}."
        return f"{said}."

    def _held(self, down: Down) -> str:
        form = self._texts.ngettext(
            "{count} old slip waits ({printer}): print or drop it in Settings.",
            "{count} old slips wait ({printer}): print or drop them in Settings.",
            down.slips,
        )
        return form.format(count=down.slips, printer=down.printer)

    def _texts_wait(self, count: int) -> str:
        form = self._texts.ngettext("{count} text waits", "{count} texts wait", count)
        return form.format(count=count) if count else ""

    def _changes_wait(self, count: int) -> str:
        form = self._texts.ngettext("{count} change waits", "{count} changes wait", count)
        return form.format(count=count) if count else ""

    def _time(self, since: Instant) -> str:
        moment = local(since, self._zone)
        return f"{moment:%H:%M}" if moment.date() == self._today else f"{moment:%d.%m. %H:%M}"


def _some(numbers: tuple[str, ...]) -> str:
    """The first few; a line above every screen has no room for a whole evening."""
    shown = ", ".join(numbers[:_SHOWN])
    return f"{shown} …" if len(numbers) > _SHOWN else shown
