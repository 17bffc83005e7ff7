"""The dishes of the cart: one row each, tapped to change it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from pos_app.desk.setup import Setup
from ui.counter.basket import Basket, BasketLine
from ui.counter.wording import line_changes, line_title, money
from ui.theme import tokens
from ui.widgets.parts import button, column, empty, label, row, scroll
from ui.words import _, quoted

ROW_PX = 52
LEAST_PX = 64


class LineRow(QAbstractButton):
    """Quantity, dish, changes and price; the whole row is the target."""

    def __init__(self, index: int, line: BasketLine, setup: Setup) -> None:
        super().__init__()
        self.setObjectName(f"line:{index + 1}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(ROW_PX)
        title, changes = line_title(setup.menu, line), line_changes(setup.menu, line)
        price = money(line.price(setup.menu), setup.settings)
        self.setAccessibleName(f"{line.quantity} {title} {changes} {price}")
        inner = row(self, margins=(20, 8, 20, 8), gap=12)
        quantity = label(str(line.quantity), "quantity")
        quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        quantity.setFixedHeight(34)
        quantity.setMinimumWidth(34)
        words = column(gap=1)
        words.addWidget(label(title, wrap=True))
        if changes:
            words.addWidget(label(changes, "modifier", wrap=True))
        inner.addWidget(quantity)
        inner.addLayout(words, 1)
        inner.addWidget(label(price, "strong"))
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        if self.isDown():
            painter.fillRect(self.rect(), theme.colour("raised"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("next_act"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 8, 8)
        painter.end()


class CartLines(QWidget):
    """All rows; note and tags of the whole order stand beneath them."""

    line_wanted = Signal(int)
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        content.setProperty("role", "surface")
        self._rows = column(content, gap=0)
        self._area: QScrollArea = scroll(content)
        column(self).addWidget(self._area)
        self.setMinimumHeight(LEAST_PX)

    def show_basket(self, basket: Basket, setup: Setup, *, cleared: bool) -> None:
        shown = (basket.lines, basket.note, basket.tags, cleared, setup.revision)
        if shown == self._shown:
            return
        self._shown = shown
        grew = len(basket.lines) > self._count
        self._count = len(basket.lines)
        empty(self._rows)
        for index, line in enumerate(basket.lines):
            made = LineRow(index, line, setup)
            made.clicked.connect(lambda *_args, index=index: self.line_wanted.emit(index))
            self._rows.addWidget(made)
        if not basket.lines:
            self._rows.addWidget(self._empty_state(cleared=cleared))
        self._add_words(basket)
        self._rows.addStretch(1)
        if grew:
            # The row gets its place with the next layout; only then there is an end to go to.
            bar = self._area.verticalScrollBar()
            bar.rangeChanged.connect(self._to_end, Qt.ConnectionType.SingleShotConnection)

    _count = 0
    _shown: tuple[object, ...] = ()

    def _to_end(self, _least: int, most: int) -> None:
        self._area.verticalScrollBar().setValue(most)

    def _empty_state(self, *, cleared: bool) -> QWidget:
        made = QWidget()
        inner = column(made, margins=(20, 12, 20, 8), gap=8)
        if cleared:
            inner.addWidget(label(_("The order was cleared."), "second"))
            inner.addWidget(button(_("Undo"), "undo_clear", self.undo_wanted.emit))
        else:
            text = _("Tap a dish to begin. Typing searches, Enter places, Esc clears.")
            inner.addWidget(label(text, "second", wrap=True))
        return made

    def _add_words(self, basket: Basket) -> None:
        made = QWidget()
        inner = column(made, margins=(20, 8, 20, 4), gap=6)
        if basket.note:
            inner.addWidget(label(quoted(basket.note), "second", "note_shown", wrap=True))
        if basket.tags:
            line = row()
            for tag in basket.tags:
                line.addWidget(label(tag, "tag"))
            line.addStretch(1)
            inner.addLayout(line)
        if inner.count():
            self._rows.addWidget(made)
