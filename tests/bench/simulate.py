"""`simulate`: 20 rules over past orders, against one pass over the same rows; linear or not."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from pos_app import paths
from pos_app.automation.pack import ready_rules
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import DAY_MS, Instant, VirtualClock
from pos_app.desk.simulating import MOST_DAYS
from pos_app.domain.ids import new_uid
from tests.bench.history import LAST_DAY, copy_of
from tests.bench.report import FULL_ROUNDS, result

REACH = 15.0
FULL, QUICK = 200_000, 10_000
RULES = 20
_ROWS = (
    "SELECT * FROM orders",
    "SELECT * FROM lines",
    "SELECT * FROM tickets",
    "SELECT * FROM journal",
)


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Seconds for all orders; `linear` says how the cost per order grows tenfold."""
    count, rounds = (QUICK, 3) if quick else (FULL, FULL_ROUNDS)
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        small = _rounds(Path(name) / "small", count // 10, 3, shared)
        large = _rounds(Path(name) / "large", count, rounds, shared)
    growth = (min(large[0]) / count) / (min(small[0]) / (count // 10))
    return result(
        "simulate",
        better="lower",
        ours=large[0],
        reference=large[1],
        p99_ours=max(large[0]),
        p99_reference=max(large[1]),
        unit="s",
        reach=REACH,
        rounds=rounds,
        sizes={"orders": count, "rules": RULES},
        also_ok=growth <= 2,
        more={"growth_per_order": round(growth, 2)},
    )


def _rounds(folder: Path, count: int, rounds: int, shared: Path) -> tuple[list[float], list[float]]:
    ours, theirs = [], []
    with _shop(folder, count, shared) as shop:
        for _ in range(rounds):
            theirs.append(_pass(folder))
            start = time.perf_counter()
            found = shop.desk.rules.simulate(_rules(), days=MOST_DAYS)
            ours.append(time.perf_counter() - start)
            if not found.drafts.orders:
                raise AssertionError("nothing was played")
    return ours, theirs


def _rules() -> list[Any]:
    ready = list(ready_rules("en"))
    return [*ready, replace(ready[0], id=new_uid(), name="Once more")][:RULES]


@contextmanager
def _shop(folder: Path, count: int, shared: Path) -> Iterator[Shop]:
    clock = VirtualClock(Instant((LAST_DAY + 1) * DAY_MS))
    shop = open_shop(copy_of(count, folder, shared), clock=clock)
    try:
        yield shop
    finally:
        shop.close()


def _pass(folder: Path) -> float:
    with closing(sqlite3.connect(paths.store_file(folder))) as connection:
        start = time.perf_counter()
        for query in _ROWS:
            for _row in connection.execute(query):
                pass
        return time.perf_counter() - start
