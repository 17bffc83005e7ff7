"""The left of the counter: search, categories and tiles."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish, folded
from pos_app.language import pick
from ui.counter.basket import Basket
from ui.counter.tile import Tile
from ui.counter.wording import money
from ui.icons import icon
from ui.order_words import order_summary
from ui.theme import tokens
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label, scroll
from ui.widgets.search_field import SearchField
from ui.words import _, language

NARROWEST_TILE_PX = 196
MOST_FOUND = 4
ASK_AFTER_MS = 150
SHORTEST_NUMBER = 2


class MenuPanel(QWidget):
    """Says which dish was tapped; asks for orders while a number or phone is typed.

    `menu_wanted`: there is nothing to sell yet, and somebody is about to enter it.
    """

    dish_tapped = Signal(object)
    orders_asked = Signal(str)
    order_wanted = Signal(int)
    entered = Signal()
    menu_wanted = Signal()

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self._category_id = 0
        self._tiles: list[Tile] = []
        self._columns = 0
        glass = icon("orders", tokens("light").second)
        self.search = SearchField("search", _("Search dish, number, phone, or scan"), glass)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_enter)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(ASK_AFTER_MS)
        self._pause.timeout.connect(lambda: self.orders_asked.emit(self.search.text().strip()))
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips)
        self._chip_group = QButtonGroup(self)
        self._found = QWidget()
        self._found_rows = column(self._found)
        self._found.hide()
        self._nothing = label("", "second", "menu_empty", wrap=True)
        self._nothing.hide()
        self._begin = button(_("Enter the menu"), "menu_enter", self.menu_wanted.emit, role="act")
        self._begin.hide()
        content = QWidget()
        content.setProperty("role", "ground")
        content_rows = column(content, gap=0)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 0, 16)
        content_rows.addWidget(self._nothing)
        content_rows.addSpacing(12)
        content_rows.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignLeft)
        content_rows.addLayout(self._grid)
        content_rows.addStretch(1)
        layout = column(self, margins=(16, 16, 16, 0), gap=14)
        layout.addWidget(self.search)
        layout.addWidget(self._found)
        layout.addWidget(self._chips)
        layout.addWidget(scroll(content), 1)
        self.show_setup(setup)

    def show_setup(self, setup: Setup) -> None:
        """Show the menu as it is now; the chosen category stays chosen."""
        shown = (setup.menu, setup.settings.shop.currency)
        self._setup = setup
        if shown == self._shown:
            return
        self._shown = shown
        categories = setup.menu.categories
        if self._category_id not in {c.id for c in categories} and categories:
            self._category_id = categories[0].id
        empty(self._chip_flow)
        for category in categories:
            chip = button(
                pick(category.names, language()),
                f"category:{pick(category.names, 'en')}",
                partial(self._choose, category.id),
                role="category",
                checkable=True,
            )
            chip.setChecked(category.id == self._category_id)
            self._chip_group.addButton(chip)
            self._chip_flow.addWidget(chip)
        self._show_tiles()

    def show_basket(self, basket: Basket) -> None:
        for tile in self._tiles:
            tile.show_count(basket.count_of(tile.dish.id))
        self._basket = basket

    _basket = Basket()
    _shown: tuple[object, ...] = ()

    def show_orders(self, words: str, cards: list[Card]) -> None:
        """Orders found for `words`, if that is still what stands in the field."""
        if words != self.search.text().strip():
            return
        empty(self._found_rows)
        for card in cards[:MOST_FOUND]:
            text = order_summary(card.order)
            act = partial(self.order_wanted.emit, card.order.id)
            self._found_rows.addWidget(button(text, f"found:{card.order.number}", act))
        self._found.setVisible(bool(cards))

    def clear_search(self) -> None:
        self.search.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted_columns() != self._columns:
            self._show_tiles()

    def _choose(self, category_id: int) -> None:
        self._category_id = category_id
        self.search.clear()
        self._show_tiles()

    def _on_typed(self, text: str) -> None:
        self._show_tiles()
        # A number such as A3, or the first digits of one or of a phone.
        if len(text.strip()) >= SHORTEST_NUMBER and any(ch.isdigit() for ch in text):
            self._pause.start()
        else:
            self._pause.stop()
            self._found.hide()

    def _on_enter(self) -> None:
        wanted = self.search.text().strip()
        if not wanted:
            self.entered.emit()
            return
        scanned = [d for d in self._setup.menu.dishes if d.barcode and d.barcode == wanted]
        offered = [d for d in scanned or self._matching(wanted) if not d.sold_out]
        if offered:
            self.search.clear()
            self.dish_tapped.emit(offered[0])

    def _matching(self, words: str) -> list[Dish]:
        """Dishes whose name in any language holds `words`; those that begin with it first."""
        key = folded(words)
        found = [
            (0 if any(folded(n).startswith(key) for n in dish.names.values()) else 1, place, dish)
            for place, dish in enumerate(self._setup.menu.dishes)
            if any(key in folded(name) for name in dish.names.values()) or dish.barcode == words
        ]
        return [dish for _rank, _place, dish in sorted(found, key=lambda entry: entry[:2])]

    def _wanted_columns(self) -> int:
        return max(2, (self.width() - 32 + 12) // (NARROWEST_TILE_PX + 12))

    def _show_tiles(self) -> None:
        words = self.search.text().strip()
        menu = self._setup.menu
        dishes = self._matching(words) if words else list(menu.of_category(self._category_id))
        self._columns = self._wanted_columns()
        empty(self._grid)
        self._tiles = []
        for index, dish in enumerate(dishes):
            tile = Tile(dish, money(dish.price, self._setup.settings))
            tile.show_count(self._basket.count_of(dish.id))
            tile.clicked.connect(lambda *_args, dish=dish: self.dish_tapped.emit(dish))
            self._grid.addWidget(tile, index // self._columns, index % self._columns)
            self._tiles.append(tile)
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 1 if place < self._columns else 0)
        self._say_nothing(words, bool(dishes))

    def _say_nothing(self, words: str, found: bool) -> None:
        self._nothing.setVisible(not found)
        self._begin.setVisible(not self._setup.menu.dishes)
        if words:
            text = _("No dish is called “{words}”.").format(words=words)
        elif self._setup.menu.dishes:
            text = _("No dish here yet.")
        else:
            text = _("There is no menu yet. Enter it in Settings, or bring it in from a file.")
        self._nothing.setText(text)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignLeft)
