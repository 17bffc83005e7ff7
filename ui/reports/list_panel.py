"""The orders behind a number, beside the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.reports.behind_row import BehindRow
from ui.reports.figure import Figure
from ui.widgets.parts import column, empty, label, rule, scroll

NO_BREAK = "\u00a0"


class ListPanel(QFrame):
    """`order_wanted` carries the id of an order that was tapped."""

    order_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("report_list")
        lines = column(self, margins=(1, 16, 1, 8), gap=6)
        head = QWidget()
        words = column(head, margins=(16, 0, 16, 0), gap=4)
        self._title = label("", "heading", "report_list_title", wrap=True)
        self._about = label("", "small", "report_list_about", wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._about)
        lines.addWidget(head)
        lines.addWidget(rule())
        self._nothing = label("", "second", "report_list_nothing", wrap=True)
        self._nothing.setContentsMargins(16, 8, 16, 8)
        lines.addWidget(self._nothing)
        content = QWidget()
        self._rows = column(content, margins=(6, 0, 6, 8), gap=0)
        self._scroll = scroll(content)
        lines.addWidget(self._scroll, 1)

    def show_figure(self, figure: Figure) -> None:
        # A figure and its unit stay together.
        value = NO_BREAK.join(figure.value.rsplit(" ", 1))
        self._title.setText(f"{figure.caption}: {value}")
        self._about.setText(figure.about)
        self._nothing.setText("" if figure.rows else figure.nothing)
        self._nothing.setVisible(not figure.rows)
        self._scroll.verticalScrollBar().setValue(0)
        empty(self._rows)
        for behind in figure.rows:
            row = BehindRow(behind)
            if behind.order_id is not None:
                row.clicked.connect(
                    lambda _on=False, order_id=behind.order_id: self.order_wanted.emit(order_id)
                )
            self._rows.addWidget(row)
        self._rows.addStretch(1)
