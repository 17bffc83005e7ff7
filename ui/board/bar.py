"""A question below a column's tickets: it waits for nobody and covers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.board.steady import Steady
from ui.board.touch import TouchGuard
from ui.theme import measure

_EDGE_PX = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: its object name, its word, what it does; `kind` is its look."""

    name: str
    text: str
    act: Callable[[], None]
    kind: str = "raised"


class Bar(QFrame):
    """`ask` shows it with other words and answers; an answer is its business alone."""

    def __init__(self, name: str, guard: TouchGuard, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "question")
        self._steady = Steady(guard, name)
        self._title = self._label("heading")
        self._about = self._label("quiet")
        self._grid = QGridLayout()
        self._grid.setSpacing(measure().gap_px)
        self._buttons: list[QPushButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(_EDGE_PX, 10, _EDGE_PX, _EDGE_PX)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self._about)
        box.addLayout(self._grid)
        self.hide()

    @staticmethod
    def _label(kind: str) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("kind", kind)
        label.setWordWrap(True)
        return label

    def say(self, title: str, about: str) -> None:
        """Other words above the same answers."""
        self._title.setText(title)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def ask(self, title: str, about: str, answers: list[Answer]) -> None:
        self.say(title, about)
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(answer) for answer in answers]
        self._arrange()
        self._steady.came_up()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Two answers in a row, where their words are short enough for it."""
        widest = max((button.sizeHint().width() for button in self._buttons), default=0)
        room = self.width() - 2 * _EDGE_PX
        columns = 2 if 2 * widest + self._grid.spacing() <= room else 1
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def _button(self, answer: Answer) -> QPushButton:
        button = QPushButton(answer.text)
        button.setObjectName(answer.name)
        button.setProperty("kind", answer.kind)
        button.setProperty("large", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: self._answered(answer))
        return button

    def _answered(self, answer: Answer) -> None:
        if self._steady.is_meant:
            self.hide()
            answer.act()
