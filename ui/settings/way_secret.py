"""A secret that was made here for another program: shown this once, to be copied."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.words import _


class WaySecret(QWidget):
    """`left` when somebody has it; it is forgotten here then."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        rows = column(self, gap=14)
        rows.addWidget(label(_("Its secret, shown this once"), "heading"))
        said = _("Enter it in your program now: it proves with it that a call is ours.")
        rows.addWidget(label(said, "second", wrap=True))
        self._secret = QLineEdit()
        self._secret.setReadOnly(True)
        self._field = Field("", self._secret, "way_shown_secret")
        rows.addWidget(self._field)
        line = row()
        line.addWidget(button(_("Copy it"), "way_secret_copy", self._copy, role="act"), 1)
        line.addWidget(button(_("Done"), "way_secret_leave", self._leave), 1)
        rows.addLayout(line)

    def show_secret(self, url: str, secret: str) -> None:
        self._field.retitle(url)
        self._secret.setText(secret)
        self._secret.setCursorPosition(0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._secret.text())

    def _leave(self) -> None:
        self._secret.clear()
        self.left.emit()
