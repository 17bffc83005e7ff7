"""Screens of this computer: what each shows, how large it is, and from how far it is read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Menu
from pos_app.domain.screens import KnownScreen, Profile, Screen, station_of
from pos_app.language import pick
from ui.settings.screen_form import ScreenForm, number, profile_word
from ui.settings.section import Doors, Section
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, language


class ScreensSection(Section):
    """The list, or in its place the form. `screen_wanted` carries a name and a monitor's name."""

    screen_wanted = Signal(str, str)

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Screens"),
            _("Kitchen, bar, pass and guest display, each in a window of its own."),
        )
        self._shown: tuple[object, ...] | None = None
        self._setup: Setup | None = None
        self._list_box = QWidget()
        below = column(self._list_box, gap=14)
        self._monitor = QComboBox()
        self._monitor.setObjectName("screen_monitor")
        below.addWidget(label(_("Open on"), "label"))
        below.addWidget(self._monitor)
        self._list = column()
        below.addLayout(self._list)
        below.addWidget(
            button(_("Add a screen"), "screen_new", partial(self._begin, None), role="act")
        )
        self.rows.addWidget(self._list_box)
        self.form = ScreenForm(doors.player)
        self.fields |= self.form.fields
        self.form.kept.connect(self._keep)
        self.form.left.connect(self._end)
        self.rows.addWidget(self.form)
        self.rows.addStretch(1)
        self._end()

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        self.form.show_menu(setup.menu)
        mine = self._mine(setup)
        if (mine, setup.menu.stations) == self._shown:
            return
        self._shown = (mine, setup.menu.stations)
        empty(self._list)
        if not mine:
            text = _("No screen yet: the board in this window is the pass.")
            self._list.addWidget(label(text, "second", wrap=True))
        for known in mine:
            self._list.addWidget(self._entry(known, setup.menu))

    def _mine(self, setup: Setup) -> tuple[KnownScreen, ...]:
        terminal = self.doors.shop.terminal_id
        return tuple(known for known in setup.screens if known.device_id == terminal)

    def _entry(self, known: KnownScreen, menu: Menu) -> QFrame:
        made = frame("card", f"screen:{known.name}")
        box = column(made, margins=(16, 10, 12, 10), gap=6)
        box.addWidget(label(known.name, "strong", wrap=True))
        box.addWidget(label(_about(known.screen, menu), "small", wrap=True))
        line = row()
        line.addWidget(
            button(_("Open"), f"screen_open:{known.name}", partial(self._open, known.name)), 1
        )
        line.addWidget(
            button(_("Change"), f"screen_change:{known.name}", partial(self._begin, known)), 1
        )
        line.addWidget(
            button(
                _("Remove"),
                f"screen_remove:{known.name}",
                partial(self._remove, known.name),
                role="danger",
            ),
            1,
        )
        box.addLayout(line)
        return made

    def _open(self, name: str) -> None:
        self.screen_wanted.emit(name, str(self._monitor.currentData() or ""))

    def _begin(self, known: KnownScreen | None) -> None:
        if self._setup is None:
            return
        for field in self.fields.values():
            field.refuse("")
        if known is None:
            self.form.begin_new()
        else:
            self.form.begin(known.name, known.screen)
        self._list_box.hide()
        self.form.show()

    def _end(self) -> None:
        self.form.hide()
        self._list_monitors()
        self._list_box.show()

    def _list_monitors(self) -> None:
        self._monitor.clear()
        for place, screen in enumerate(QGuiApplication.screens(), start=1):
            size = screen.geometry()
            text = _("Monitor {place}: {width} × {height}").format(
                place=place, width=size.width(), height=size.height()
            )
            self._monitor.addItem(text, screen.name())

    def _keep(self, name: str, screen: Screen) -> None:
        before, desk = self.form.known_name, self.doors.shop.desk

        def act() -> None:
            desk.screens.keep(name, screen)
            if before and before != name:
                desk.screens.forget(before)

        self.save("keep a screen", act, _("The screen is kept."), self._end)

    def _remove(self, name: str) -> None:
        desk = self.doors.shop.desk
        self.save("forget a screen", lambda: desk.screens.forget(name), _("The screen is removed."))


def _about(screen: Screen, menu: Menu) -> str:
    """`Kitchen · Grill · 21.5″ · read from 1.5 m`."""
    station = station_of(menu, screen.station)
    parts = [profile_word(screen.profile)]
    if screen.profile in (Profile.KITCHEN, Profile.BAR):
        parts.append(pick(station.names, language()) if station is not None else _("all stations"))
    parts.append(f"{number(screen.inches)}″")
    parts.append(_("read from {metres} m").format(metres=number(screen.distance_m)))
    return " · ".join(parts)
