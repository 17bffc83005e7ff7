"""`simulate`: 20 rules over past orders, against one pass over the same rows; linear or not.

Beside the verdict: the same in processor time, which other programs on the machine blur less; the
most memory that the process ever had; and what a switch waits for, one rule on one day.
"""

from __future__ import annotations

import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
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
# The day before 1970 began, as Python counts days.
EPOCH = 719_163
_ROWS = (
    "SELECT * FROM orders",
    "SELECT * FROM lines",
    "SELECT * FROM tickets",
    "SELECT * FROM journal",
)


@dataclass
class Rounds:
    """Seconds of each round: ours, the reference's, both again in processor time; one question."""

    ours: list[float] = field(default_factory=list)
    theirs: list[float] = field(default_factory=list)
    cpu_ours: list[float] = field(default_factory=list)
    cpu_theirs: list[float] = field(default_factory=list)
    question: list[float] = field(default_factory=list)


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Seconds for all orders; `linear` says how the cost per order grows tenfold."""
    count, rounds = (QUICK, 3) if quick else (FULL, FULL_ROUNDS)
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        small = _rounds(Path(name) / "small", count // 10, 3, shared)
        large = _rounds(Path(name) / "large", count, rounds, shared)
    growth = (min(large.ours) / count) / (min(small.ours) / (count // 10))
    cpu = statistics.median(large.cpu_ours) / statistics.median(large.cpu_theirs)
    peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return result(
        "simulate",
        better="lower",
        ours=large.ours,
        reference=large.theirs,
        p99_ours=max(large.ours),
        p99_reference=max(large.theirs),
        unit="s",
        reach=REACH,
        rounds=rounds,
        sizes={"orders": count, "rules": RULES},
        also_ok=growth <= 2,
        more={
            "growth_per_order": round(growth, 2),
            "cpu_ratio": round(cpu, 2),
            "peak_mb": round(peak_kb / 1024),
            "question_s": round(statistics.median(large.question), 3),
        },
    )


def _rounds(folder: Path, count: int, rounds: int, shared: Path) -> Rounds:
    found = Rounds()
    with _shop(folder, count, shared) as shop:
        for _ in range(rounds):
            _timed(found.theirs, found.cpu_theirs, lambda: _pass(folder))
            _timed(found.ours, found.cpu_ours, lambda: _simulate(shop))
            _timed(found.question, [], lambda: _ask(shop))
    return found


def _timed(seconds: list[float], cpu: list[float], work: Callable[[], object]) -> None:
    start, start_cpu = time.perf_counter(), time.process_time()
    work()
    seconds.append(time.perf_counter() - start)
    cpu.append(time.process_time() - start_cpu)


def _simulate(shop: Shop) -> None:
    found = shop.desk.rules.simulate(_rules(), days=MOST_DAYS)
    if not found.drafts.orders:
        raise AssertionError("nothing was played")


def _ask(shop: Shop) -> None:
    """What is asked before a rule is switched: it alone, over the last full day."""
    last_day = date.fromordinal(EPOCH + LAST_DAY)
    if not shop.desk.rules.simulate(_rules()[:1], day=last_day).drafts.orders:
        raise AssertionError("nothing was played")


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


def _pass(folder: Path) -> None:
    with closing(sqlite3.connect(paths.store_file(folder))) as connection:
        for query in _ROWS:
            for _row in connection.execute(query):
                pass
