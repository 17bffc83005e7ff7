"""Settings, Menu: what the shop sells, entered by its owner on the first evening."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Category, Dish, Names, Station
from pos_app.errors import BadInput, OrderbellError
from pos_app.language import pick
from ui.settings.menu.dish_form import DishForm
from ui.settings.menu.dish_list import DishList
from ui.settings.menu.file_page import FilePage
from ui.settings.menu.place_form import PlaceForm
from ui.settings.menu.sample_card import SampleCard
from ui.settings.menu.station_list import StationList
from ui.settings.menu.typed import TypedDish
from ui.settings.section import Doors, Section
from ui.widgets.segmented import Segmented
from ui.words import _, language

MENU_WIDEST_PX = 940


class MenuSection(Section):
    """Three pages; a form stands in the place of its list until it is saved or given up."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Menu"))
        self.setMaximumWidth(MENU_WIDEST_PX)
        self._setup: Setup | None = None
        self._is_stale = False
        self._off: tuple[Dish, ...] = ()
        self._page = "dishes"
        self._open_forms: dict[str, QWidget] = {}
        self.sample = SampleCard()
        self.sample.remove_wanted.connect(self._remove_sample)
        self.rows.addWidget(self.sample)
        self._pages = Segmented(
            "menu_page",
            [("dishes", _("Dishes")), ("stations", _("Stations")), ("file", _("From a file"))],
        )
        self._pages.chosen.connect(self.show_page)
        self.rows.addWidget(self._pages)
        self.dishes, self.stations = DishList(), StationList()
        self.file = FilePage(doors)
        self.dish_form = DishForm()
        self.category_form, self.station_form = PlaceForm("category"), PlaceForm("station")
        self._forms = (self.dish_form, self.category_form, self.station_form)
        self._lists = {"dishes": self.dishes, "stations": self.stations, "file": self.file}
        for part in (*self._lists.values(), *self._forms):
            self.rows.addWidget(part)
        self.rows.addStretch(1)
        self._connect()
        self.show_page("dishes")

    def _connect(self) -> None:
        desk = self.doors.shop.desk
        dishes, stations = self.dishes, self.stations
        dishes.dish_wanted.connect(self._change_dish)
        dishes.new_wanted.connect(self._new_dish)
        dishes.back_wanted.connect(self._put_back)
        dishes.dish_moved.connect(lambda key, by: self._move(lambda: desk.menu.move_dish(key, by)))
        dishes.category_wanted.connect(self._name_category)
        dishes.category_moved.connect(
            lambda key, by: self._move(lambda: desk.menu.move_category(key, by))
        )
        dishes.category_removed.connect(
            lambda key: self._do(lambda: desk.menu.remove_category(key), _("The category is gone."))
        )
        dishes.file_wanted.connect(lambda: self.show_page("file"))
        dishes.sample_wanted.connect(
            lambda: self._do(desk.menu.add_sample, _("The sample menu is in."))
        )
        stations.station_wanted.connect(self._name_station)
        stations.station_moved.connect(
            lambda key, by: self._move(lambda: desk.menu.move_station(key, by))
        )
        stations.station_removed.connect(
            lambda key: self._do(lambda: desk.menu.remove_station(key), _("The station is gone."))
        )
        self.file.brought.connect(lambda: self.show_page("dishes"))
        self.dish_form.begun.connect(self._begin_above)
        self.dish_form.kept.connect(self._keep_dish)
        self.dish_form.meanwhile.told.connect(self._begin_above)
        for form in self._forms:
            form.left.connect(self._end_form)
        self.dish_form.off_wanted.connect(self._take_off)
        self.dish_form.back_wanted.connect(self._put_back)
        self.category_form.kept.connect(self._keep_category)
        self.station_form.kept.connect(self._keep_station)

    # What it shows

    def show_setup(self, setup: Setup) -> None:
        before, self._setup = self._setup, setup
        if before is not None and (before.menu, before.settings.shop) == (
            setup.menu,
            setup.settings.shop,
        ):
            return
        if self.isVisible():
            self._follow(setup)
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A dish sold out in the rush costs nothing here while nobody looks.
        if self._is_stale and self._setup is not None:
            self._follow(self._setup)

    def _follow(self, setup: Setup) -> None:
        self._is_stale = False
        self.dish_form.show_setup(setup)
        self.stations.show_setup(setup)
        self.file.show_setup(setup)
        self.dishes.show_menu(setup, self._off)
        menu = self.doors.shop.desk.menu
        self.doors.background.read(
            "read what is off the menu", lambda: (menu.off(), menu.is_sample()), self._show_off
        )

    def _show_off(self, found: tuple[tuple[Dish, ...], bool]) -> None:
        self._off, is_sample = found
        if self._setup is not None:
            self.sample.setVisible(is_sample and not self._setup.identity.practice)
            self.dishes.show_menu(self._setup, self._off)

    def show_page(self, page: str) -> None:
        """One of `dishes`, `stations`, `file`; a form that is open comes back with its page."""
        self._page = page
        self._show_parts()

    def _show_parts(self) -> None:
        self._pages.choose(self._page)
        in_front = self._open_forms.get(self._page)
        for key, part in self._lists.items():
            part.setVisible(key == self._page and in_front is None)
        for form in self._forms:
            form.setVisible(form is in_front)

    def _open(self, form: QWidget) -> None:
        self._open_forms[self._page] = form
        self._show_parts()
        self._begin_above()

    def _end_form(self) -> None:
        self._open_forms.pop(self._page, None)
        self._show_parts()
        self._begin_above()

    def _begin_above(self) -> None:
        if (area := self._area()) is not None:
            area.verticalScrollBar().setValue(0)

    # Dishes

    def _change_dish(self, dish: Dish) -> None:
        self.dish_form.begin(dish)
        self._open(self.dish_form)

    def _new_dish(self, category_id: int) -> None:
        self._open(self.dish_form)
        self.dish_form.begin_new(category_id)

    def _keep_dish(self, typed: TypedDish) -> None:
        setup, seen = self._setup, self.dish_form.seen
        if setup is None:
            return
        menu, currency = self.doors.shop.desk.menu, setup.settings.shop.currency

        def act() -> None:
            wanted = typed.dish(seen, currency)
            if seen is None:
                menu.add_dish(wanted)
            else:
                menu.change_dish(seen, wanted)

        def done() -> None:
            self._end_form()
            self.dishes.choose(typed.category_id)

        self.fields = self.dish_form.fields
        self.save("save a dish", act, _("The dish is saved."), done)

    def _take_off(self, dish_id: int) -> None:
        menu = self.doors.shop.desk.menu
        said = _("The dish is off the menu. What was ordered keeps its name.")
        self._do(lambda: menu.take_off(dish_id), said, self._end_form)

    def _put_back(self, dish_id: int) -> None:
        menu = self.doors.shop.desk.menu
        self._do(lambda: menu.put_back(dish_id), _("The dish is on the menu again."))

    # Categories and stations

    def _name_category(self, category: Category | None) -> None:
        self._name(self.category_form, category, _("A new category"))

    def _name_station(self, station: Station | None) -> None:
        self._name(self.station_form, station, _("A new station"))

    def _name(self, form: PlaceForm, place: Category | Station | None, new: str) -> None:
        self._open(form)
        if place is None:
            form.begin(0, new, {})
        else:
            title = _("Rename {name}").format(name=pick(place.names, language()))
            form.begin(place.id, title, place.names)

    def _keep_category(self, key: int, names: Names) -> None:
        menu = self.doors.shop.desk.menu
        made: list[int] = []

        def act() -> None:
            if key:
                menu.rename_category(key, names)
            else:
                made.append(menu.add_category(names))

        def done() -> None:
            self._end_form()
            for category_id in made:
                self.dishes.choose(category_id)

        self.fields = self.category_form.fields
        self.save("name a category", act, _("Saved."), done)

    def _keep_station(self, key: int, names: Names) -> None:
        menu = self.doors.shop.desk.menu

        def act() -> None:
            if key:
                menu.rename_station(key, names)
            else:
                menu.add_station(names)

        self.fields = self.station_form.fields
        self.save("name a station", act, _("Saved."), self._end_form)

    # How it is done

    def _remove_sample(self) -> None:
        menu = self.doors.shop.desk.menu
        self._do(menu.remove_sample, _("The menu is empty and yours."))

    def _move(self, act: Callable[[], object]) -> None:
        """What moved is seen: no word is needed."""
        self.doors.background.act("move in the menu", act)

    def _do(
        self, act: Callable[[], object], said: str, done: Callable[[], None] | None = None
    ) -> None:
        self.fields = {}
        self.save("change the menu", act, said, done)

    def refuse(self, error: OrderbellError) -> None:
        """At its field, which comes into sight."""
        super().refuse(error)
        field = self.fields.get(error.field) if isinstance(error, BadInput) else None
        area = self._area()
        if field is not None and area is not None:
            area.ensureWidgetVisible(field)

    def _area(self) -> QScrollArea | None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        return parent
