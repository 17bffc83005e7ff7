"""Spans of time in words: `30 s`, `15 min`, `2 h`, `30 days`."""

from __future__ import annotations

from pos_app.language import Texts

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400


def span(seconds: int, texts: Texts) -> str:
    """`seconds` in the largest unit in which they are whole."""
    _ = texts.gettext
    if seconds and seconds % _DAY_S == 0:
        days = seconds // _DAY_S
        return texts.ngettext("{count} day", "{count} days", days).format(count=days)
    if seconds and seconds % _HOUR_S == 0:
        return _("{count} h").format(count=seconds // _HOUR_S)
    if seconds and seconds % _MINUTE_S == 0:
        return _("{count} min").format(count=seconds // _MINUTE_S)
    return _("{count} s").format(count=seconds)
