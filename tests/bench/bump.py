"""`bump`: from the tap on a card to both columns repainted, the act durable in between.

500 open orders on the real board, 1920×1080 offscreen, real store on disk. The reference is a bare
list view board, run unchanged as a process of its own, round by round in turn with ours.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import Shop, init_shop, open_shop
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.config import ShopSettings
from pos_app.domain.order import Address, Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment, Phase
from pos_app.fonts import load_fonts
from tests.bench.report import FULL_ROUNDS, percentile, result, shared_reference
from ui.background import Background
from ui.board.column import Column
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.notices import Notices

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
TICKETS = 500
FRAME_MS = 1000 / 60
_PATIENCE_S = 20.0
_BETWEEN_TAPS_S = 0.06
# So near that no order waits for its time in the kitchen.
_PROMISED_MS = 20 * MINUTE_MS
_COLUMNS = (Phase.NEW, Phase.IN_KITCHEN, Phase.READY, Phase.ON_THE_WAY)


class _Painted(QObject):
    """Counts how often each column has been painted."""

    def __init__(self, columns: list[Column]) -> None:
        super().__init__()
        self.count: dict[int, int] = {}
        for column in columns:
            column.view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.count[id(watched)] = self.count.get(id(watched), 0) + 1
        return False

    def of(self, column: Column) -> int:
        return self.count.get(id(column.view.viewport()), 0)


class _Evening:
    """A real shop with its board on an offscreen screen."""

    def __init__(self, folder: Path) -> None:
        init_shop(folder, ShopSettings(), practice=True)
        self.shop: Shop = open_shop(folder)
        self._finger_ms = 0
        self._dishes = self.shop.desk.setup().menu.dishes
        self._placed = 0
        self._opened = self.shop.clock.now()
        self._fill()
        self.background = Background()
        self.bridge = Bridge(self.shop, self.background)
        self.screen = BoardScreen(
            self.shop, self.background, self.bridge, Notices(), finger_ms=lambda: self._finger_ms
        )
        self.screen.resize(1920, 1080)
        self.screen.show()
        self._painted = _Painted(self.screen.columns.all)
        self._until(lambda: sum(c.model.tickets for c in self._columns()) == TICKETS)
        self.calm()

    def _columns(self) -> list[Column]:
        return self.screen.columns.all

    def _fill(self) -> None:
        """The earliest orders are in New, so that a moved ticket lands on top of its column
        and both columns have to be painted whole."""
        for place in range(TICKETS):
            column = place % len(_COLUMNS)
            order_id = self._place(column)
            for _step in range(column):
                self.shop.desk.bump(order_id)

    def _place(self, column: int = 0) -> int:
        """A delivery of three dishes, so that every act but the last fills another column."""
        at, dishes = self._placed, self._dishes
        self._placed += 1
        lines = tuple(LineDraft(dishes[(at + i * 7) % len(dishes)].id, 1 + i % 3) for i in range(3))
        customer = Customer(f"Guest {at}", f"+38067{at:07}"[:13])
        taken = self._opened - (120 - 30 * column) * MINUTE_MS + at * SECOND_MS
        draft = Draft(
            Fulfilment.DELIVERY,
            lines,
            customer=customer,
            placed_at=Instant(taken),
            promised_at=Instant(self._opened + _PROMISED_MS),
            address=Address(f"Franka {at}"),
        )
        return self.shop.desk.place(draft).order.id

    def refill(self) -> None:
        """Deliver what a round moved to the end and place as many, so that 500 stay open."""
        away = self.screen.columns.column(Phase.ON_THE_WAY).model
        more = away.tickets - TICKETS // len(_COLUMNS)
        for order_id in [slot.order_id for slot in away.slots[: max(0, more)]]:
            self.shop.desk.bump(order_id)
            self._place()
        self._until(lambda: sum(c.model.tickets for c in self._columns()) == TICKETS)
        self.calm()

    def calm(self) -> None:
        """Let everything that is still under way come to its end."""
        for _ in range(3):
            self._until(lambda: not self.background.busy)
            until = time.perf_counter() + 0.1
            while time.perf_counter() < until:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def move(self, step: int) -> float:
        """Tap the first button in view of a column; milliseconds until both are repainted."""
        source = self._columns()[step % 3]
        target = self._columns()[step % 3 + 1]
        source.view.scrollToTop()
        target.view.scrollToTop()
        self._pause()
        self._finger_ms += 2000
        layout = source.model.slots[0].layout
        assert layout.button is not None
        order_id = layout.content.order.id
        row = source.view.visualRect(source.model.index(0))
        spot = row.topLeft() + layout.button.center()
        self._finger(source, spot, QEvent.Type.MouseButtonPress)
        QApplication.processEvents()
        painted = [self._painted.of(source), self._painted.of(target)]

        def repainted() -> bool:
            now = [self._painted.of(source), self._painted.of(target)]
            if not target.model.rows_of(order_id):
                painted[:] = now
            return all(after > before for after, before in zip(now, painted, strict=True))

        start = time.perf_counter()
        self._finger(source, spot, QEvent.Type.MouseButtonRelease)
        self._until(repainted)
        return (time.perf_counter() - start) * 1000

    def _pause(self) -> None:
        """People do not tap while the last tap is still under way."""
        until = time.perf_counter() + _BETWEEN_TAPS_S
        while time.perf_counter() < until or self.background.busy:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)

    @staticmethod
    def _finger(column: Column, spot: QPoint, kind: QEvent.Type) -> None:
        viewport = column.view.viewport()
        at, button = QPointF(viewport.mapToGlobal(spot)), Qt.MouseButton.LeftButton
        plain = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, QPointF(spot), at, button, button, plain)
        QApplication.sendEvent(viewport, event)

    @staticmethod
    def _until(condition: Any) -> None:
        """Wait as the application's own loop does: asleep until something happens."""
        end = time.perf_counter() + _PATIENCE_S
        while not condition():
            if time.perf_counter() > end:
                raise TimeoutError("the board did not come to rest")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def close(self) -> None:
        self.screen.close()
        self.screen.deleteLater()
        self.bridge.close()
        self.background.stop()
        self.shop.close()


