"""A holder's sign of life, and how others see that it has stopped.

An operating-system lock dies with its process but outlives its sleep: a stopped process, or a
computer whose lid is closed, keeps it for ever. So the holder also counts up in a small file
beside the store, without a commit and without a sync. Who watches compares the bytes on its own
clock; nobody's clock is compared with anybody else's.
"""

from __future__ import annotations

import logging
import os
import struct
import threading
from pathlib import Path

from pos_app.clock import boot_ms

BEAT_S = 0.25
LAPSE_MS = 650
"""A holder whose last beat is older asks the store before it acts: it may have been passed over."""
STILL_S = 0.9
"""So long a beat has to stand still before its holder is passed over; more than a lapse."""
LOOK_COUNTS_S = 0.5
_BEAT = struct.Struct("<QQ")
_log = logging.getLogger("orderbell.lanes")


class Pulse:
    """The thread that beats into `file` while a lease is held. Raises OSError when it cannot.

    `lapses` counts the holder's own sleeps: gaps between beats in which another one may have
    taken over.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle = file.open("wb", buffering=0)
        self._count = 0
        self._beaten_ms = boot_ms()
        self._trusted = 0
        self.lapses = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lease-pulse", daemon=True)
        try:
            self._write()
        except OSError:
            self._handle.close()
            raise
        self._thread.start()

    def is_steady(self) -> bool:
        """Whether nobody can have passed us over: the last beat is fresh, no lapse is open."""
        return self.lapses == self._trusted and boot_ms() - self._beaten_ms <= LAPSE_MS

    def trust(self, lapses: int) -> None:
        """The store has said after `lapses` lapses that we still are the holder."""
        self._trusted = lapses

    def stop(self) -> None:
        """End, and leave no beat behind that would look like a sleeper's."""
        self._stopping.set()
        self._thread.join()
        self._handle.close()
        forget(self._file)

    def _run(self) -> None:
        while not self._stopping.wait(BEAT_S):
            now_ms = boot_ms()
            if now_ms - self._beaten_ms > LAPSE_MS:
                self.lapses += 1
            try:
                self._write()
            except OSError as error:
                # The last beat grows old: from then on the store is asked before each act.
                _log.warning("the lease's beat cannot be written: %s", error.strerror)
                continue
            # The moment before the write: what others saw is never older than we think.
            self._beaten_ms = now_ms

    def _write(self) -> None:
        self._count += 1
        self._handle.seek(0)
        self._handle.write(_BEAT.pack(os.getpid(), self._count))


class Stillness:
    """How long somebody's beat has stood still in our eyes, in seconds.

    A look counts for half a second at most: who is late itself, on a computer that has too much
    to do or was asleep, takes no other for dead.
    """

    def __init__(self) -> None:
        self._seen: object = None
        self._looked_s = 0.0
        self._still_s = 0.0

    def look(self, beat: object, now_s: float) -> float:
        """Take note of `beat` at `now_s` of our monotonic clock."""
        passed_s = min(now_s - self._looked_s, LOOK_COUNTS_S)
        self._still_s = self._still_s + passed_s if beat == self._seen else 0.0
        self._seen, self._looked_s = beat, now_s
        return self._still_s


def read_beat(file: Path) -> bytes:
    """The beat as it stands; empty when its holder is of a version that has none, or is gone."""
    try:
        return file.read_bytes()
    except OSError:
        return b""


def forget(file: Path) -> None:
    """Remove `file` if that can be done: some systems keep what a sleeper has open."""
    try:
        file.unlink()
    except OSError:
        _log.debug("%s stays until later", file.name)
