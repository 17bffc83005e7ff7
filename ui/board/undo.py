"""Undo has its own place: the last acts, each while its grace runs; it never covers a button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton

from pos_app.clock import Instant
from pos_app.desk.reading import Undoable
from pos_app.domain.workflow import Kind
from ui.board.icons import icon
from ui.board.status_words import status
from ui.theme import Tokens, measure
from ui.words import _

UNDO_PLACES = 3


def undo_words(act: Undoable) -> str:
    """`A42 → Ready`."""
    to = _("placed") if act.to is Kind.ACCEPTED else status(act.to)
    return f"{act.number} → {to}"


class UndoPanel(QFrame):
    """Three places for the last three acts, newest first, each as long as its grace runs."""

    undo_wanted = Signal(object)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._acts: list[Undoable] = []
        self._title = QLabel()
        self._title.setProperty("kind", "heading")
        self._empty = QLabel()
        self._empty.setProperty("kind", "quiet")
        self._rows = [self._row(place, tokens) for place in range(UNDO_PLACES)]
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.addWidget(self._title)
        self._box.addWidget(self._empty)
        for row in self._rows:
            self._box.addWidget(row)
        self._box.addStretch(1)
        self.lie_down(False)
        self.retranslate()

    def _row(self, place: int, tokens: Tokens) -> QPushButton:
        row = QPushButton(icon("undo", tokens.text), "")
        row.setObjectName(f"undo:{place}")
        row.setProperty("kind", "row")
        row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        row.clicked.connect(lambda _on=False, at=place: self._wanted(at))
        row.hide()
        return row

    def lie_down(self, lies: bool) -> None:
        """A row at the bottom of a small screen, a panel at the side of a large one."""
        direction = QBoxLayout.Direction
        self._box.setDirection(direction.LeftToRight if lies else direction.TopToBottom)
        self._box.setContentsMargins(16, 4 if lies else 14, 10, 4 if lies else 10)
        self._box.setSpacing(measure().gap_px)
        self._empty.setWordWrap(not lies)
        for row in self._rows:
            row.setProperty("lies", lies)
            row.setMinimumWidth(220 if lies else 0)
            row.style().polish(row)
        # The height of three acts is kept, so that nothing below moves when one comes or goes.
        lines = (measure().target_px + measure().gap_px) * UNDO_PLACES
        self.setMinimumHeight(0 if lies else lines + 56)

    def retranslate(self) -> None:
        self._title.setText(_("Undo"))
        self._empty.setText(_("Your last three taps, for a moment."))
        self._show()

    def show_acts(self, acts: list[Undoable]) -> None:
        self._acts = acts[:UNDO_PLACES]
        self._show()

    def tick(self, now: Instant) -> None:
        """Let go what can no longer be undone."""
        left = [act for act in self._acts if act.until >= now]
        if len(left) != len(self._acts):
            self.show_acts(left)

    def undo_last(self) -> None:
        self._wanted(0)

    def _show(self) -> None:
        for place, row in enumerate(self._rows):
            if place < len(self._acts):
                text = undo_words(self._acts[place])
                row.setText(text)
                row.setAccessibleName(_("Undo: {act}").format(act=text))
            row.setVisible(place < len(self._acts))
        self._empty.setVisible(not self._acts)

    def _wanted(self, place: int) -> None:
        if place < len(self._acts):
            self.undo_wanted.emit(self._acts[place])
