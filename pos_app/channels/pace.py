"""How fast a way out may be used: said by each channel, kept by its lane."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `parts` in any `window_s` seconds, and `to_s` seconds between two to one address.

    0 is no limit.
    """

    parts: int = 0
    window_s: float = 0.0
    to_s: float = 0.0


UNLIMITED = Pace()
ANDROID_PHONE = Pace(parts=30, window_s=1800.0)
"""What stock Android lets an application send before it asks the phone's owner."""
LONG_CODE = Pace(parts=1, window_s=1.0)
WHATSAPP = Pace(parts=40, window_s=1.0, to_s=6.0)
TELEGRAM = Pace(parts=25, window_s=1.0, to_s=1.0)
GATEWAY = Pace(parts=5, window_s=1.0)
"""A provider that says nothing: slow enough for a small account."""


def pace_of(channel: object) -> Pace:
    """How fast a channel says it may be used; a class says so by `pace = …`."""
    return getattr(channel, "pace", UNLIMITED)
