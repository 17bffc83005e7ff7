"""Reports: one day on one page, and the orders behind whichever number is tapped."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app import insights
from pos_app.bootstrap import Shop
from pos_app.clock import Instant, business_date
from pos_app.desk.setup import Setup
from pos_app.insights import Yesterday
from ui.background import Background
from ui.reports.card import FigureCard
from ui.reports.day_stepper import DayStepper
from ui.reports.figure import Figure
from ui.reports.figures import figures
from ui.reports.list_panel import ListPanel
from ui.style import sheet
from ui.widgets.parts import column, row

COLUMNS = 3
LIST_PX, WIDE_LIST_PX = 400, 560
WIDE_FROM_PX = 1600
PAUSE_MS = 1_000
FIRST = "orders"


class ReportsScreen(QWidget):
    """Opens with yesterday. `order_wanted` carries the id of an order to be looked at."""

    order_wanted = Signal(int)

    def __init__(self, shop: Shop, setup: Setup, background: Background) -> None:
        super().__init__()
        self.setObjectName("reports")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shop, self._setup, self._background = shop, setup, background
        self._stepped_to: str | None = None
        self._figures: dict[str, Figure] = {}
        self._cards: dict[str, FigureCard] = {}
        self._shown = FIRST
        self.stepper = DayStepper()
        self.stepper.wanted.connect(self._step_to)
        self.list = ListPanel()
        self.list.order_wanted.connect(self.order_wanted)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.read_again)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        layout = row(self, margins=(16, 12, 16, 16), gap=16)
        left = column(gap=12)
        left.addWidget(self.stepper)
        left.addLayout(self._grid, 1)
        layout.addLayout(left, 1)
        layout.addWidget(self.list)
        self._narrow()

    @property
    def day(self) -> str:
        """The business date on the page, ISO; yesterday until somebody steps."""
        return self._stepped_to or insights.day_before(self._now(), self._setup.settings.shop)

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        if self.isVisible():
            self.read_again()

    def orders_changed(self) -> None:
        """Somewhere orders changed: read the page again, if somebody looks at it."""
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def read_again(self) -> None:
        """Compute the page's day anew, in the background."""
        day, database = self.day, self._shop.database
        self._background.read(
            "read the day",
            lambda: (insights.yesterday(database, day), insights.days(database)),
            self._show,
        )

    def choose(self, key: str) -> None:
        """Show the orders behind the number `key`."""
        self._shown = key
        self._cards[key].setChecked(True)
        self.list.show_figure(self._figures[key])

    def _show(self, read: tuple[Yesterday, tuple[str, str] | None]) -> None:
        told, known = read
        if told.business_date != self.day:
            return
        shop = self._setup.settings.shop
        today = business_date(self._now(), shop.zone, shop.cutover_hour).isoformat()
        self.stepper.show_day(told.business_date, today, known[0] if known else None)
        self._figures = {figure.key: figure for figure in figures(told, self._setup)}
        for place, figure in enumerate(self._figures.values()):
            card = self._cards.get(figure.key) or self._new_card(figure.key, place)
            card.show_figure(figure)
        self.choose(self._shown)

    def _new_card(self, key: str, place: int) -> FigureCard:
        card = FigureCard(key)
        card.clicked.connect(partial(self.choose, key))
        self._cards[key] = card
        self._grid.addWidget(card, place // COLUMNS, place % COLUMNS)
        return card

    def _step_to(self, day: str) -> None:
        self._stepped_to = day
        self.read_again()

    def _now(self) -> Instant:
        return self._shop.clock.now()

    def _narrow(self) -> None:
        self.list.setFixedWidth(WIDE_LIST_PX if self.width() >= WIDE_FROM_PX else LIST_PX)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: +1}
        if event.key() in steps:
            self.stepper.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
