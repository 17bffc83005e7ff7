"""When to try again: as the other side asked, and by a schedule of our own where it did not."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Instant, instant_of

LONGEST_MS = DAY_MS
# As the Standard Webhooks specification proposes it: three days in all.
SCHEDULE_MS = (
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
)
_SPREAD = 0.2


def asked_s(headers: Mapping[str, str], now: Instant) -> float | None:
    """`Retry-After` in seconds from `now`, as a number or a date; None when there is none."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 7:
        return min(float(text), LONGEST_MS / 1000)
    try:
        moment = parsedate_to_datetime(text)
        wait_ms = instant_of(moment) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(0, wait_ms), LONGEST_MS) / 1000


def wait_ms(tries: int, asked: float | None = None, *, spread: float = 0.0) -> int | None:
    """How long to wait after the `tries`-th try; None when it is enough: a dead letter.

    `asked` seconds of the other side are the least; `spread` (0 to 1) moves it by up to a fifth,
    so that a receiver that comes back is not met by everything at once.
    """
    if tries > len(SCHEDULE_MS):
        return None
    planned = SCHEDULE_MS[max(1, tries) - 1] * (1 + _SPREAD * spread)
    return min(LONGEST_MS + LONGEST_MS // 4, max(round(planned), round((asked or 0) * 1000)))
