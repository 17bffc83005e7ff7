"""How far the store had come: noticing that its newest changes are missing.

SQLite cannot tell that its log was taken away, or that an older copy lies in its place: it opens
what is there. So the number of the last event is kept in a small file beside the store, written
after each commit and never waited for. After a power cut it may be older than the store, which
means nothing; it is never newer, unless changes are gone.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

from pos_app.errors import StoreDamaged

EVENT = "changes_missing"
_LENGTH = 80


class HighWater:
    """The mark of one store in one epoch: a restore begins with a new one. Any thread.

    Made before the store is looked at: another till may save something in between, and what was
    saved must never look as if it were missing.
    """

    def __init__(self, file: Path) -> None:
        self._whose = ""
        self._found = ""
        self._lock = threading.Lock()
        self._file = None
        # A mark that cannot be kept must not keep the shop from working.
        with contextlib.suppress(OSError):
            file.touch(mode=0o600)
            self._file = file.open("r+b", buffering=0)
            self._found = self._file.read(_LENGTH).decode("ascii", "replace")

    def missing(self, store_id: str, epoch: int, last: int) -> int:
        """The store is this one and its last event is `last`: how many were saved after it."""
        self.belong_to(store_id, epoch)
        whose, _, seq = self._found.strip().rpartition(" ")
        return max(0, int(seq) - last) if whose == self._whose and seq.isdigit() else 0

    def belong_to(self, store_id: str, epoch: int) -> None:
        """From here on the mark is this store's, in this epoch."""
        self._whose = f"{store_id} {epoch}"

    def note(self, seqs: Sequence[int]) -> None:
        """These events are committed."""
        if self._file is None or not (seqs and self._whose):
            return
        with self._lock, contextlib.suppress(OSError, ValueError):
            self._file.seek(0)
            self._file.write(f"{self._whose} {max(seqs)}".ljust(_LENGTH).encode("ascii"))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def told(count: int) -> StoreDamaged:
    """The words for `count` missing events."""
    return StoreDamaged(
        "The newest changes are missing",
        "The store ends {count} changes before what was saved last: "
        "its -wal file was lost, or an older copy was put in its place.",
        "Compare the board with the slips, and enter again what is missing.",
        count=count,
    )
