"""New shops without the wait: each is a copy of one that `init_shop` made a moment before.

Making a shop runs every migration and takes a third of a second of computing, and most tests
begin with one. A cast is the same file with an id of its own: `tests/store/test_casts.py` holds
it against what `init_shop` makes. Tests of making a shop call `init_shop`.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from pos_app import paths
from pos_app.bootstrap import init_shop
from pos_app.clock import Clock, Instant, SystemClock, VirtualClock
from pos_app.config import ShopSettings
from pos_app.domain.ids import new_uid

KEPT = 16


def cast_shop(
    data: Path,
    shop: ShopSettings,
    *,
    practice: bool = False,
    sample_menu: bool = True,
    clock: Clock | None = None,
) -> None:
    """As `init_shop`, for a folder that has no shop yet.

    Without a clock the menu may be as old as this process; the shop itself begins now.
    """
    file = paths.store_file(data)
    assert not file.exists(), f"there is a shop in {data}"
    paths.make_private_folder(data)
    file.write_bytes(_mould(shop, practice, sample_menu, None if clock is None else clock.now()))
    now = (clock or SystemClock()).now()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("UPDATE store SET store_id = ?, created_at = ?", (new_uid(), now))
        connection.commit()


@lru_cache(maxsize=KEPT)
def _mould(shop: ShopSettings, practice: bool, sample_menu: bool, now: Instant | None) -> bytes:
    with tempfile.TemporaryDirectory(prefix="mould-") as folder:
        data = Path(folder) / "shop"
        clock = None if now is None else VirtualClock(now)
        init_shop(data, shop, practice=practice, sample_menu=sample_menu, clock=clock)
        return paths.store_file(data).read_bytes()
