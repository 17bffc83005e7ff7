"""Printers of this computer: where they are, how wide their paper is, what they print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from pos_app.desk.printers import Prints, StoredPrinter
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.settings.paper_queue import PaperQueueList
from ui.settings.printer_card import PrinterCard
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label
from ui.widgets.segmented import Segmented
from ui.words import _


class PrinterSection(Section):
    """What waits above, the printers, a new printer beneath."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Printers"))
        self._shown: tuple[object, ...] | None = None
        self._kind, self._width = "network", 80
        self._setup: Setup | None = None
        self.queue = PaperQueueList(doors)
        self.rows.addWidget(self.queue)
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
        self.rows.addWidget(self._new_prints())
        self.rows.addWidget(button(_("Add the printer"), "printer_add", self._add, role="act"))
        self.rows.addStretch(1)
        self._choose_kind("network")
        self._choose_width("80")

    def _new_prints(self) -> QWidget:
        """What comes out of a new printer."""
        box = QWidget()
        layout = FlowLayout(box, gap=16)
        self.slips = _check(_("Slips for guests"), "printer_slips")
        self.kitchen = _check(_("Kitchen slips"), "printer_kitchen")
        self.stubs = _check(_("Bag stubs"), "printer_stubs")
        self.deliveries = _check(_("Courier slips"), "printer_deliveries")
        self.slips.setChecked(True)
        for made in (self.slips, self.kitchen, self.stubs, self.deliveries):
            layout.addWidget(made)
        return box

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        self.queue.zone = setup.settings.shop.zone
        shown = (setup.printers, setup.menu.stations)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._list)
        if not setup.printers:
            text = _("No printer yet: the slip and its QR stand on the screen after placing.")
            self._list.addWidget(label(text, "second", wrap=True))
        for printer in setup.printers:
            self._list.addWidget(self._card(printer, setup))

    def _card(self, printer: StoredPrinter, setup: Setup) -> PrinterCard:
        others = [
            other
            for other in setup.printers
            if other.id != printer.id and other.device_id == printer.device_id
        ]
        made = PrinterCard(
            printer,
            others,
            setup.menu.stations,
            self._tester(printer.id),
            self._remover(printer.id),
        )
        made.changed.connect(lambda prints: self._change(printer.id, prints))
        return made

    def _change(self, printer_id: int, prints: Prints) -> None:
        desk = self.doors.shop.desk
        self.save(
            "change a printer",
            lambda: desk.change_printer(printer_id, prints),
            _("The printer is changed."),
        )

    def refuse(self, error: OrderbellError) -> None:
        """Say what is wrong, and show again what is stored."""
        super().refuse(error)
        if self._setup is not None:
            self._shown = None
            self.show_setup(self._setup)

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
        prints = Prints(
            slips=self.slips.isChecked(),
            kitchen=self.kitchen.isChecked(),
            stubs=self.stubs.isChecked(),
            deliveries=self.deliveries.isChecked(),
        )
        desk = self.doors.shop.desk
        self.save(
            "add a printer",
            lambda: desk.add_printer(
                name=name,
                kind=kind,
                address=address,
                width_mm=width,
                prints=prints,
            ),
            _("The printer is added."),
            self._added,
        )

    def _added(self) -> None:
        self.name.clear()
        self.address.clear()


def _check(text: str, name: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setObjectName(name)
    return made
