"""`store`: durable acts of the desk against the same rows written by bare sqlite3.

Rules are evaluated, journal, outbox and traces written: what a tap really costs. Both sides
write to the same disk, in turn.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, init_shop, open_shop
from pos_app.config import ShopSettings
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment
from tests.bench.report import FULL_ROUNDS, percentile, result, shared_reference

REACH = 0.35
WARM_UP = 50


def _draft(shop: Shop, i: int) -> Draft:
    dishes = shop.desk.setup().menu.dishes
    return Draft(
        Fulfilment.PICKUP,
        tuple(LineDraft(dishes[(i + k) % len(dishes)].id, 2) for k in range(3)),
        customer=Customer("Iryna", f"+38067{i:07d}", "uk", order_texts=True),
    )


def _timed(acts: list[Any]) -> list[float]:
    times = []
    for act in acts:
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _our_round(folder: Path, commits: int) -> tuple[list[float], list[float]]:
    """Milliseconds of every `place` and every `bump` on a new store."""
    init_shop(folder, ShopSettings(name="Bench"), practice=True)
    shop = open_shop(folder)
    try:
        drafts = [_draft(shop, i) for i in range(commits + WARM_UP)]
        placed: list[int] = []
        place = _timed([lambda d=d: placed.append(shop.desk.place(d).order.id) for d in drafts])
        for order_id in placed:
            shop.desk.bump(order_id)
        # The second bump enters *ready*: a rule matches and a text is queued.
        bump = _timed([lambda i=i: shop.desk.bump(i) for i in placed])
    finally:
        shop.close()
    return place[WARM_UP:], bump[WARM_UP:]


def _reference_round(reference: Path, folder: Path, commits: int) -> dict[str, Any]:
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(reference), str(folder), "--commits", str(commits)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Acts per second (from each round's median) for `bump`; `place` stands beside it."""
    reference = shared_reference(shared, "store_floor.py")
    rounds, commits = (5, 200) if quick else (FULL_ROUNDS, 500)
    ours: dict[str, list[float]] = {"place": [], "bump": []}
    theirs: dict[str, list[float]] = {"place": [], "bump": []}
    p99: dict[str, list[float]] = {"ours": [], "reference": []}
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        base = Path(name)
        for i in range(rounds):
            floor = _reference_round(reference, base / f"floor{i}", commits)
            place, bump = _our_round(base / f"ours{i}", commits)
            for act, times in (("place", place), ("bump", bump)):
                ours[act].append(1000 / percentile(times, 0.5))
                theirs[act].append(1000 / floor[act]["median_ms"])
            p99["ours"].append(percentile(bump, 0.99))
            p99["reference"].append(floor["bump"]["p99_ms"])
    placing = result(
        "store.place",
        better="higher",
        ours=ours["place"],
        reference=theirs["place"],
        p99_ours=0,
        p99_reference=0,
        unit="acts/s",
        reach=REACH,
        rounds=rounds,
        sizes={},
    )
    return result(
        "store",
        better="higher",
        ours=ours["bump"],
        reference=theirs["bump"],
        p99_ours=percentile(p99["ours"], 0.5),
        p99_reference=percentile(p99["reference"], 0.5),
        unit="acts/s",
        reach=REACH,
        rounds=rounds,
        sizes={"commits": commits, "lines": 3},
        also_ok=placing["ok"],
        more={"place": {k: placing[k] for k in ("ours", "reference", "ratio", "ok")}},
    )
