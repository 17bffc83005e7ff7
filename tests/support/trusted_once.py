"""The authorities that the tests' HTTP client trusts are read once, not for each request.

Reading them takes a twentieth of a second of a core, and nearly all requests of tests go to a page
on this computer, without TLS. Those that use it bring an authority of their own.
"""

from __future__ import annotations

from functools import cache

from httpx._config import create_ssl_context
from httpx._transports import default


def trust_once() -> None:
    """For the whole of this process."""
    vars(default)["create_ssl_context"] = cache(create_ssl_context)
