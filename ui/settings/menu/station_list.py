"""The stations of the kitchen: a line for each, with what is made there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Station
from pos_app.language import pick
from ui.settings.menu.arrow import arrows
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, language, ngettext


class StationList(QWidget):
    """`station_wanted` carries a Station, or None for a new one; moves an id and how far."""

    station_wanted = Signal(object)
    station_moved = Signal(int, int)
    station_removed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        lines = column(self, gap=14)
        about = _(
            "A station has tickets of its own on the kitchen's screens and printers. "
            "One is enough for a small kitchen."
        )
        lines.addWidget(label(about, "second", wrap=True))
        self._list = column(gap=8)
        lines.addLayout(self._list)
        new = partial(self.station_wanted.emit, None)
        lines.addWidget(button(_("Add a station"), "station_new", new, role="act"))

    def show_setup(self, setup: Setup) -> None:
        empty(self._list)
        if not setup.menu.stations:
            nothing = _("No station yet: the first dish brings one, the kitchen.")
            self._list.addWidget(label(nothing, "second", wrap=True))
        for station in setup.menu.stations:
            self._list.addWidget(self._card(station, setup))

    def _card(self, station: Station, setup: Setup) -> QWidget:
        name, english = pick(station.names, language()), pick(station.names, "en")
        made = frame("card", f"station:{english}")
        line = row(made, margins=(16, 8, 8, 8))
        words = column(gap=2)
        words.addWidget(label(name, "strong", wrap=True))
        words.addWidget(label(_dishes(station, setup), "small", wrap=True))
        line.addLayout(words, 1)
        change = partial(self.station_wanted.emit, station)
        line.addWidget(button(_("Rename"), f"station_rename:{english}", change))
        remove = partial(self.station_removed.emit, station.id)
        line.addWidget(button(_("Remove"), f"station_remove:{english}", remove, role="danger"))
        move = partial(self.station_moved.emit, station.id)
        for arrow in arrows(f"station_{station.id}", name, move):
            line.addWidget(arrow)
        return made


def _dishes(station: Station, setup: Setup) -> str:
    count = sum(dish.station_id == station.id for dish in setup.menu.dishes)
    return ngettext("{count} dish", "{count} dishes", count).format(count=count)
