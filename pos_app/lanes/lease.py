"""One sender per store: an operating-system lock that dies with its holder, and a fence.

The lock decides who works; the fence, a number that rises with every holder, stands in every
claim, so that a claim of an earlier holder is recognised as a try without a known end.
"""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from pos_app import paths
from pos_app.clock import Instant
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes


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


class Lease:
    """The right to push, pull and send for one store. `fence` is 0 until it is taken.

    `last_heard_at` is when the holder before last said that it lived; 0 when there was none.
    """

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._lock = FolderLock(paths.lease_file(shop.data))
        self.fence = 0
        self.last_heard_at = Instant(0)

    def take(self) -> bool:
        """Try to become the holder; False while another process is."""
        if not self._lock.take():
            return False
        try:
            with self._shop.database.write() as connection:
                holder = f"{self._shop.terminal_id}:{os.getpid()}"
                self.fence, self.last_heard_at = lanes.take_fence(connection, holder)
        except BaseException:
            self._lock.release()
            raise
        return True

    def release(self) -> None:
        self.fence = 0
        self._lock.release()


def printers_lock(shop: OpenShop) -> FolderLock:
    """Printers belong to this device, but only one of its processes prints."""
    return FolderLock(paths.lease_file(shop.data).with_name(f"printers-{shop.terminal_id}.lock"))
