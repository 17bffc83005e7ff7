"""One status column: its name, how many, how old the oldest is, how many are out of view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_app.clock import MINUTE_MS, Clock
from pos_app.domain.workflow import Phase
from ui.board import wording
from ui.board.content import Content
from ui.board.delegate import CardDelegate
from ui.board.icons import icon
from ui.board.layout import CardLayout
from ui.board.model import ColumnModel
from ui.board.slots import Bodies
from ui.board.touch import TouchGuard
from ui.board.view import ColumnView
from ui.theme import Tokens, measure
from ui.words import _

# Counts may follow a moment after the tickets, which are what a finger waits for.
_SETTLE_MS = 25
_HEAD_GAP_PX = 8


class Column(QWidget):
    """`put` and `take` move single tickets; `replace_all` shows another board."""

    act_wanted = Signal(object)

    def __init__(
        self, phase: Phase, clock: Clock, tokens: Tokens, guard: TouchGuard, bodies: Bodies
    ) -> None:
        super().__init__()
        self.phase = phase
        self._clock = clock
        self._tokens = tokens
        self._guard = guard
        self.model = ColumnModel()
        self.delegate = CardDelegate(self.model, clock, tokens, guard, bodies)
        self.view = ColumnView(self.model, self.delegate, guard, clock)
        self.view.empty_colour = tokens.colour("faint")
        self.view.setObjectName(f"column:{phase.value}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._oldest_minutes: int | None = None
        self._hidden = (0, 0)
        self._fitted: tuple[object, ...] = ()
        self._build()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._show_head)
        bar = self.view.verticalScrollBar()
        bar.valueChanged.connect(self._settle.start)
        bar.rangeChanged.connect(self._settle.start)
        self.retranslate()

    def _build(self) -> None:
        self._title = QLabel()
        self._title.setObjectName("columnTitle")
        self._count = QLabel("0")
        self._count.setObjectName(f"count:{self.phase.value}")
        self._count.setProperty("kind", "count")
        self._oldest = QLabel()
        self._oldest.setProperty("kind", "quiet")
        self._above = self._step("up", self.view.show_first, f"above:{self.phase.value}")
        self._more = self._step("down", self.view.show_more, f"more:{self.phase.value}")
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        head = QHBoxLayout()
        head.setContentsMargins(2, 0, 2, 0)
        head.setSpacing(_HEAD_GAP_PX)
        head.addWidget(self._title)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self._above)
        head.addWidget(self._more)
        head.addWidget(self._oldest)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.view, 1)
        self._box = box
        self._title.setMinimumHeight(measure().target_px)

    def _step(self, name: str, act: object, object_name: str) -> QPushButton:
        button = QPushButton()
        button.setIcon(icon(name, self._tokens.second, 16))
        button.setProperty("kind", "step")
        button.setObjectName(object_name)
        button.setMinimumHeight(measure().target_px)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(act)
        button.hide()
        return button

    def retranslate(self) -> None:
        title = wording.column_title(self.phase)
        self._title.setText(title)
        self.view.setAccessibleName(title)
        self.view.empty_words = wording.empty_column(self.phase)
        self._show_counts()

    def shows(self, content: Content) -> bool:
        """Whether the ticket stands here already, saying exactly this."""
        rows = self.model.rows_of(content.order.id)
        return bool(rows) and self.model.slots[rows[0]].layout.content == content

    def put(self, parts: tuple[CardLayout, ...]) -> None:
        if self.model.put(parts):
            self._settle.start()

    def take(self, order_id: int) -> bool:
        self.forget(order_id)
        if not self.model.take(order_id):
            return False
        self._settle.start()
        return True

    def forget(self, order_id: int) -> None:
        """Its button stands nowhere any more: where it comes back counts as moved."""
        self._guard.forget((order_id, self.phase))
        for row in self.model.rows_of(order_id):
            for line in self.model.slots[row].layout.lines:
                self._guard.forget(line.line_id)

    def replace_all(self, tickets: list[tuple[CardLayout, ...]]) -> None:
        self.model.replace_all(tickets)
        self._settle.start()

    def tick(self) -> None:
        self.view.tick()
        self._show_counts()

    def hold_bar(self, bar: QWidget) -> None:
        """`bar` stands below the tickets, which keep their places."""
        self._box.addWidget(bar)

    def room(self) -> tuple[int, int]:
        """Width of a card, and the tallest that is seen as a whole while no bar is below."""
        viewport = self.view.viewport()
        below = self.height() - self.view.geometry().bottom() - 1
        return viewport.width(), viewport.height() + max(0, below)

    def _show_counts(self) -> None:
        self._count.setText(str(self.model.tickets))
        entered = [
            slot.layout.content.order.entered_at
            for slot in self.model.slots
            if slot.layout.part == 1
        ]
        minutes = max(0, self._clock.now() - min(entered)) // MINUTE_MS if entered else 0
        self._oldest_minutes = minutes if entered else None
        self._fit_head()

    def _fit_head(self) -> None:
        """In full where there is room; how many are out of view is said in any case.

        Where even that has no room, the column's name is smaller, not cut off.
        """
        minutes = self._oldest_minutes
        asked = (minutes, self._hidden, self.width())
        if asked == self._fitted:
            return
        self._fitted = asked
        above, below = self._hidden
        self._above.setText(str(above))
        self._above.setAccessibleName(_("{count} above").format(count=above))
        self._above.setVisible(above > 0)
        self._more.setAccessibleName(wording.more(below))
        self._more.setVisible(below > 0)
        age = ("",) if minutes is None else (wording.oldest(minutes), wording.minutes(minutes))
        steps = [(wording.more(below), words) for words in age] + [(f"+{below}", age[-1])]
        self._tighten(False)
        for more, oldest in [*steps, (f"+{below}", "")]:
            self._more.setText(more)
            self._oldest.setText(oldest)
            self._oldest.setVisible(bool(oldest))
            if self._head_width() <= self.width():
                return
        self._tighten(True)

    def _tighten(self, is_tight: bool) -> None:
        if bool(self._title.property("tight")) != is_tight:
            self._title.setProperty("tight", is_tight)
            self._title.style().polish(self._title)

    def _head_width(self) -> int:
        parts = (self._title, self._count, self._above, self._more, self._oldest)
        return sum(part.sizeHint().width() + _HEAD_GAP_PX for part in parts if not part.isHidden())

    def _show_head(self) -> None:
        self._hidden = self.view.hidden()
        self._show_counts()
        self.view.prepare_next()
