"""Printers of this computer: where they are, how wide their paper is, what they print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pos_app.desk.setup import Setup
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.widgets.segmented import Segmented
from ui.words import _


class PrinterSection(Section):
    """The list above, a new printer beneath."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Printers"))
        self._shown: tuple[object, ...] | None = None
        self._kind, self._width = "network", 80
        box = QWidget()
        self._list = column(box)
        self.rows.addWidget(box)
        self.rows.addWidget(label(_("Add a printer"), "heading"))
        self._kinds = Segmented(
            "printer_kind", [("network", _("On the network")), ("file", _("Folder of files"))]
        )
        self._kinds.chosen.connect(self._choose_kind)
        self.rows.addWidget(self._kinds)
        self.name = QLineEdit()
        self.address = QLineEdit()
        self.add_field("name", Field(_("Name of the printer"), self.name, "printer_name"))
        self.add_field("address", Field(_("Address"), self.address, "printer_address"))
        self._widths = Segmented(
            "printer_width", [("80", _("80 mm paper")), ("58", _("58 mm paper"))]
        )
        self._widths.chosen.connect(self._choose_width)
        self.rows.addWidget(self._widths)
        self.slips = QCheckBox(_("Slips for guests"))
        self.slips.setObjectName("printer_slips")
        self.slips.setChecked(True)
        self.kitchen = QCheckBox(_("Kitchen slips"))
        self.kitchen.setObjectName("printer_kitchen")
        line = row()
        line.addWidget(self.slips)
        line.addWidget(self.kitchen)
        self.rows.addLayout(line)
        self.rows.addWidget(button(_("Add the printer"), "printer_add", self._add, role="act"))
        self.rows.addStretch(1)
        self._choose_kind("network")
        self._choose_width("80")

    def show_setup(self, setup: Setup) -> None:
        if setup.printers == self._shown:
            return
        self._shown = setup.printers
        empty(self._list)
        if not setup.printers:
            text = _("No printer yet: the slip and its QR stand on the screen after placing.")
            self._list.addWidget(label(text, "second", wrap=True))
        for printer in setup.printers:
            made = frame("card", f"printer:{printer.id}")
            line = row(made, margins=(16, 8, 8, 8))
            words = column(gap=2)
            words.addWidget(label(printer.name, "strong"))
            words.addWidget(label(_where(printer.address, printer.width_mm), "small", wrap=True))
            line.addLayout(words, 1)
            line.addWidget(
                button(_("Test"), f"printer_test:{printer.id}", self._tester(printer.id))
            )
            line.addWidget(
                button(
                    _("Remove"),
                    f"printer_remove:{printer.id}",
                    self._remover(printer.id),
                    role="danger",
                )
            )
            self._list.addWidget(made)

    def _tester(self, printer_id: int) -> Callable[[], None]:
        outside = self.doors.outside
        return lambda: self.save(
            "print a test", lambda: outside.print_test(printer_id), _("The test slip is printed.")
        )

    def _remover(self, printer_id: int) -> Callable[[], None]:
        desk = self.doors.shop.desk
        return lambda: self.save(
            "remove a printer",
            lambda: desk.remove_printer(printer_id),
            _("The printer is removed."),
        )

    def _choose_kind(self, kind: str) -> None:
        self._kind = kind
        self._kinds.choose(kind)
        self.address.setPlaceholderText(
            "192.168.1.50:9100" if kind == "network" else _("Folder for the files")
        )

    def _choose_width(self, width: str) -> None:
        self._width = int(width)
        self._widths.choose(width)

    def _add(self) -> None:
        name, address = self.name.text().strip(), self.address.text().strip()
        kind, width = self._kind, self._width
        slips, kitchen = self.slips.isChecked(), self.kitchen.isChecked()
        desk = self.doors.shop.desk
        self.save(
            "add a printer",
            lambda: desk.add_printer(
                name=name,
                kind=kind,
                address=address,
                width_mm=width,
                slips=slips,
                kitchen=kitchen,
            ),
            _("The printer is added."),
            self._added,
        )

    def _added(self) -> None:
        self.name.clear()
        self.address.clear()


def _where(address: str, width_mm: int) -> str:
    return _("{address} · {width} mm").format(address=address, width=width_mm)
