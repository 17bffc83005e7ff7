"""`log`: how large the write-ahead log becomes over a long run, and what readers do to it.

SQLite begins its log anew when a commit finds nobody reading. Alone; beside two windows that watch
and readers who pause as screens do; beside readers of whom one is always reading; and beside one
who never lets go: the last two let the log grow with every commit. What counts is that it stays
as small beside the windows as without them however long they run, and that after the one who did
not let go has ended it is small again and can be cut.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, open_shop
from pos_app.store import compacting
from tests.bench.report import result
from tests.support.shops import open_test_shop

WRITES, QUICK_WRITES = 50_000, 2_500
AFTERWARDS = 2_000
SOME = 5_000
BYTES_WRITTEN = 4_000
REACH = 2.0
_MB = 1_000_000
_READ_S, _PAUSE_S = 0.02, 0.06


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """The largest log beside readers against the largest without, in MB."""
    writes = QUICK_WRITES if quick else WRITES
    with tempfile.TemporaryDirectory() as folder:
        with open_test_shop(Path(folder) / "alone") as shop:
            alone = largest(shop, min(writes, SOME))
        with open_test_shop(Path(folder) / "beside") as shop, company(shop, pause_s=_PAUSE_S):
            beside = largest(shop, writes)
        with open_test_shop(Path(folder) / "gapless") as shop, company(shop, pause_s=0.0):
            gapless = largest(shop, min(writes, SOME))
        held = beside_one_who_never_lets_go(Path(folder) / "held", writes)
    return result(
        "log",
        better="lower",
        ours=[beside],
        reference=[alone],
        p99_ours=beside,
        p99_reference=alone,
        unit="MB",
        reach=REACH,
        rounds=1,
        sizes={"writes": writes, "bytes_written": BYTES_WRITTEN},
        also_ok=held["after_it_let_go_mb"] < REACH * alone and held["cut_to_mb"] == 0,
        more={"gapless_mb": gapless, "gapless_writes": min(writes, SOME), **held},
    )


def beside_one_who_never_lets_go(data: Path, writes: int) -> dict[str, float]:
    """What the log costs while one reader stands still, and what is left of it afterwards."""
    with open_test_shop(data) as shop:
        with shop.database.read() as reader:
            reader.exec_driver_sql("SELECT count(*) FROM journal").fetchone()
            started = time.perf_counter()
            held = largest(shop, writes)
            took_s = time.perf_counter() - started
        after = largest(shop, AFTERWARDS)
        is_cut = compacting.cut_log(shop.database)
        return {
            "held_mb": held,
            "held_kb_per_write": round(held * 1_000 / writes, 2),
            "held_ms_per_write": round(took_s * 1_000 / writes, 3),
            "after_it_let_go_mb": after,
            "cut_to_mb": _size(shop) if is_cut else held,
        }


def largest(shop: Shop, writes: int) -> float:
    """MB of the log at its largest during so many commits."""
    with shop.database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS scratch (n INTEGER, more BLOB)")
        connection.exec_driver_sql("DELETE FROM scratch")
        connection.exec_driver_sql(f"INSERT INTO scratch VALUES (0, zeroblob({BYTES_WRITTEN}))")
    found = 0.0
    for number in range(writes):
        with shop.database.write() as connection:
            connection.exec_driver_sql(
                f"UPDATE scratch SET n = n + 1, more = randomblob({BYTES_WRITTEN})"
            )
        if number % 10 == 0:
            found = max(found, _size(shop))
    return max(found, _size(shop))


@contextmanager
def company(shop: Shop, *, pause_s: float) -> Iterator[None]:
    """Two windows that watch the store, and two readers; without a pause one always reads."""
    with ExitStack() as stack:
        other = open_shop(shop.data)
        stack.callback(other.close)
        for window in (shop, other):
            window.watch.start()
        ended = threading.Event()
        readers = [
            threading.Thread(target=_read_on, args=(window, ended, wait_s, pause_s), daemon=True)
            for window, wait_s in ((shop, 0.0), (other, _READ_S / 2))
        ]
        for reader in readers:
            reader.start()
        try:
            yield
        finally:
            ended.set()
            for reader in readers:
                reader.join()


def _read_on(shop: Shop, ended: threading.Event, wait_s: float, pause_s: float) -> None:
    """Readings of a fiftieth of a second, one after the other."""
    ended.wait(wait_s)
    while not ended.is_set():
        with shop.database.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM journal").fetchone()
            ended.wait(_READ_S)
        ended.wait(pause_s)


def _size(shop: Shop) -> float:
    log = shop.database.file.with_name(f"{shop.database.file.name}-wal")
    return round(log.stat().st_size / _MB, 3) if log.exists() else 0.0
