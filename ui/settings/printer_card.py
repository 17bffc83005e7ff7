"""One printer in the settings: what comes out of it, for which stations, and who stands in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QWidget

from pos_app.desk.printers import Prints, StoredPrinter, prints_of
from pos_app.domain.menu import Station
from pos_app.language import pick
from ui.settings.section import choose, combo
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import TouchButton, button, column, label, row
from ui.words import _, language

NOBODY = ""


class PrinterCard(QFrame):
    """`changed` carries what a person chose, as `Prints`."""

    changed = Signal(object)

    def __init__(
        self,
        printer: StoredPrinter,
        others: Sequence[StoredPrinter],
        stations: Sequence[Station],
        test: Callable[[], object],
        remove: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName(f"printer:{printer.id}")
        self._prints = prints_of(printer)
        self._id = printer.id
        rows = column(self, margins=(16, 12, 12, 14), gap=10)
        head = row()
        words = column(gap=2)
        words.addWidget(label(printer.name, "strong"))
        words.addWidget(label(_where(printer), "small", wrap=True))
        head.addLayout(words, 1)
        head.addWidget(button(_("Test"), f"printer_test:{printer.id}", test))
        name = f"printer_remove:{printer.id}"
        head.addWidget(button(_("Remove"), name, remove, role="danger"))
        rows.addLayout(head)
        rows.addWidget(_flow(self._forms()))
        if self._prints.kitchen and len(stations) > 1:
            rows.addWidget(label(_("Kitchen slips of these stations; none chosen: all"), "label"))
            rows.addWidget(_flow(self._stations(stations)))
        if others:
            rows.addLayout(self._stand_in(others))

    def _forms(self) -> list[TouchButton]:
        prints = self._prints
        return [
            self._chip(
                _("Slips for guests"),
                "slips",
                prints.slips,
                replace(prints, slips=not prints.slips),
            ),
            self._chip(
                _("Kitchen slips"),
                "kitchen",
                prints.kitchen,
                replace(prints, kitchen=not prints.kitchen),
            ),
            self._chip(
                _("Bag stubs"), "stubs", prints.stubs, replace(prints, stubs=not prints.stubs)
            ),
            self._chip(
                _("Courier slips"),
                "deliveries",
                prints.deliveries,
                replace(prints, deliveries=not prints.deliveries),
            ),
        ]

    def _stations(self, stations: Sequence[Station]) -> list[TouchButton]:
        chosen = self._prints.station_ids
        found = []
        for station in stations:
            is_on = station.id in chosen
            rest = tuple(other for other in chosen if other != station.id)
            after = rest if is_on else (*rest, station.id)
            name = pick(station.names, language())
            wanted = replace(self._prints, station_ids=after)
            found.append(self._chip(name, f"station:{station.id}", is_on, wanted))
        return found

    def _chip(self, text: str, what: str, on: bool, wanted: Prints) -> TouchButton:
        made = button(
            text,
            f"printer_{what}:{self._id}",
            lambda: self.changed.emit(wanted),
            role="chip",
            checkable=True,
        )
        made.setChecked(on)
        return made

    def _stand_in(self, others: Sequence[StoredPrinter]) -> QHBoxLayout:
        line = row()
        line.addWidget(label(_("When it is down for 30 s, print on"), "label"))
        box = combo([(NOBODY, _("no other")), *((str(o.id), o.name) for o in others)])
        box.setObjectName(f"printer_fallback:{self._id}")
        choose(box, str(self._prints.fallback_id or NOBODY))
        box.activated.connect(lambda _index: self._choose_stand_in(box))
        line.addWidget(box, 1)
        return line

    def _choose_stand_in(self, box: QComboBox) -> None:
        chosen = str(box.currentData())
        fallback_id = int(chosen) if chosen else None
        self.changed.emit(replace(self._prints, fallback_id=fallback_id))


def _flow(buttons: Sequence[TouchButton]) -> QWidget:
    box = QWidget()
    layout = FlowLayout(box)
    for made in buttons:
        layout.addWidget(made)
    return box


def _where(printer: StoredPrinter) -> str:
    return _("{address} · {width} mm").format(address=printer.address, width=printer.width_mm)