def measure(*, quick: bool, shared: Path = SHARED) -> dict[str, Any]:
    """Milliseconds from the finger's release, with which a tap becomes an act."""
    rounds, moves = (5, 45) if quick else (FULL_ROUNDS, 99)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    load_fonts()
    ours: list[list[float]] = []
    reference: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        evening = _Evening(Path(folder) / "shop")
        try:
            for step in range(30):
                evening.move(step)
            for _ in range(rounds):
                reference.append(_reference(shared, moves))
                evening.refill()
                ours.append([evening.move(step) for step in range(moves)])
        finally:
            evening.close()
    del application
    medians = [statistics.median(times) for times in ours]
    p99 = statistics.median(percentile(times, 0.99) for times in ours)
    p99_reference = statistics.median(run["p99_ms"] for run in reference)
    return result(
        "bump",
        better="lower",
        ours=medians,
        reference=[run["median_ms"] for run in reference],
        p99_ours=p99,
        p99_reference=p99_reference,
        unit="ms",
        reach=1.5,
        rounds=rounds,
        sizes={"open_tickets": TICKETS, "taps_per_round": moves, "screen": "1920x1080 offscreen"},
        also_ok=p99 <= 2 * p99_reference and statistics.median(medians) <= FRAME_MS,
        more={"reach_p99": 2.0, "reach_ms": round(FRAME_MS, 1)},
    )


def _reference(shared: Path, moves: int) -> dict[str, float]:
    command = [sys.executable, str(shared_reference(shared, "board_floor.py"))]
    command += ["--tickets", str(TICKETS), "--moves", str(moves)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
