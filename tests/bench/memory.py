"""`memory`: a simulated week through the real windows and lanes; what day 7 holds against day 1.

A practice shop with its page in a process of its own, all lanes running, the window with its
screens, and a virtual clock that makes a week of it. Texts are recorded, so every part works.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import open_shop
from pos_app.clock import DAY_MS, Instant, SystemClock, VirtualClock
from pos_app.domain.order import Address, Customer, Draft, LineDraft, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Source
from tests.bench.report import result
from ui.background import Background
from ui.dressing import dress
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.world import World

ROOT = Path(__file__).resolve().parents[2]
ORDERS_A_WEEK, DAYS = 10_000, 7
QUICK_ORDERS, QUICK_DAYS = 900, 3
OPEN_AT_ONCE = 25
GROWTH = 1.10
_OPENING_MS = 11 * 3_600_000
_SHIFT_MS = 11 * 3_600_000
_PATIENCE_S = 30.0
_FULFILMENTS = (Fulfilment.PICKUP, Fulfilment.DELIVERY, Fulfilment.DINE_IN)
_SCREENS = ("board", "counter", "orders", "board")
_LOOK_AROUND_EVERY = 50
# Started when three newer orders have come, ready when ten have.
_BUMPED_AT = (4, 11)


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds after a day."""

    rss_mb: float
    threads: int
    handles: int
    widgets: int


class _Shift:
    """A shop that is worked in, seven days long."""

    def __init__(self, folder: Path) -> None:
        # In a process of its own: a till that opens its shop in the morning has not just made it.
        command = [sys.executable, "-m", "pos_app", "init", "--practice", "--data", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        today = SystemClock().now()
        self._monday = Instant(today - today % DAY_MS + DAY_MS)
        self.clock = VirtualClock(Instant(self._monday + _OPENING_MS))
        self.shop = open_shop(folder, clock=self.clock)
        self.background, self.notices = Background(), Notices()
        self.world = World(self.shop)
        self.world.start()
        self.shop.watch.start()
        self.window = MainWindow(
            self.shop, self.shop.desk.setup(), self.background, self.notices, self.world, "board"
        )
        self.window.resize(1366, 768)
        self.window.show()
        self._dishes = self.shop.desk.setup().menu.dishes
        self._open: list[int] = []
        self._placed = 0

    def day(self, number: int, orders: int) -> Held:
        """Work through a day's orders and close it."""
        opens = Instant(self._monday + number * DAY_MS + _OPENING_MS)
        for place in range(orders):
            self.clock.advance(max(0, opens + place * _SHIFT_MS // orders - self.clock.now()))
            self._open.append(self._place())
            for back in _BUMPED_AT:
                if len(self._open) >= back:
                    self.shop.desk.bump(self._open[-back])
            if len(self._open) > OPEN_AT_ONCE:
                self._finish(self._open.pop(0))
            if place % _LOOK_AROUND_EVERY == 0:
                self._look_around(place // _LOOK_AROUND_EVERY)
            self._pump()
        while self._open:
            self._finish(self._open.pop())
        return self._held()

    def _place(self) -> int:
        at, self._placed = self._placed, self._placed + 1
        fulfilment = _FULFILMENTS[at % 3]
        lines = tuple(
            LineDraft(self._dishes[(at + 5 * i) % len(self._dishes)].id, 1 + i % 2)
            for i in range(1 + at % 4)
        )
        draft = Draft(
            fulfilment,
            lines,
            source=Source.PHONE,
            customer=Customer(f"Guest {at % 900}", f"+38067{at % 900:07}", order_texts=True),
            payment=PaymentDraft("card", paid=True),
            address=Address(f"Franka {at % 200}") if fulfilment is Fulfilment.DELIVERY else None,
        )
        return self.shop.desk.place(draft).order.id

    def _finish(self, order_id: int) -> None:
        while True:
            found = self.shop.desk.order(order_id)
            assert found is not None
            if found.order.times.ended_at is not None:
                return
            self.shop.desk.bump(order_id)

    def _look_around(self, turn: int) -> None:
        """Other screens, an order's details and a search, as people use the window."""
        self.window.show_screen(_SCREENS[turn % len(_SCREENS)])
        if turn % len(_SCREENS) == len(_SCREENS) - 2:
            self.window.show_order(self._open[0])
        self._pump(settle=True)

    def _pump(self, *, settle: bool = False) -> None:
        end = time.monotonic() + _PATIENCE_S
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        while settle and (self.background.busy or self.window.bridge.busy):
            if time.monotonic() > end:
                raise TimeoutError("the window did not come to rest")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)

    def _held(self) -> Held:
        self.window.show_screen("board")
        self._pump(settle=True)
        QApplication.sendPostedEvents()
        gc.collect()
        return Held(
            _rss_mb(),
            threading.active_count(),
            len(list(Path("/proc/self/fd").iterdir())),
            len(QApplication.allWidgets()),
        )

    def close(self) -> None:
        self.window.close()
        self.background.stop()
        self.window.deleteLater()
        QApplication.sendPostedEvents()
        self.world.stop()
        self.shop.close()


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Resident memory in MB after the last day against the first; linux only (`/proc`)."""
    del shared
    orders, days = (QUICK_ORDERS, QUICK_DAYS) if quick else (ORDERS_A_WEEK, DAYS)
    application = QApplication.instance() or QApplication([])
    dress()
    with tempfile.TemporaryDirectory() as folder:
        shift = _Shift(Path(folder) / "shop")
        try:
            held = [shift.day(number, orders // days) for number in range(days)]
        finally:
            shift.close()
    del application
    first, last = held[0], held[-1]
    steady = last.threads <= first.threads and last.widgets <= first.widgets
    return result(
        "memory",
        better="lower",
        ours=[last.rss_mb],
        reference=[first.rss_mb],
        p99_ours=max(day.rss_mb for day in held),
        p99_reference=first.rss_mb,
        unit="MB resident, last day against first",
        reach=GROWTH,
        rounds=days,
        sizes={"orders": orders, "days": days, "open_at_once": OPEN_AT_ONCE},
        also_ok=steady and last.handles <= first.handles,
        more={
            "by_day_mb": [round(day.rss_mb, 1) for day in held],
            "threads": [first.threads, last.threads],
            "handles": [first.handles, last.handles],
            "widgets": [first.widgets, last.widgets],
        },
    )


def _rss_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS here")
