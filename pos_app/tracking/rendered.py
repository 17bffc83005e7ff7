"""One page as bytes, with places left for what moves without a new version.

When the shop was last heard, and what it has stopped until when: both are cut out of the
rendered bytes, so that filling them in costs no rendering.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

from pos_app.clock import DAY_MS, Instant, local
from pos_app.language import Texts
from pos_app.tracking.words import clock_text

HEARD_MS, HEARD_WORDS, STOPPED = b"m", b"w", b"s"
"""Which place it is: the byte after a cut."""


@dataclass(frozen=True, slots=True)
class Heard:
    """When the shop was last heard, as words and as milliseconds (0: never)."""

    text: str
    ms: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """One thing that the shop does not take `until` then, as its line of the page."""

    until: Instant
    line: bytes


class Rendered:
    """One page in one language: bytes around the places, and the stream's event."""

    __slots__ = ("_parts", "_stopped", "event", "language", "version", "zone")

    def __init__(
        self,
        parts: tuple[bytes, ...],
        event: bytes,
        stopped: tuple[Stopped, ...],
        language: str,
        version: str,
        zone: str,
    ) -> None:
        self._parts = parts
        self._stopped = stopped
        self.event = event
        self.language = language
        self.version = version
        self.zone = zone

    def body(self, heard_at: Instant | None, now: Instant) -> bytes:
        """The whole page. `now` decides whether a time needs its date, and what is over."""
        heard = heard_words(heard_at, self.zone, self.language, now)
        filling = {
            HEARD_MS: str(heard.ms).encode("ascii"),
            HEARD_WORDS: html.escape(heard.text).encode(),
            STOPPED: b"".join(stop.line for stop in self._stopped if now < stop.until),
        }
        first, *others = self._parts
        return first + b"".join(filling[part[:1]] + part[1:] for part in others)

    def good_until(self, now: Instant) -> Instant:
        """When the next thing that is stopped now is taken again; a day from now at most."""
        ends = [stop.until for stop in self._stopped if now < stop.until]
        return min([*ends, Instant(now + DAY_MS)])


def heard_words(heard_at: Instant | None, zone: str, language: str, now: Instant) -> Heard:
    texts = Texts(language)
    if heard_at is None:
        return Heard(texts.gettext("Nothing heard from the shop yet"), 0)
    time = clock_text(heard_at, zone, language, now)
    return Heard(texts.gettext("Last heard from the shop {time}").format(time=time), heard_at)


def next_midnight(now: Instant, zone: str) -> Instant:
    """When a time of today needs its date (an hour early at a change of clocks is harmless)."""
    moment = local(now, zone)
    passed = (moment.hour * 3600 + moment.minute * 60 + moment.second) * 1000
    return Instant(now + DAY_MS - passed)
