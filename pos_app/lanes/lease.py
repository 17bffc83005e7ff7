"""One worker per store: a lock that dies with its holder, a beat that stops in its sleep, a fence.

The lock decides who works. Locks have generations: when a holder sleeps, whoever notices takes
the next generation's lock, and the sleeper's own is worth nothing any more. The fence, a number
that rises with every holder, stands in every claim, so that a claim of an earlier holder is
recognised as a try without a known end.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from filelock import FileLock, Timeout

from pos_app import paths
from pos_app.clock import Instant
from pos_app.errors import StoreError
from pos_app.lanes.pulse import STILL_S, Pulse, Stillness, forget, read_beat
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes
from pos_app.store.database import Connection
from pos_app.store.lanes import LEASE, Standing

LANES, PRINTERS = "lanes", "printers"


class FolderLock:
    """An exclusive lock on a file; released by `release`, or by the end of the process."""

    def __init__(self, file: Path) -> None:
        # Taken on one thread and given back on another.
        self._lock = FileLock(file, timeout=0, thread_local=False)

    def take(self) -> bool:
        """Whether it is ours now; never waits."""
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return True

    def release(self) -> None:
        self._lock.release()


class _Hold:
    """The lock and the beat of one generation, taken together and given back together."""

    def __init__(self, data: Path, stem: str, generation: int) -> None:
        self.generation = generation
        self._beat = paths.beat_file(data, stem, generation)
        self._lock = FolderLock(paths.lock_file(data, stem, generation))
        self._pulse: Pulse | None = None

    def take(self) -> bool:
        if not self._lock.take():
            return False
        try:
            self._pulse = Pulse(self._beat)
        except BaseException:
            self._lock.release()
            raise
        return True

    @property
    def pulse(self) -> Pulse:
        assert self._pulse is not None  # noqa: S101 - asked only between take and release
        return self._pulse

    def release(self) -> None:
        self.pulse.stop()
        self._lock.release()


class Lease:
    """The right to work for one store. `fence` is 0 until it is taken.

    `last_heard_at` is when the holder before last said that it lived; 0 when there was none.
    `name` is the lease's row, `stem` begins the names of its files.
    """

    def __init__(self, shop: OpenShop, name: str = LEASE, stem: str = LANES) -> None:
        self._shop = shop
        self._name = name
        self._stem = stem
        self._stillness = Stillness()
        self._hold: _Hold | None = None
        self.fence = 0
        self.last_heard_at = Instant(0)

    def take(self) -> bool:
        """Try to become the holder; False while another process is. Never waits for it.

        A sleeping holder is noticed by asking again and again. Raises StoreError.
        """
        with self._shop.database.read() as connection:
            standing = lanes.standing(connection, self._name)
        try:
            hold = self._free(standing) or self._asleep(standing)
        except OSError as error:
            raise StoreError(
                "The store did not answer",
                "{reason}",
                "Run `orderbell doctor`.",
                reason=error.strerror or error,
            ) from error
        return hold is not None and self._enter(hold, standing)

    def holds(self) -> bool:
        """Whether we surely are the holder at this moment, without asking the store.

        False after a sleep of our own until `confirm` and `trust` have cleared it up.
        """
        hold = self._hold
        return hold is not None and hold.pulse.is_steady()

    def confirm(self) -> bool:
        """Ask the store whether we still are the holder. Raises StoreError."""
        with self._shop.database.read() as connection:
            return self.holds_in(connection)

    def holds_in(self, connection: Connection) -> bool:
        """The same, inside a transaction of the caller."""
        return bool(self.fence) and lanes.current_fence(connection, self._name) == self.fence

    @property
    def lapses(self) -> int:
        """How often we may have slept since the lease was taken; for `trust`."""
        return self._hold.pulse.lapses if self._hold is not None else 0

    def trust(self, lapses: int) -> None:
        """What had to be done after `lapses` lapses is done: act again without asking."""
        if self._hold is not None:
            self._hold.pulse.trust(lapses)

    def release(self) -> None:
        hold, self._hold = self._hold, None
        self.fence = 0
        if hold is not None:
            hold.release()

    def _free(self, standing: Standing) -> _Hold | None:
        """The current generation's lock, if its holder is gone."""
        hold = _Hold(self._shop.data, self._stem, standing.generation)
        return hold if hold.take() else None

    def _asleep(self, standing: Standing) -> _Hold | None:
        """The next generation's lock, if the holder's beat has stood still for long enough."""
        beat = read_beat(paths.beat_file(self._shop.data, self._stem, standing.generation))
        still_s = self._stillness.look((standing.fence, beat), time.monotonic())
        if not beat or still_s < STILL_S:
            return None
        hold = _Hold(self._shop.data, self._stem, standing.generation + 1)
        return hold if hold.take() else None

    def _enter(self, hold: _Hold, standing: Standing) -> bool:
        """Write ourselves into the row, if it still says what we have acted on."""
        over = standing.fence if hold.generation != standing.generation else None
        try:
            with self._shop.database.write() as connection:
                holder = f"{self._shop.terminal_id}:{os.getpid()}"
                fence = lanes.take_fence(
                    connection, holder, name=self._name, generation=hold.generation, over=over
                )
                self.last_heard_at = lanes.standing(connection, self._name).heartbeat_at
        except BaseException:
            hold.release()
            raise
        if fence is None:
            hold.release()
            return False
        self._hold, self.fence = hold, fence
        self._forget_older(hold.generation)
        return True

    def _forget_older(self, generation: int) -> None:
        for old in range(max(1, generation - 9), generation):
            for file in (paths.lock_file, paths.beat_file):
                found = file(self._shop.data, self._stem, old)
                if found.exists():
                    forget(found)


def printers_lease(shop: OpenShop) -> Lease:
    """Printers belong to this device, but only one of its processes prints."""
    name = shop.terminal_id.replace("-", "")[:32]
    return Lease(shop, name, f"{PRINTERS}-{shop.terminal_id}")
