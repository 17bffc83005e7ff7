"""A form as the body of a call, as browsers send it."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

HEADERS: Mapping[str, str] = {"Content-Type": "application/x-www-form-urlencoded"}


def encoded(fields: Mapping[str, str]) -> bytes:
    """Any text can be sent: what no encoding carries becomes a question mark."""
    return urlencode(fields, errors="replace").encode()
