"""What keeps the room that it needs in a window that is smaller: then a part of it is seen.

At two device pixels per pixel a usual monitor has half as many of ours, fewer than a screen can be
laid out in. Nothing may be out of reach for it: the rest is scrolled to, by wheel, bar or Tab.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from ui.theme import tokens

LEAST_PX = 240
BAR_PX = 10

_QSS = """
QScrollBar { background: %(ground)s; border: 0; }
QScrollBar::handle { background: %(ink)s; border-radius: 3px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 48px; }
QScrollBar::handle:vertical { min-height: 48px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; width: 0; height: 0; }
"""


class Pan(QWidget):
    """Holds `inside`, at `least` so large. Where it fits there is no bar.

    Without `least`, what is inside says by its layout how large it has to be. A bar lies over the
    edge, where a screen has its margin.

    Not a `QScrollArea`: whatever lies in one may be cut off, and in a window that is large enough
    nothing of a screen may.
    """

    def __init__(self, inside: QWidget, name: str, least: QSize | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.inside = inside
        self._least = least
        inside.setParent(self)
        inside.installEventFilter(self)
        self._across = self._bar(Qt.Orientation.Horizontal)
        self._down = self._bar(Qt.Orientation.Vertical)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._show_focus)

    def _bar(self, orientation: Qt.Orientation) -> QScrollBar:
        bar = QScrollBar(orientation, self)
        bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.setSingleStep(40)
        bar.setStyleSheet(_QSS % {"ground": tokens("light").rail, "ink": tokens("dark").second})
        bar.valueChanged.connect(lambda _value: self._place())
        bar.hide()
        return bar

    def minimumSizeHint(self) -> QSize:
        return self._needed().boundedTo(QSize(LEAST_PX, LEAST_PX))

    def sizeHint(self) -> QSize:
        return self.inside.sizeHint().expandedTo(self._needed())

    def require(self, least: QSize) -> None:
        """What is inside needs another room now; it is seen from its beginning."""
        if least != self._least:
            self._least = least
            self._across.setValue(0)
            self._down.setValue(0)
            self._fit()

    def _needed(self) -> QSize:
        return self._least or self.inside.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._least is None and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What nobody inside has used."""
        turned = event.angleDelta()
        for bar, by in ((self._across, turned.x()), (self._down, turned.y())):
            if bar.isVisible():
                bar.setValue(bar.value() - by)
        event.accept()

    def _fit(self) -> None:
        needs, view = self._needed(), self.size()
        self._across.setGeometry(0, view.height() - BAR_PX, view.width() - BAR_PX, BAR_PX)
        self._down.setGeometry(view.width() - BAR_PX, 0, BAR_PX, view.height())
        self.inside.resize(view.expandedTo(needs))
        for bar, needed, seen in (
            (self._across, needs.width(), view.width()),
            (self._down, needs.height(), view.height()),
        ):
            bar.setRange(0, max(0, needed - seen))
            bar.setPageStep(seen)
            bar.setVisible(needed > seen)
            bar.raise_()
        self._place()

    def _place(self) -> None:
        self.inside.move(-self._across.value(), -self._down.value())

    def _show_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the focus into sight; what is larger than that begins at its beginning."""
        if now is None or not self.inside.isAncestorOf(now):
            return
        corner = now.mapTo(self.inside, QPoint(0, 0))
        for bar, begins, length in (
            (self._across, corner.x(), now.width()),
            (self._down, corner.y(), now.height()),
        ):
            ends = begins + length - bar.pageStep()
            bar.setValue(min(max(bar.value(), ends), begins))
