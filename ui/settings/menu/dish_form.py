"""The form of one dish. What was typed stays until somebody saves it or gives it up."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pos_app.desk.menu_dishes import is_same
from pos_app.desk.menus import LONGEST_BARCODE
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Category, Dish, Station
from pos_app.domain.money import plain, symbol
from pos_app.language import pick
from ui.settings.menu.meanwhile import Meanwhile
from ui.settings.menu.modifier_card import ModifierList
from ui.settings.menu.names import GAP_PX, KitchenFields, NameFields
from ui.settings.menu.typed import TypedDish
from ui.widgets.choosing import ChoiceBox
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, label, row
from ui.words import _, language

USUAL_MINUTES = 10


class DishForm(QWidget):
    """`seen` is the dish as it was read, None for a new one.

    `begun` says that another dish stands in it; `kept` carries what was typed; `left` gives it
    up; `off_wanted` and `back_wanted` carry the dish's id.
    """

    kept = Signal(object)
    left = Signal()
    begun = Signal()
    off_wanted = Signal(int)
    back_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.seen: Dish | None = None
        self._setup: Setup | None = None
        self._lines = column(self, gap=14)
        self._title = label("", "heading", "dish_form", wrap=True)
        self._lines.addWidget(self._title)
        self.meanwhile = Meanwhile()
        self.meanwhile.mine_wanted.connect(self._keep_mine)
        self.meanwhile.theirs_wanted.connect(self._take_theirs)
        self.meanwhile.back_wanted.connect(self._put_back)
        self._lines.addWidget(self.meanwhile)
        hint = _("One name is enough: it stands in for the other.")
        self._names = NameFields("dish_name", hint)
        self._kitchen = KitchenFields("dish_kitchen")
        self._names.changed.connect(lambda: self._kitchen.propose(self._names.names))
        self._lines.addWidget(self._names)
        self._lines.addWidget(self._kitchen)
        self._price, self._minutes, self._barcode = QLineEdit(), QLineEdit(), QLineEdit()
        self._barcode.setMaxLength(LONGEST_BARCODE)
        self._category, self._station = ChoiceBox(), ChoiceBox()
        self._own: dict[str, Field] = {}
        self._pair(
            ("price", Field(_("Price"), self._price, "dish_price")),
            ("category", Field(_("Category"), self._category, "dish_category")),
        )
        made_here = _("0: made at the counter, no kitchen is needed.")
        self._pair(
            ("prep_minutes", Field(_("Minutes to make"), self._minutes, "dish_minutes", made_here)),
            ("station", Field(_("Station"), self._station, "dish_station")),
        )
        scan = _("Scan it here, or leave it empty.")
        self._own["barcode"] = Field(_("Barcode"), self._barcode, "dish_barcode", scan)
        self._lines.addWidget(self._own["barcode"])
        self.modifiers = ModifierList()
        self._lines.addWidget(self.modifiers)
        foot = row()
        foot.addWidget(button(_("Save"), "dish_save", self._keep, role="act"), 1)
        foot.addWidget(button(_("Cancel"), "dish_cancel", self.left.emit))
        self._lines.addLayout(foot)
        self._more = QWidget()
        flow = FlowLayout(self._more)
        flow.addWidget(button(_("Another like this"), "dish_copy", self._begin_copy))
        flow.addWidget(
            button(_("Take off the menu"), "dish_take_off", self._take_off, role="danger")
        )
        self._lines.addWidget(self._more)

    def _pair(self, *fields: tuple[str, Field]) -> None:
        line = row(gap=GAP_PX)
        for key, field in fields:
            self._own[key] = field
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(line)

    @property
    def fields(self) -> dict[str, Field]:
        """By the name that a BadInput gives them."""
        names = self._names.fields("names") | self._kitchen.fields("kitchen")
        return self._own | names | self.modifiers.fields()

    @property
    def typed(self) -> TypedDish:
        return TypedDish(
            self._names.names,
            self._kitchen.names,
            self._price.text(),
            int(self._category.currentData() or 0),
            int(self._station.currentData() or 0),
            self._minutes.text(),
            self._barcode.text(),
            self.modifiers.typed,
        )

    def show_setup(self, setup: Setup) -> None:
        """What can be chosen, and whether the dish is still the one that was read."""
        self._setup = setup
        _offer(self._category, setup.menu.categories)
        _offer(self._station, setup.menu.stations)
        if not setup.menu.stations:
            self._station.addItem(_("Kitchen"), 0)
        sign = symbol(setup.settings.shop.currency, language())
        self._own["price"].retitle(_("Price in {currency}").format(currency=sign))
        if self.seen is not None:
            self._look_again(self.seen, setup)

    def begin(self, dish: Dish) -> None:
        """Change `dish`."""
        self.seen = dish
        self._title.setText(pick(dish.names, language()))
        self._show(dish)
        self.begun.emit()

    def begin_new(self, category_id: int) -> None:
        """A new dish of the category."""
        self.seen = None
        self._title.setText(_("A new dish"))
        self._show(Dish(0, "", category_id, {}, {}, 0, 0, USUAL_MINUTES, False, 0))
        self._price.clear()
        self._names.begin()
        self.begun.emit()

    def _begin_copy(self) -> None:
        """What stands here becomes a new dish, to be called otherwise."""
        self.seen = None
        self._title.setText(_("A new dish"))
        self._barcode.clear()
        self.modifiers.forget_ids()
        self.meanwhile.hide()
        self._more.hide()
        self._names.begin()
        self.begun.emit()

    def _show(self, dish: Dish) -> None:
        if self._setup is None:
            return
        currency = self._setup.settings.shop.currency
        for field in self.fields.values():
            field.refuse("")
        self.meanwhile.hide()
        self._names.show_names(dish.names)
        self._kitchen.show_names(dish.kitchen, dish.names)
        self._price.setText(plain(dish.price, currency, language()))
        self._minutes.setText(str(dish.prep_minutes))
        self._barcode.setText(dish.barcode)
        _choose(self._category, dish.category_id)
        _choose(self._station, dish.station_id)
        self.modifiers.show_modifiers(dish.modifiers, currency)
        self._more.setVisible(self.seen is not None)

    # What another window did to this dish

    def _look_again(self, seen: Dish, setup: Setup) -> None:
        now = setup.menu.dish(seen.id)
        if now is None:
            self.meanwhile.tell_gone()
        elif is_same(now, seen):
            self.meanwhile.hide()
        else:
            self.meanwhile.tell_changed(seen, now, setup)

    def _now(self) -> Dish | None:
        if self._setup is None or self.seen is None:
            return None
        return self._setup.menu.dish(self.seen.id)

    def _keep_mine(self) -> None:
        """What was typed is to be saved over what is stored now."""
        now = self._now()
        if now is not None:
            self.seen = now
            self.meanwhile.hide()

    def _take_theirs(self) -> None:
        now = self._now()
        if now is not None:
            self.begin(now)

    def _put_back(self) -> None:
        if self.seen is not None:
            self.back_wanted.emit(self.seen.id)

    def _keep(self) -> None:
        self.kept.emit(self.typed)

    def _take_off(self) -> None:
        if self.seen is not None:
            self.off_wanted.emit(self.seen.id)


def _choose(box: QComboBox, key: int) -> None:
    box.setCurrentIndex(box.findData(key) if key else 0)


def _offer(box: QComboBox, places: tuple[Category, ...] | tuple[Station, ...]) -> None:
    """Offer `places`; what was chosen stays chosen."""
    chosen = box.currentData()
    box.clear()
    for one in places:
        box.addItem(pick(one.names, language()), one.id)
    # One that somebody has removed is chosen anew by a person, not by us.
    box.setCurrentIndex(0 if chosen is None else box.findData(chosen))
