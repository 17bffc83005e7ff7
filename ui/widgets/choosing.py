"""A list to choose one thing from: values with their words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """A wheel that turns a page must not turn what is chosen on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(12)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def combo(options: Sequence[tuple[str, str]], chosen: str = "") -> ChoiceBox:
    """`options` to choose from; a `chosen` value that is not offered is added, so none is lost."""
    made = ChoiceBox()
    for value, words in options:
        made.addItem(words, str(value))
    if chosen and made.findData(chosen) < 0:
        made.addItem(chosen, chosen)
    if chosen:
        made.setCurrentIndex(made.findData(chosen))
    return made
