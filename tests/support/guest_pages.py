"""What a guest reads on a tracking page, as opposed to whatever else its source holds."""

from __future__ import annotations

import re

import httpx

_ORDER = re.compile(r'<h2 id="order">([^<]*)</h2>')


def number_on(page: str) -> str:
    """The number of the order on the page; empty where it knows of no order yet."""
    found = _ORDER.search(page)
    return found.group(1).split()[-1] if found else ""


def number_at(url: str) -> str:
    """The same of the page at `url`; empty too while nobody answers there."""
    try:
        return number_on(httpx.get(url, timeout=10).text)
    except httpx.HTTPError:
        return ""
