"""Counting what an address or a link asks for, in memory only."""

from __future__ import annotations

import ipaddress
from collections.abc import Hashable
from functools import lru_cache

from pos_app.clock import MINUTE_MS, SECOND_MS, Instant

_KEPT = 50_000


class Rate:
    """At most `per_minute` per key in a window of one minute that starts with the first."""

    __slots__ = ("_per_minute", "_windows")

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._windows: dict[Hashable, list[int]] = {}

    def take(self, key: Hashable, now: Instant) -> int:
        """Count one; 0 when allowed, else whole seconds until it is again."""
        window = self._windows.get(key)
        if window is None or now - window[0] >= MINUTE_MS:
            self._make_room(now)
            self._windows[key] = [now, 1]
            return 0
        window[1] += 1
        return self._wait_s(window, now) if window[1] > self._per_minute else 0

    def is_used_up(self, key: Hashable, now: Instant) -> int:
        """Like `take`, without counting."""
        window = self._windows.get(key)
        if window is None or now - window[0] >= MINUTE_MS or window[1] < self._per_minute:
            return 0
        return self._wait_s(window, now)

    @staticmethod
    def _wait_s(window: list[int], now: Instant) -> int:
        return max(1, -(-(window[0] + MINUTE_MS - now) // SECOND_MS))

    def _make_room(self, now: Instant) -> None:
        if len(self._windows) < _KEPT:
            return
        over = [key for key, window in self._windows.items() if now - window[0] >= MINUTE_MS]
        for key in over or list(self._windows)[: _KEPT // 10]:
            del self._windows[key]


@lru_cache(maxsize=4096)
def address_block(host: str) -> str:
    """What one subscriber holds: an IPv4 address, or the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


@lru_cache(maxsize=4096)
def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
