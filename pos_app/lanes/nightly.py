"""The nightly lane: a backup while the shop sleeps, the older ones thinned, guests' words kept up,
old explanations of rules forgotten.

A till that is switched off at night makes it when the day is closed, or a few minutes after it
was switched on: first the shop opens, then the copy.
"""

from __future__ import annotations

import threading

from pos_app.changes import LanesChanged
from pos_app.clock import HOUR_MS, MINUTE_MS, SECOND_MS, Instant
from pos_app.desk import guest_words
from pos_app.errors import OrderbellError
from pos_app.lanes.lane import Down
from pos_app.lanes.shop import OpenShop
from pos_app.progress import Step
from pos_app.store import copies

LOOK_MS = 10 * MINUTE_MS
AFTER_START_MS = 3 * MINUTE_MS
AGAIN_MS = HOUR_MS


class _GivenUp(Exception):
    """The lane ends: the copy is made another time."""


class NightlyWorker:
    """`made` counts backups. With `at_once` it does not wait for the shop to open first."""

    def __init__(self, shop: OpenShop, *, at_once: bool = False) -> None:
        self._shop = shop
        self._next_at = Instant(shop.clock.now() + (0 if at_once else AFTER_START_MS))
        self._was_missing = False
        self._stopping = threading.Event()
        self.made = 0

    def work(self) -> float | None:
        now = self._shop.clock.now()
        if now >= self._next_at:
            self._next_at = Instant(now + LOOK_MS)
            self._look(now)
        return max(1.0, (self._next_at - now) / SECOND_MS)

    def stop(self) -> None:
        """A copy in progress is given up at its next page; nothing of it is left."""
        self._stopping.set()

    def close(self) -> None:
        """Nothing is open."""

    def _look(self, now: Instant) -> None:
        backups = self._shop.desk.backups
        self._keep_up()
        if self._shop.identity.practice:
            return
        try:
            if backups.is_due():
                backups.make(progress=self._go_on, kind=copies.NIGHT)
                self.made += 1
                backups.thin()
        except _GivenUp:
            return
        except OrderbellError as error:
            self._next_at = Instant(now + AGAIN_MS)
            raise Down(error.code) from error
        finally:
            self._tell_if_missing()

    def _keep_up(self) -> None:
        try:
            guest_words.keep_up(self._shop.database)
            self._shop.desk.rules.forget_old_traces()
        except OrderbellError as error:
            raise Down(error.code) from error

    def _go_on(self, _step: Step, _done: int, _all: int) -> None:
        if self._stopping.is_set():
            raise _GivenUp

    def _tell_if_missing(self) -> None:
        """Screens learn of a backup that has grown too old, which is no event of its own."""
        try:
            is_missing = self._shop.desk.backups.missing_since() is not None
        except OrderbellError:
            is_missing = True
        if is_missing != self._was_missing:
            self._was_missing = is_missing
            self._shop.feed.publish(LanesChanged())
