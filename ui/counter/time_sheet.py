"""When an order is wanted, when it was taken, and whether the kitchen waits with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk.setup import Setup
from ui.counter.wording import clock_time
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, empty, label
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick
from ui.words import _

QUARTER_MS = 15 * MINUTE_MS
QUARTERS = 24
TAKEN_MINUTES_AGO = (10, 20, 30, 45, 60, 90, 120)


@dataclass(frozen=True, slots=True)
class When:
    """`promised_at` None: as soon as possible. `placed_at` None: taken now."""

    promised_at: Instant | None = None
    placed_at: Instant | None = None
    hold: bool = False


class TimeSheet(Sheet):
    """Quarter hours of the shop's zone, `time:19:45`; minutes ago, `taken:20`."""

    def __init__(self, over: QWidget, chosen: Callable[[When], None]) -> None:
        super().__init__(over, "time_sheet")
        self.set_title(_("For when?"))
        self._chosen = chosen
        self._when = When()
        self._now = Instant(0)
        grid = QWidget()
        self._grid = QGridLayout(grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.body.addWidget(grid)
        self._hold = Tick(_("Hold: the kitchen waits for Fire"), "hold")
        self._hold.toggled.connect(lambda on: self._tell(replace(self._when, hold=on)))
        self.body.addWidget(self._hold)
        self.body.addWidget(label(_("Taken on paper, minutes ago"), "label"))
        taken = QWidget()
        self._taken = FlowLayout(taken)
        self.body.addWidget(taken)
        self.body.addStretch(1)
        now = button(_("As soon as possible"), "time:now", lambda: self._choose(None))
        self.foot.addWidget(now, 1)

    def open_for(self, soonest: Instant, when: When, now: Instant, setup: Setup) -> None:
        self._when, self._now = when, now
        self._show_quarters(soonest, setup)
        self._show_taken()
        self._hold.blockSignals(True)
        self._hold.setChecked(when.hold)
        self._hold.blockSignals(False)
        self.open_sheet()

    def _show_quarters(self, soonest: Instant, setup: Setup) -> None:
        empty(self._grid)
        first = -(-soonest // QUARTER_MS) * QUARTER_MS
        for index in range(QUARTERS):
            quarter = Instant(first + index * QUARTER_MS)
            text = clock_time(quarter, setup.settings)
            made = button(
                text,
                f"time:{text}",
                partial(self._choose, quarter),
                role="chip",
                checkable=True,
            )
            made.setChecked(quarter == self._when.promised_at)
            self._grid.addWidget(made, index // 4, index % 4)

    def _show_taken(self) -> None:
        empty(self._taken)
        for minutes in TAKEN_MINUTES_AGO:
            made = button(
                str(minutes),
                f"taken:{minutes}",
                partial(self._take_back, minutes),
                role="chip",
                checkable=True,
            )
            made.setChecked(self._when.placed_at == self._ago(minutes))
            self._taken.addWidget(made)

    def _ago(self, minutes: int) -> Instant:
        return Instant(self._now - minutes * MINUTE_MS)

    def _choose(self, instant: Instant | None) -> None:
        self.close_sheet()
        self._tell(replace(self._when, promised_at=instant))

    def _take_back(self, minutes: int) -> None:
        placed_at = self._ago(minutes)
        # A second touch takes it back: the order is taken now.
        chosen = None if self._when.placed_at == placed_at else placed_at
        self._tell(replace(self._when, placed_at=chosen))
        self._show_taken()

    def _tell(self, when: When) -> None:
        self._when = when
        self._chosen(when)
