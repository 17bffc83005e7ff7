"""A disk that gets full: a small one of its own where this user may mount, else a page limit.

The limit is SQLite's own (`max_page_count`): the same error as of a full disk comes from the
same place, only that other files could still grow.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos_app import paths
from pos_app.bootstrap import Shop
from pos_app.store import database

_CHUNK = 1 << 16


@dataclass(slots=True)
class SmallDisk:
    """`folder` lies on it. `fill` leaves no byte, `free` gives everything back."""

    folder: Path
    mounted: bool
    _pragmas: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        return "tmpfs" if self.mounted else "page limit"

    def fill(self, data: Path, shop: Shop | None = None) -> None:
        """`data` is the shop's folder; `shop`, when it is open here, meets the limit at once."""
        if self.mounted:
            self._write_until_full()
            return
        store = paths.store_file(data)
        limit = f"PRAGMA max_page_count={store.stat().st_size // database.PAGE_BYTES}"
        self._pragmas = database.PRAGMAS
        database.PRAGMAS += (limit,)
        self._tell(shop, limit)

    def free(self, shop: Shop | None = None) -> None:
        if self.mounted:
            self._filler.unlink()
            return
        database.PRAGMAS = self._pragmas
        self._tell(shop, "PRAGMA max_page_count=1000000000")

    @property
    def _filler(self) -> Path:
        return self.folder / "everything-else"

    def _write_until_full(self) -> None:
        with self._filler.open("wb", buffering=0) as filler:
            for size in (_CHUNK, 1):
                try:
                    while True:
                        filler.write(bytes(size))
                except OSError:
                    continue

    @staticmethod
    def _tell(shop: Shop | None, pragma: str) -> None:
        if shop is not None:
            with shop.database.write() as connection:
                connection.exec_driver_sql(pragma)


@contextmanager
def small_disk(folder: Path, megabytes: int = 16) -> Iterator[SmallDisk]:
    """A disk at the new `folder`; everything on it is gone afterwards."""
    folder.mkdir()
    mounted = _mount(folder, megabytes)
    try:
        yield SmallDisk(folder, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def _mount(folder: Path, megabytes: int) -> bool:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return False
    size = f"size={megabytes}m"
    command = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
