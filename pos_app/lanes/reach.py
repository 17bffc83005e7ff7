"""Whether the site answers now, how long its certificate still holds, and what time it has there.

Asked by people, not by a lane: one call, cut when its time is over.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ssl import cert_time_to_seconds
from typing import Any

import requests

from pos_app.channels.cutting import CuttableAdapter
from pos_app.channels.failures import told_shortly
from pos_app.clock import SECOND_MS, Instant, instant_of
from pos_app.lanes.site_client import base_of
from pos_app.store.sites import Site

CONNECT_S = 5.0
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Reached:
    """`trouble` is a short code, empty when the site is well.

    `took_ms` until it answered; `ahead_s` is by how much its clock is ahead of ours;
    `certificate_days` are left (None without https).
    """

    trouble: str
    took_ms: int = 0
    ahead_s: int | None = None
    certificate_days: int | None = None


class SiteReach:
    """One look at one site."""

    def __init__(self, site: Site) -> None:
        self._url = f"{base_of(site)}/healthz"
        self._adapter = CuttableAdapter()
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount("http://", self._adapter)
        self.session.mount("https://", self._adapter)

    def look(self, patience_s: float) -> Reached:
        """Ask once, within so many seconds."""
        began = time.monotonic()
        cutter = threading.Timer(patience_s, self._adapter.end)
        cutter.start()
        try:
            with self.session.get(
                self._url,
                timeout=(min(CONNECT_S, patience_s), patience_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                return _told(response, round((time.monotonic() - began) * 1_000))
        except requests.RequestException as error:
            late = time.monotonic() - began >= patience_s
            return Reached("timeout" if late else told_shortly(error)[0])
        finally:
            cutter.cancel()
            cutter.join()
            self.session.close()


def _told(response: requests.Response, took_ms: int) -> Reached:
    trouble = "" if response.status_code == 200 else f"status_{response.status_code}"
    ahead = _ahead_s(response.headers.get("Date", ""), took_ms)
    return Reached(trouble, took_ms, ahead, _days_left(response.raw))


def _ahead_s(date: str, took_ms: int) -> int | None:
    """Its clock against ours in the middle of the call; it tells whole seconds."""
    with suppress(TypeError, ValueError):
        there = instant_of(parsedate_to_datetime(date))
        here = Instant(round(time.time() * SECOND_MS) - took_ms // 2)
        return round((there - here) / SECOND_MS)
    return None


def _days_left(raw: Any) -> int | None:
    """The connection is ours until the answer has been read."""
    wire = getattr(getattr(raw, "connection", None), "sock", None)
    shown = getattr(wire, "getpeercert", None)
    ends = shown().get("notAfter") if callable(shown) else None
    if not ends:
        return None
    return int((cert_time_to_seconds(ends) - datetime.now(UTC).timestamp()) // _DAY_S)
