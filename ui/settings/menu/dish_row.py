"""A dish in the list of the menu, painted: hundreds of them are scrolled through."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish
from pos_app.domain.money import show
from pos_app.language import pick
from ui.theme import Tokens
from ui.widgets.ink import Words, write_ends
from ui.widgets.listed_row import BELOW_PX, BOLD, HEIGHT_PX, PLAIN, PaintedRow
from ui.words import _, language

TITLE_PX = 16


class DishRow(PaintedRow):
    """Named `dish:<English name>`, whatever the language of the screen."""

    def __init__(self, dish: Dish, setup: Setup) -> None:
        name = pick(dish.names, language())
        price = show(dish.price, setup.settings.shop.currency, language())
        state = _("Off the menu") if dish.hidden else _("Sold out") if dish.sold_out else ""
        about = _about(dish, setup)
        super().__init__(f"dish:{pick(dish.names, 'en')}", name, price, about, state)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._above = (
            Words(name, TITLE_PX, BOLD, "second" if dish.hidden else "text"),
            Words(price, TITLE_PX, BOLD, "text"),
        )
        self._below = (
            Words(about, BELOW_PX, PLAIN, "second"),
            Words(state, BELOW_PX, BOLD, "late_text"),
        )

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT_PX)

    def write_into(self, painter: QPainter, theme: Tokens, inside: QRectF) -> None:
        write_ends(painter, theme, inside, *self._above, Qt.AlignmentFlag.AlignTop)
        write_ends(painter, theme, inside, *self._below, Qt.AlignmentFlag.AlignBottom)


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
