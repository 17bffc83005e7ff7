"""What is sold out today: one tap per dish, seen by every counter at once."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish, folded
from pos_app.errors import OrderbellError
from pos_app.language import pick
from ui.settings.section import Doors, Section
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label
from ui.words import _, language


class SoldOutSection(Section):
    """Dishes by category; a dark one is sold out."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors, _("Sold out"), _("Tap a dish to take it off the counter; tap again to sell it.")
        )
        self._setup: Setup | None = None
        self.search = QLineEdit()
        self.search.setObjectName("sold_out_search")
        self.search.setPlaceholderText(_("Search dish"))
        self.search.textChanged.connect(lambda _text: self._show_dishes())
        self.rows.addWidget(self.search)
        box = QWidget()
        self._groups = column(box, gap=10)
        self.rows.addWidget(box)
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        same = self._setup is not None and self._setup.menu == setup.menu
        self._setup = setup
        if not same:
            self._show_dishes()

    def _show_dishes(self) -> None:
        if self._setup is None:
            return
        empty(self._groups)
        key = folded(self.search.text())
        for category in self._setup.menu.categories:
            dishes = [
                dish
                for dish in self._setup.menu.of_category(category.id)
                if any(key in folded(name) for name in dish.names.values())
            ]
            if not dishes:
                continue
            self._groups.addWidget(label(pick(category.names, language()), "label"))
            box = QWidget()
            flow = FlowLayout(box)
            for dish in dishes:
                flow.addWidget(self._chip(dish))
            self._groups.addWidget(box)

    def _chip(self, dish: Dish) -> QWidget:
        made = button(
            pick(dish.names, language()),
            f"sold_out:{pick(dish.names, 'en')}",
            lambda: self._mark(dish),
            role="chip",
            checkable=True,
        )
        made.setChecked(dish.sold_out)
        return made

    def _mark(self, dish: Dish) -> None:
        desk, name = self.doors.shop.desk, pick(dish.names, language())
        said = _("{dish} is on sale.") if dish.sold_out else _("{dish} is sold out.")

        def refused(error: OrderbellError) -> None:
            self._show_dishes()
            self.doors.notices.tell_error(error)

        self.doors.background.act(
            "mark sold out",
            lambda: desk.mark_sold_out(dish.id, not dish.sold_out),
            lambda _done: self.doors.notices.say(said.format(dish=name)),
            refused,
        )
