"""Opening hours as people write them: `10:00-22:00, 23:00-02:00`. Read strictly, shown alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from pos_app.domain.opening import MIDNIGHT, OpeningHours, Span
from pos_app.errors import BadInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The fields of a week's days, and their names on the command line."""
MOST_SPANS = 4
MOST_CLOSED = 200
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?", re.ASCII)


def spans_of(text: str, field: str) -> tuple[Span, ...]:
    """The hours of one day; nothing written: closed. Raises BadInput with `field`."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST_SPANS:
        raise BadInput(field, "At most {most} times on a day", most=MOST_SPANS)
    spans = sorted(_span(part, field) for part in parts)
    for (_, behind), (first, _) in pairwise(spans):
        if behind > first:
            raise BadInput(field, "Two of these hours overlap")
    if any(behind <= first for first, behind in spans[:-1]):
        raise BadInput(field, "Two of these hours overlap")
    return tuple(spans)


def quiet_of(text: str) -> Span | None:
    """The quiet hours; nothing written: none. Raises BadInput with the field `quiet`."""
    return _span(text.strip(), "quiet") if text.strip() else None


def closed_of(text: str) -> tuple[str, ...]:
    """Dates with commas or spaces between them, ISO, in their order. Raises BadInput."""
    found = set()
    for part in re.split(r"[,\s]+", text.strip()):
        if part:
            found.add(_date(part))
    if len(found) > MOST_CLOSED:
        raise BadInput("closed", "At most {most} closed days", most=MOST_CLOSED)
    return tuple(sorted(found))


def read(days: Mapping[str, str], closed: str, quiet: str) -> OpeningHours:
    """Hours as they are typed, by the names of the days; all days empty: always open.

    Raises BadInput with the day, `closed` or `quiet` as its field.
    """
    week = tuple(spans_of(days.get(day, ""), day) for day in DAYS)
    return OpeningHours(week if any(week) else (), closed_of(closed), quiet_of(quiet))


def shown(spans: Iterable[Span]) -> str:
    """`10:00-15:00, 18:00-02:00`, as `spans_of` reads it."""
    return ", ".join(f"{first}-{behind}" for first, behind in spans)


def checked(hours: OpeningHours) -> OpeningHours:
    """`hours` if every part can be used. Raises BadInput naming the first that cannot."""
    if hours.week and len(hours.week) != len(DAYS):
        raise BadInput("week", "A week has seven days")
    for day, spans in zip(DAYS, hours.week, strict=False):
        spans_of(shown(spans), day)
    if hours.week and not any(hours.week):
        raise BadInput("mon", "The shop is open on no day")
    if hours.quiet is not None:
        quiet_of(shown((hours.quiet,)))
    closed_of(" ".join(hours.closed))
    return hours


def _span(text: str, field: str) -> Span:
    read = _SPAN.fullmatch(text)
    if read is None:
        raise _no_hours(text, field)
    first, behind = _time(read[1], read[2]), _time(read[3], read[4])
    if not ("00:00" <= first < MIDNIGHT and "00:00" <= behind <= MIDNIGHT):
        raise _no_hours(text, field)
    if first == behind:
        raise BadInput(field, "These hours are empty", hint="The whole day is 00:00-24:00.")
    return first, behind


def _no_hours(text: str, field: str) -> BadInput:
    return BadInput(
        field,
        "“{text}” are no hours",
        hint="Such as 10:00-22:00, or 10:00-15:00, 18:00-02:00.",
        text=text[:40],
    )


def _time(hour: str, minute: str | None) -> str:
    said = minute or "00"
    return f"{int(hour):02}:{said}" if int(said) < 60 else "99:99"


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput(
            "closed", "“{text}” is no date", hint="Such as 2026-12-25.", text=text[:40]
        ) from None
