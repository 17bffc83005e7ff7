"""The menu as a list: categories on the left, the dishes of one of them on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLayout, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Category, Dish, folded
from pos_app.language import pick
from ui.icons import icon
from ui.settings.menu.arrow import arrows
from ui.settings.menu.dish_row import DishRow
from ui.theme import tokens
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label, row
from ui.widgets.search_field import SearchField
from ui.words import _, language

CATEGORIES_PX = 210
MOST_FOUND = 40
MOST_SHOWN = 60
OFF = 0


class DishList(QWidget):
    """Asks for what a person wants; knows nobody who does it.

    `dish_wanted` carries a Dish, `new_wanted` a category's id; `category_wanted` a Category or
    None for a new one; moves carry an id and how far.
    """

    dish_wanted = Signal(object)
    new_wanted = Signal(int)
    back_wanted = Signal(int)
    dish_moved = Signal(int, int)
    category_wanted = Signal(object)
    category_moved = Signal(int, int)
    category_removed = Signal(int)
    file_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._setup: Setup | None = None
        self._off: tuple[Dish, ...] = ()
        self._chosen = OFF
        self._shows_all = False
        lines = column(self, gap=14)
        glass = icon("orders", tokens("light").second)
        self.search = SearchField("menu_search", _("Search dish"), glass)
        self.search.textChanged.connect(lambda _text: self._show())
        lines.addWidget(self.search)
        self._empty = self._make_empty()
        lines.addWidget(self._empty)
        self._both = QWidget()
        both = row(self._both, gap=16)
        left = QWidget()
        left.setFixedWidth(CATEGORIES_PX)
        self._left = column(left, gap=8)
        both.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
        self._beside = column()
        both.addLayout(self._beside, 1)
        lines.addWidget(self._both)
        self._group: QButtonGroup | None = None
        self._right = column()

    def _make_empty(self) -> QWidget:
        made = QWidget()
        made.setObjectName("menu_nothing")
        lines = column(made, gap=12)
        about = _("There is no menu yet. Begin with a category, such as Soups; then its dishes.")
        lines.addWidget(label(about, "second", wrap=True))
        flow = FlowLayout()
        first = partial(self.category_wanted.emit, None)
        flow.addWidget(button(_("Add a category"), "menu_first", first, role="act"))
        flow.addWidget(button(_("From a file"), "menu_from_file", self.file_wanted.emit))
        flow.addWidget(
            button(_("Look around with the sample menu"), "menu_sample", self.sample_wanted.emit)
        )
        lines.addLayout(flow)
        return made

    @property
    def category_id(self) -> int:
        """Of the category that is shown, 0 for what is off the menu."""
        return self._chosen

    def choose(self, category_id: int) -> None:
        self._chosen = category_id
        self._shows_all = False
        self.search.clear()
        self._show()

    def show_menu(self, setup: Setup, off: tuple[Dish, ...]) -> None:
        self._setup, self._off = setup, off
        self._show()

    # What stands there

    def _show(self) -> None:
        if self._setup is None:
            return
        menu = self._setup.menu
        ids = [category.id for category in menu.categories]
        if self._chosen not in ids and (ids and (self._chosen != OFF or not self._off)):
            self._chosen = ids[0]
        nothing = not ids and not self._off
        self._empty.setVisible(not ids)
        self._both.setVisible(not nothing)
        self.search.setVisible(not nothing)
        empty(self._left)
        # Filled before it is seen, and let go as one: a category may have hundreds of rows.
        right = QWidget()
        self._right = column(right, gap=10)
        if not nothing:
            self._show_categories(self._setup)
            if self.search.text().strip():
                self._show_found(self._setup, self.search.text())
            else:
                self._show_chosen(self._setup)
        self._right.addStretch(1)
        empty(self._beside)
        self._beside.addWidget(right)

    def _show_categories(self, setup: Setup) -> None:
        self._group = QButtonGroup(self._both)
        entries = [
            (
                c.id,
                pick(c.names, language()),
                pick(c.names, "en"),
                len(setup.menu.of_category(c.id)),
            )
            for c in setup.menu.categories
        ]
        if self._off:
            entries.append((OFF, _("Off the menu"), "off", len(self._off)))
        searching = bool(self.search.text().strip())
        for key, name, english, count in entries:
            made = button(
                f"{name} · {count}",
                f"menu_category:{english}",
                partial(self.choose, key),
                role="row",
                checkable=True,
            )
            made.setChecked(key == self._chosen and not searching)
            self._group.addButton(made)
            self._left.addWidget(made)
        new = partial(self.category_wanted.emit, None)
        self._left.addWidget(button(_("Add a category"), "category_new", new))

    def _show_found(self, setup: Setup, words: str) -> None:
        key = folded(words)
        every = (*setup.menu.dishes, *self._off)
        found = [
            dish
            for dish in every
            if any(key in folded(name) for name in (*dish.names.values(), *dish.kitchen.values()))
            or dish.barcode == words.strip()
        ]
        if not found:
            said = _("No dish is called “{words}”.").format(words=words.strip())
            self._right.addWidget(label(said, "second", "menu_none", wrap=True))
        for dish in found[:MOST_FOUND]:
            if dish.hidden:
                self._right.addLayout(self._off_line(dish, setup))
            else:
                self._right.addWidget(self._row(dish, setup))
        self._say_more(len(found) - MOST_FOUND)

    def _show_chosen(self, setup: Setup) -> None:
        category = next((c for c in setup.menu.categories if c.id == self._chosen), None)
        if category is None:
            for dish in self._first(self._off):
                self._right.addLayout(self._off_line(dish, setup))
            self._offer_rest(len(self._off))
            return
        dishes = setup.menu.of_category(category.id)
        self._right.addLayout(self._head(category, removable=not dishes))
        for dish in self._first(dishes):
            line = row()
            line.addWidget(self._row(dish, setup), 1)
            what = pick(dish.names, language())
            for made in arrows(f"dish_{dish.id}", what, partial(self.dish_moved.emit, dish.id)):
                line.addWidget(made)
            self._right.addLayout(line)
        self._offer_rest(len(dishes))
        if not dishes:
            self._right.addWidget(label(_("No dish here yet."), "second"))

    def _first(self, dishes: tuple[Dish, ...]) -> tuple[Dish, ...]:
        return dishes if self._shows_all else dishes[:MOST_SHOWN]

    def _offer_rest(self, count: int) -> None:
        if count > MOST_SHOWN and not self._shows_all:
            said = _("Show {count} more").format(count=count - MOST_SHOWN)
            self._right.addWidget(button(said, "menu_show_all", self._show_all))

    def _show_all(self) -> None:
        self._shows_all = True
        self._show()

    def _head(self, category: Category, *, removable: bool) -> QLayout:
        line = row()
        new = partial(self.new_wanted.emit, category.id)
        line.addWidget(button(_("Add a dish"), "dish_new", new, role="act"), 1)
        change = partial(self.category_wanted.emit, category)
        line.addWidget(button(_("Rename"), "category_rename", change))
        if removable:
            remove = partial(self.category_removed.emit, category.id)
            line.addWidget(button(_("Remove"), "category_remove", remove, role="danger"))
        what = pick(category.names, language())
        for made in arrows("category", what, partial(self.category_moved.emit, category.id)):
            line.addWidget(made)
        return line

    def _off_line(self, dish: Dish, setup: Setup) -> QLayout:
        line = row()
        line.addWidget(self._row(dish, setup), 1)
        name = f"dish_put_back:{pick(dish.names, 'en')}"
        line.addWidget(button(_("Put back"), name, partial(self.back_wanted.emit, dish.id)))
        return line

    def _row(self, dish: Dish, setup: Setup) -> DishRow:
        made = DishRow(dish, setup)
        made.setEnabled(not dish.hidden)
        made.clicked.connect(lambda *_args: self.dish_wanted.emit(dish))
        return made

    def _say_more(self, count: int) -> None:
        if count > 0:
            said = _("{count} more: type more of the name")
            self._right.addWidget(label(said.format(count=count), "second", wrap=True))
