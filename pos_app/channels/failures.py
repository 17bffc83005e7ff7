"""An HTTP library's exceptions as short codes: their texts hold addresses and tokens."""

from __future__ import annotations

import errno

import requests

_NO_ROUTE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


def told_shortly(error: requests.RequestException) -> tuple[str, bool]:
    """`(code, not_sent)`; `not_sent` when the other side cannot have seen the request."""
    if isinstance(error, requests.exceptions.SSLError):
        return "tls", True
    if isinstance(error, requests.ConnectTimeout):
        return "timeout", True
    if isinstance(error, requests.Timeout):
        return "timeout", False
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema):
        return "bad_address", True
    return _connection(error)


def _connection(error: requests.RequestException) -> tuple[str, bool]:
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    # By name, because the classes belong to a library below requests.
    kind = type(reason).__name__
    if kind == "NameResolutionError":
        return "no_name", True
    if kind != "NewConnectionError":
        return "reset", False
    system = reason.__cause__ if isinstance(reason, Exception) else None
    if isinstance(system, OSError) and system.errno in _NO_ROUTE:
        return "no_route", True
    return "unreachable", True
