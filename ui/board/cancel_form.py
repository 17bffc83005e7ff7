"""Why an order is cancelled: chosen or typed, inside the details, never in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.words import _


class CancelForm(QWidget):
    """`confirmed` carries the reason; `left` says that the order stays."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(_("Why is it cancelled?"))
        title.setProperty("kind", "heading")
        self.reason = QLineEdit()
        self.reason.setObjectName("cancel_reason")
        self.reason.setPlaceholderText(_("or type a reason"))
        self.reason.setMaxLength(500)
        self._confirm = QPushButton(_("Cancel the order"))
        self._confirm.setObjectName("cancel_confirm")
        self._confirm.setProperty("kind", "danger")
        self._confirm.setEnabled(False)
        stay = QPushButton(_("Keep it"))
        stay.setObjectName("cancel_keep")
        stay.setProperty("kind", "raised")
        self.reason.textChanged.connect(lambda text: self._confirm.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._say)
        self._confirm.clicked.connect(self._say)
        stay.clicked.connect(self.left)
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, words in enumerate(self._reasons()):
            grid.addWidget(self._choice(place, words), place // 2, place % 2)
        foot = QHBoxLayout()
        foot.addWidget(stay)
        foot.addWidget(self._confirm, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 8, 0)
        box.addWidget(title)
        box.addLayout(grid)
        box.addWidget(self.reason)
        box.addLayout(foot)

    @staticmethod
    def _reasons() -> tuple[str, ...]:
        return (
            _("Guest changed plans"),
            _("Waited too long"),
            _("Dish is sold out"),
            _("Entered by mistake"),
        )

    def _choice(self, place: int, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(f"cancel_reason:{place}")
        button.setProperty("kind", "raised")
        button.clicked.connect(lambda _on=False: self.reason.setText(words))
        return button

    def clear(self) -> None:
        self.reason.clear()

    def _say(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.clear()
            self.confirmed.emit(reason)
