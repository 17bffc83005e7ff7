"""One of a few: a row of segments of which at most one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from ui.widgets.parts import TouchButton, button, row


class Segmented(QFrame):
    """`options` are (value, text). `name` begins the object names: `name:value`."""

    chosen = Signal(str)

    def __init__(
        self,
        name: str,
        options: list[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        role: str = "segment",
    ) -> None:
        super().__init__(parent)
        boxed = role == "segment"
        self.setProperty("role", "soft" if boxed else "")
        self._buttons: dict[str, TouchButton] = {}
        self._group = QButtonGroup(self)
        inner = row(self, margins=(4, 4, 4, 4) if boxed else (0, 0, 0, 0), gap=8)
        for value, text in options:
            made = button(text, f"{name}:{value}", role=role, checkable=True)
            made.clicked.connect(lambda *_args, value=value: self.chosen.emit(value))
            self._group.addButton(made)
            self._buttons[value] = made
            inner.addWidget(made, 1)

    def choose(self, value: str) -> None:
        """Show `value` as chosen, without a signal; nothing when it is empty."""
        self._group.setExclusive(False)
        for key, made in self._buttons.items():
            made.setChecked(key == value)
        self._group.setExclusive(bool(value))
