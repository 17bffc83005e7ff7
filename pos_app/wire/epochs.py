"""Epochs: what a store or a site tells in a higher one is newer than all it told before.

Raised when a copy was put back. Minutes since 2026 rather than one more, so that none comes
twice even where the file that knew the last one is lost.
"""

from __future__ import annotations

from pos_app.clock import MINUTE_MS, Instant

BEGIN = Instant(1_767_225_600_000)
"""1 January 2026, 00:00 UTC."""


def next_epoch(epoch: int, now: Instant) -> int:
    """An epoch above `epoch` that was not used before `now`."""
    return max(epoch + 1, (now - BEGIN) // MINUTE_MS)
