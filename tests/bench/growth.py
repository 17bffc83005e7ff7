"""`growth`: what a shop feels, with 1,000 to 1,000,000 orders behind it, as a Markdown table.

Every act is done in turn on all stores, so that a busy machine slows all of them alike; the
figures are medians in milliseconds, the last row is the file. The verdict: with the longest
history no act but a search takes more than twice what it takes with the shortest.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from pos_app import paths
from pos_app.bootstrap import Shop, open_shop
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment, has_ended
from tests.bench import history
from tests.bench.history_people import COMMON, guest
from tests.bench.report import FULL_ROUNDS, machine
from tests.bench.start import OPEN_ORDERS, with_open_orders

REACH = 2.0
PAGE = 60
TIMES = 3
SEARCHES = {
    "search: number": "A43",
    "search: phone fragment": guest(7).phone[6:12],
    "search: rare name": guest(11).name.split()[1],
    "search: a fifth of all guests": COMMON,
    "search: dish": "маргарита",
    "search: name and dish": f"{COMMON} маргарита",
    "search: day": "2025-06-20",
    "search: nothing fits": "zzzz",
}


class _Till:
    """One store and what is asked of it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.shop: Shop = open_shop(data)
        self._number = 0
        self._placed: list[int] = []

    def acts(self) -> dict[str, Callable[[], object]]:
        desk = self.shop.desk
        acts: dict[str, Callable[[], object]] = {
            "open the store": self._open,
            f"board ({OPEN_ORDERS} open)": desk.board,
            "place, a new guest": self._place,
            "bump": lambda: desk.bump(self._placed[-1]),
            "a known guest's phone": lambda: desk.acquaintance(guest(3).phone),
            "what can be undone": desk.undoable,
            "newest orders": lambda: desk.search_list("", PAGE),
        }
        for name, words in SEARCHES.items():
            acts[name] = partial(desk.search_list, words, PAGE)
        return acts

    def _open(self) -> None:
        open_shop(self._data).close()

    def _place(self) -> None:
        self._number += 1
        dish = self.shop.desk.setup().menu.dishes[1].id
        who = Customer(f"New {self._number}", f"+38099{self._number:07d}", "en", order_texts=True)
        draft = Draft(Fulfilment.PICKUP, (LineDraft(dish, 2),), customer=who)
        self._placed.append(self.shop.desk.place(draft).order.id)

    def tidy(self) -> None:
        """As many orders are open as before the round."""
        for order_id in self._placed:
            if (card := self.shop.desk.order(order_id)) and not has_ended(card.order.kind):
                self.shop.desk.cancel(order_id, "a trial")
        self._placed.clear()


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    sizes = history.SIZES[:2] if quick else history.SIZES
    rounds = 5 if quick else FULL_ROUNDS
    taken: dict[tuple[str, int], list[float]] = {}
    files: dict[int, int] = {}
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name, ExitStack() as opened:
        tills = {}
        for size in sizes:
            data = with_open_orders(size, Path(name) / str(size), shared)
            files[size] = paths.store_file(data).stat().st_size
            tills[size] = _Till(data)
            opened.callback(tills[size].shop.close)
        for round_ in range(rounds + 1):
            for act in next(iter(tills.values())).acts():
                for size in [*tills] * TIMES:
                    milliseconds = _timed(tills[size].acts()[act])
                    # The first round only fills the caches.
                    taken.setdefault((act, size), []).extend([milliseconds] if round_ else [])
            for till in tills.values():
                till.tidy()
    return _verdict(taken, files, rounds)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _verdict(
    taken: dict[tuple[str, int], list[float]], files: dict[int, int], rounds: int
) -> dict[str, Any]:
    medians = {key: statistics.median(values) for key, values in taken.items()}
    names = list(dict.fromkeys(act for act, _size in medians))
    print(_table(names, medians, files))
    least, most = min(files), max(files)
    grown = {
        act: medians[act, most] / medians[act, least]
        for act in names
        if not act.startswith("search")
    }
    worst = max(grown, key=grown.__getitem__)
    return {
        "bench": "growth",
        "better": "lower",
        "ours": round(medians[worst, most], 2),
        "reference": round(medians[worst, least], 2),
        "ratio": round(grown[worst], 2),
        "p99_ours": 0.0,
        "p99_reference": 0.0,
        "unit": f"ms ({worst})",
        "reach": REACH,
        "ok": grown[worst] <= REACH,
        "rounds": rounds,
        "sizes": {"orders": list(files), "open_orders": OPEN_ORDERS, "page": PAGE, "times": TIMES},
        "machine": machine(),
    }


def _table(names: list[str], medians: dict[tuple[str, int], float], files: dict[int, int]) -> str:
    head = "| ms, median | " + " | ".join(f"{size:,}" for size in files) + " |"
    lines = [head, "|---" * (len(files) + 1) + "|"]
    for act in names:
        figures = " | ".join(f"{medians[act, size]:.1f}" for size in files)
        lines.append(f"| {act} | {figures} |")
    sizes = " | ".join(f"{size / 1e6:,.0f} MB" for size in files.values())
    return "\n".join([*lines, f"| store file | {sizes} |"])
