"""A dish on the counter: a tile that is tapped fast, painted in one go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos_app.domain.menu import Dish
from pos_app.language import pick
from ui.counter.wording import dish_name
from ui.theme import measure, tokens
from ui.words import _

HEIGHT_PX = 112
PADDING_PX = 14


class Tile(QAbstractButton):
    """Named `tile:<English name>`, whatever the language of the screen."""

    def __init__(self, dish: Dish, price: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dish = dish
        self._price = _("Sold out") if dish.sold_out else price
        self._count = 0
        self.setObjectName(f"tile:{pick(dish.names, 'en')}")
        self.setEnabled(not dish.sold_out)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(HEIGHT_PX)
        self._name_accessibly()

    @property
    def count(self) -> int:
        return self._count

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self._name_accessibly()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter)
        self._paint_words(painter)
        if self._count:
            self._paint_count(painter)
        painter.end()

    def _name_accessibly(self) -> None:
        parts = [dish_name(self.dish), self._price]
        if self._count:
            parts.append(_("{count} in the order").format(count=self._count))
        self.setAccessibleName(", ".join(parts))

    def _paint_card(self, painter: QPainter) -> None:
        theme = tokens("light")
        radius = measure().radius_px
        border, width = theme.colour("line"), 1.0
        if self.hasFocus():
            border, width = theme.colour("next_act"), 2.0
        painter.setPen(QPen(border, width))
        ground = "raised" if self.isDown() else "surface"
        painter.setBrush(theme.colour(ground if self.isEnabled() else "ground"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _paint_words(self, painter: QPainter) -> None:
        theme = tokens("light")
        inside = QRectF(self.rect()).adjusted(PADDING_PX, 12, -PADDING_PX, -12)
        name = self._font(16, QFont.Weight.DemiBold)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        room = inside.adjusted(0, 0, 0, -24)
        painter.setFont(name)
        if painter.boundingRect(room, wrap, dish_name(self.dish)).height() > room.height():
            painter.setFont(self._font(13, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text" if self.isEnabled() else "faint"))
        painter.drawText(room, wrap, dish_name(self.dish))
        painter.setFont(self._font(15, QFont.Weight.Normal))
        painter.setPen(theme.colour("second" if self.isEnabled() else "faint"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignBottom, self._price)

    def _paint_count(self, painter: QPainter) -> None:
        theme = tokens("light")
        painter.setFont(self._font(15, QFont.Weight.Bold))
        text = str(self._count)
        width = max(28.0, painter.fontMetrics().horizontalAdvance(text) + 16.0)
        chip = QRectF(self.width() - PADDING_PX - width, self.height() - 36, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("brand"))
        painter.drawRoundedRect(chip, 9, 9)
        painter.setPen(theme.colour("on_brand"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)

    def _font(self, size_px: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(weight)
        return font
