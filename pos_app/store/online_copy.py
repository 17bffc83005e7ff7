"""A sound copy of a store while tills go on writing it.

Copying the files by hand is not sound: the database and its log are read at different moments.
SQLite's own backup reads one view of the store, and holds nobody up.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pos_app.store.plain_words import told_plainly

_PAGES_AT_ONCE = 2_000


def online_copy(
    source: Path, target: Path, progress: Callable[[int, int], None] | None = None
) -> None:
    """Copy the store `source` as it is now into the new file `target`; both are SQLite files.

    Everything committed before the call is in it. `target` appears when it is complete and on
    the disk, and replaces what was there. `progress(done, all)` counts pages. Raises StoreError.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        with told_plainly(source), closing(_reader(source)) as reader:
            # With a transaction open the view stands still, however often others commit.
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with closing(sqlite3.connect(part)) as copy:
                reader.backup(copy, pages=_PAGES_AT_ONCE, progress=_counted(progress), sleep=0)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    finally:
        part.unlink(missing_ok=True)


def _reader(source: Path) -> sqlite3.Connection:
    # `mode=rw`: a reader must be able to make the shared index, but never a store.
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)


def _counted(
    progress: Callable[[int, int], None] | None,
) -> Callable[[int, int, int], object] | None:
    if progress is None:
        return None
    return lambda _status, left, pages: progress(pages - left, pages)


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():  # Windows opens no folders; NTFS journals them itself
        return
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
