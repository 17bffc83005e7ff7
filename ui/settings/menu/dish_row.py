"""A dish in the list of the menu, painted: hundreds of them are scrolled through."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish
from pos_app.domain.money import show
from pos_app.language import pick
from ui.theme import tokens
from ui.widgets.ink import Words, write_ends
from ui.words import _, language

HEIGHT_PX = 64
TITLE_PX, BELOW_PX = 16, 13
BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal


class DishRow(QAbstractButton):
    """Named `dish:<English name>`, whatever the language of the screen."""

    def __init__(self, dish: Dish, setup: Setup) -> None:
        super().__init__()
        self.setObjectName(f"dish:{pick(dish.names, 'en')}")
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = pick(dish.names, language())
        price = show(dish.price, setup.settings.shop.currency, language())
        state = _("Off the menu") if dish.hidden else _("Sold out") if dish.sold_out else ""
        about = _about(dish, setup)
        self._above = (
            Words(name, TITLE_PX, BOLD, "second" if dish.hidden else "text"),
            Words(price, TITLE_PX, BOLD, "text"),
        )
        self._below = (
            Words(about, BELOW_PX, PLAIN, "second"),
            Words(state, BELOW_PX, BOLD, "late_text"),
        )
        said = (name, price, about, state)
        self.setAccessibleName(", ".join(part for part in said if part))

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.colour("next_act" if self.hasFocus() else "line"))
        painter.setBrush(theme.colour("raised" if self.isDown() else "surface"))
        painter.drawRoundedRect(box, 12, 12)
        inside = box.adjusted(16, 9, -16, -9)
        write_ends(painter, theme, inside, *self._above, Qt.AlignmentFlag.AlignTop)
        write_ends(painter, theme, inside, *self._below, Qt.AlignmentFlag.AlignBottom)
        painter.end()


def _about(dish: Dish, setup: Setup) -> str:
    """`Grill · 12 min · BURGER · 4 modifiers`."""
    station = next((s.names for s in setup.menu.stations if s.id == dish.station_id), {})
    made = (
        _("{count} min").format(count=dish.prep_minutes)
        if dish.prep_minutes
        else _("made at the counter")
    )
    parts = [pick(station, language()), made]
    kitchen = pick(dish.kitchen, language())
    if kitchen != pick(dish.names, language()):
        parts.append(_("in the kitchen: {name}").format(name=kitchen))
    return " · ".join(part for part in parts if part)
