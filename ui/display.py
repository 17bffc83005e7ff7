"""Whether there is a display to open a window on."""

from __future__ import annotations

import os
import sys

from pos_app.errors import Refused


def refuse_without_display() -> None:
    """Raises Refused where a window would end the process without a word."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        raise Refused(
            "There is no display here",
            "Neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Without a window: `orderbell replay FILE`, or QT_QPA_PLATFORM=offscreen.",
        )
