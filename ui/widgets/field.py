"""A labelled field with its error right beneath it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.style import mark
from ui.widgets.parts import column, label


class Field(QWidget):
    """`name` is the object name of the widget inside; its error is `name_error`."""

    def __init__(
        self, title: str, inner: QWidget, name: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.inner = inner
        inner.setObjectName(name)
        inner.setAccessibleName(title)
        self._error = label("", "error", f"{name}_error", wrap=True)
        self._error.hide()
        layout = column(self, gap=4)
        self._title = label(title, "label")
        self._title.setVisible(bool(title))
        layout.addWidget(self._title)
        layout.addWidget(inner)
        if hint:
            layout.addWidget(label(hint, "small", wrap=True))
        layout.addWidget(self._error)

    def refuse(self, sentence: str) -> None:
        """Say what is wrong; nothing is wrong with an empty `sentence`."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        mark(self.inner, "wrong", bool(sentence))

    def retitle(self, title: str) -> None:
        """Another word for what is asked."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.inner.setAccessibleName(title)
