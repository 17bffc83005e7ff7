"""Stops and closing time in words, the same on every screen."""

from __future__ import annotations

from pos_app.clock import Instant, local
from pos_app.config import Settings
from ui.words import _


def stop_words(settings: Settings, now: Instant) -> str:
    """`Deliveries are stopped until 20:30`; empty while everything is taken."""
    stop, zone = settings.stop, settings.shop.zone
    if stop.everything_until is not None and stop.everything_until > now:
        return _("Nothing is taken until {time}").format(
            time=f"{local(stop.everything_until, zone):%H:%M}"
        )
    if stop.deliveries_until is not None and stop.deliveries_until > now:
        return _("Deliveries are stopped until {time}").format(
            time=f"{local(stop.deliveries_until, zone):%H:%M}"
        )
    return ""


def minute_words(minute: int) -> str:
    """Minutes after midnight as a clock: 1350 is `22:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"
