"""Twelve keys for fingers: phone, quantity, money. They type into whatever field is theirs."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.widgets.parts import button
from ui.words import _

KEYS = "123456789"


class NumberPad(QWidget):
    """Types into `field`; `corner` is the key beside the nought (`+`, `,` or empty)."""

    def __init__(self, field: QLineEdit, corner: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for index, key in enumerate(KEYS):
            grid.addWidget(self._key(key), index // 3, index % 3)
        if corner:
            grid.addWidget(self._key(corner), 3, 0)
        grid.addWidget(self._key("0"), 3, 1)
        back = button("⌫", "key:back", self._back, role="key")
        back.setAccessibleName(_("Delete the last digit"))
        grid.addWidget(back, 3, 2)

    def _key(self, key: str) -> QWidget:
        return button(key, f"key:{key}", lambda: self._field.insert(key), role="key")

    def _back(self) -> None:
        self._field.backspace()
