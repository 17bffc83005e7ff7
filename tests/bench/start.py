"""`start`: from the start of the process to a board whose orders can be tapped.

The reference is a bare PySide6 window that paints once. Beside it the same start is measured with
a thousand and with a million orders behind it; both have the same forty orders open.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pos_app.bootstrap import open_shop
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment
from tests.bench import history
from tests.bench.report import FULL_ROUNDS, percentile, result

ROOT = Path(__file__).resolve().parents[2]
REACH, REACH_HISTORY = 4.0, 1.2
OPEN_ORDERS = 40
FEW = 1_000


def with_open_orders(orders: int, folder: Path, shared: Path) -> Path:
    """A copy of a store with `orders` orders of history and forty that are open now."""
    data = history.copy_of(orders, folder, shared)
    shop = open_shop(data)
    try:
        dish = shop.desk.setup().menu.dishes[0].id
        for number in range(OPEN_ORDERS):
            guest = Customer(f"Guest {number}", f"+380930000{number:03d}")
            shop.desk.place(Draft(Fulfilment.PICKUP, (LineDraft(dish, 1),), customer=guest))
    finally:
        shop.close()
    return data


def _seconds(*command: str) -> float:
    """From just before the process is made until the moment that it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # As when it is installed: compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "orderbell-bytecode")
    began = time.time()
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1]) - began


def bare() -> float:
    return _seconds("-m", "tests.bench.bare_window")


def board(data: Path) -> float:
    return _seconds("-m", "tests.bench.opened_board", str(data), str(OPEN_ORDERS))


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Seconds; the verdict needs both reaches."""
    many = 10_000 if quick else 1_000_000
    rounds = 3 if quick else FULL_ROUNDS
    taken: dict[str, list[float]] = {"bare": [], "few": [], "many": []}
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        few_data = with_open_orders(FEW, Path(name) / "few", shared)
        many_data = with_open_orders(many, Path(name) / "many", shared)
        for round_ in range(rounds + 1):
            found = {"bare": bare(), "few": board(few_data), "many": board(many_data)}
            # The first round only fills the caches of the disk.
            for which, seconds in found.items():
                taken[which] += [seconds] if round_ else []
    ratio = statistics.median(taken["many"]) / statistics.median(taken["few"])
    return result(
        "start",
        better="lower",
        ours=taken["few"],
        reference=taken["bare"],
        p99_ours=percentile(taken["few"], 0.99),
        p99_reference=percentile(taken["bare"], 0.99),
        unit="s",
        reach=REACH,
        rounds=rounds,
        sizes={"orders": FEW, "many_orders": many, "open_orders": OPEN_ORDERS},
        also_ok=ratio <= REACH_HISTORY,
        more={
            "with_many": round(statistics.median(taken["many"]), 3),
            "ratio_history": round(ratio, 3),
            "reach_history": REACH_HISTORY,
        },
    )
