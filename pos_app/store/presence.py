"""Who has a shop open: one locked file per opening, so that a restore never pulls a store away.

The lock dies with its process. Files of the dead are recognised by their free lock and removed.
"""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from pos_app.domain.ids import new_uid
from pos_app.errors import StoreError

PATIENCE_S = 2.0


class Presence:
    """This opening of the shop in `data`. Raises StoreError while the store is being replaced."""

    def __init__(self, data: Path) -> None:
        folder = _folder(data)
        folder.mkdir(mode=0o700, exist_ok=True)
        self._lock = FileLock(folder / f"{os.getpid()}-{new_uid()}.lock", thread_local=False)
        self._lock.acquire()
        try:
            with _replacing(data).acquire(timeout=PATIENCE_S):
                pass
        except Timeout:
            self.end()
            raise StoreError(
                "The store is being restored",
                "Another Orderbell is putting a backup in its place.",
                "Wait until it is done, then try again.",
            ) from None

    def end(self) -> None:
        self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)


def others(data: Path) -> int:
    """How many openings of the shop in `data` are alive, in this process and in others."""
    folder = _folder(data)
    found = sorted(folder.glob("*.lock")) if folder.is_dir() else []
    return sum(1 for file in found if not _is_dead(file))


def _is_dead(file: Path) -> bool:
    lock = FileLock(file, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return False
    lock.release()
    file.unlink(missing_ok=True)
    return True


class Replacing:
    """The right to put another file in the store's place; while it is held nobody can open it.

    Raises StoreError while somebody has the shop open.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = _replacing(data)

    def __enter__(self) -> Replacing:
        try:
            self._lock.acquire(timeout=PATIENCE_S)
        except Timeout:
            raise StoreError(
                "The store is being restored",
                "Another Orderbell is putting a backup in its place.",
                "Wait until it is done, then try again.",
            ) from None
        count = others(self._data)
        if count:
            self._lock.release()
            raise StoreError(
                "The shop is open elsewhere",
                "{count} more windows or commands work on it now.",
                "Close every Orderbell window on this computer, then try again.",
                count=count,
            )
        return self

    def __exit__(self, *_why: object) -> None:
        self._lock.release()


def _folder(data: Path) -> Path:
    return data / "open"


def _replacing(data: Path) -> FileLock:
    return FileLock(data / "replacing.lock", thread_local=False)
