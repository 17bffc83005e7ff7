"""A plain window while the store is updated or put back: what is done, and how far it has come."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from pos_app.progress import Step
from ui.style import sheet
from ui.widgets.parts import column, label
from ui.words import _


class WaitWindow(QWidget):
    """`tell` may be called from any thread."""

    _told = Signal(object, int, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("waiting")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self.setWindowTitle("Orderbell")
        self.resize(640, 300)
        layout = column(self, margins=(32, 28, 32, 28), gap=12)
        layout.addWidget(label(title, "title", "waiting_title", wrap=True))
        layout.addWidget(
            label(_("Your orders are safe: a copy is made and checked first."), wrap=True)
        )
        layout.addStretch(1)
        self._step = label("", "heading", "waiting_step")
        layout.addWidget(self._step)
        self._bar = QProgressBar()
        self._bar.setObjectName("waiting_bar")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        layout.addWidget(self._bar)
        layout.addStretch(1)
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def tell(self, step: Step, done: int, of: int) -> None:
        self._told.emit(step, done, of)

    def _show(self, step: Step, done: int, of: int) -> None:
        self._step.setText(step_words(step))
        # One step without parts: the bar runs to and fro.
        self._bar.setRange(0, of if of > 1 else 0)
        self._bar.setValue(done)


def step_words(step: Step) -> str:
    """What is being done, as a heading."""
    if step is Step.COPYING:
        return _("Copying the store")
    if step is Step.CHECKING:
        return _("Checking the copy")
    if step is Step.UPDATING:
        return _("Updating the store")
    return _("Removing guests")
