"""Undo has its own place in the header: the last three taps of this screen, with their seconds."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from pos_app.clock import SECOND_MS, Instant
from pos_app.desk.reading import Undoable
from ui.board.icons import icon
from ui.board.undo import UNDO_PLACES
from ui.theme import Tokens, measure
from ui.words import _

_WIDEST = " A888 · 88"
_ICON_PX = 22


class UndoRow(QWidget):
    """Three places that are always there, so that nothing moves when an act comes or goes."""

    undo_wanted = Signal(object)

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._acts: list[Undoable] = []
        self._now = Instant(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(measure().gap_px)
        self._places = [self._place(place, tokens) for place in range(UNDO_PLACES)]
        # The newest stands beside Bring back, where it is looked for.
        for button in reversed(self._places):
            row.addWidget(button)

    def _place(self, place: int, tokens: Tokens) -> QPushButton:
        button = QPushButton(icon("undo", tokens.text, _ICON_PX), "")
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setObjectName(f"undo:{place}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: self._wanted(place))
        keep = button.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        button.setSizePolicy(keep)
        button.hide()
        return button

    def fit(self, metrics: QFontMetrics) -> None:
        """Room for the longest number and its seconds in this font."""
        for button in self._places:
            button.setFixedWidth(metrics.horizontalAdvance(_WIDEST) + _ICON_PX + 36)

    def show_acts(self, acts: list[Undoable], now: Instant) -> None:
        self._acts = acts[:UNDO_PLACES]
        self.tick(now)

    def tick(self, now: Instant) -> None:
        """Count down, and let go what can no longer be undone."""
        self._now = now
        self._acts = [act for act in self._acts if act.until >= now]
        for place, button in enumerate(self._places):
            if place < len(self._acts):
                act = self._acts[place]
                seconds = max(0, -(-(act.until - now) // SECOND_MS))
                button.setText(f" {act.number} · {seconds}")
                button.setAccessibleName(
                    _("Undo {number}, {seconds} s left").format(number=act.number, seconds=seconds)
                )
            button.setVisible(place < len(self._acts))

    @property
    def texts(self) -> list[str]:
        """What stands there, newest first."""
        return [button.text().strip() for button in self._places if not button.isHidden()]

    def undo_last(self) -> None:
        self._wanted(0)

    def _wanted(self, place: int) -> None:
        if place < len(self._acts):
            self.undo_wanted.emit(self._acts[place])
