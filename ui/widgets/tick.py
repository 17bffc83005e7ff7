"""A box to tick whose sentence may take several lines; the sentence is touched as well."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.widgets.parts import label, row

BOX_PX = 48


class Tick(QWidget):
    """`name` is the box's object name; `toggled` carries whether it is ticked now."""

    toggled = Signal(bool)

    def __init__(self, sentence: str, name: str) -> None:
        super().__init__()
        self._box = QCheckBox()
        self._box.setObjectName(name)
        self._box.setAccessibleName(sentence)
        self._box.setFixedSize(QSize(BOX_PX, BOX_PX))
        self._box.toggled.connect(self.toggled)
        line = row(self, gap=2)
        line.addWidget(self._box)
        self._words = label(sentence, wrap=True)
        line.addWidget(self._words, 1)

    def isChecked(self) -> bool:
        return self._box.isChecked()

    def setChecked(self, on: bool) -> None:
        self._box.setChecked(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._box.toggle()
