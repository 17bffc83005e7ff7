"""What ships with the program, and under which licence: a list, and the whole text of one."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from pos_app import support
from pos_app.support import Licence
from ui.settings.section import Doors, combo
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label
from ui.words import _

TEXT_PX = 320


class LicencesPart(QWidget):
    """The texts are long: read when somebody wants to see them."""

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._listed: list[Licence] = []
        rows = column(self, gap=10)
        rows.addWidget(label(_("Licences"), "heading"))
        about = _("Orderbell is free under Apache-2.0. It stands on the work of many others.")
        rows.addWidget(label(about, "second", wrap=True))
        self._show_them = button(_("Show them"), "licences_show", self._read)
        rows.addWidget(self._show_them)
        self._names = combo([])
        self._names.currentIndexChanged.connect(self._show_text)
        self._field = Field(_("Part"), self._names, "licences_name")
        self._text = QPlainTextEdit()
        self._text.setObjectName("licences_text")
        self._text.setAccessibleName(_("Licences"))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(TEXT_PX)
        rows.addWidget(self._field)
        rows.addWidget(self._text)
        self._field.hide()
        self._text.hide()

    def _read(self) -> None:
        self._show_them.setEnabled(False)
        self._doors.background.read("the licences", support.licences, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show_them.setEnabled(True)
        self._doors.background.failed.emit(error)

    def _show(self, listed: list[Licence]) -> None:
        self._listed = listed
        for one in listed:
            self._names.addItem(" · ".join(filter(None, (one.name, one.version, one.licence))))
        self._show_them.hide()
        self._field.show()
        self._text.show()

    def _show_text(self, place: int) -> None:
        one = self._listed[place]
        self._text.setPlainText("\n\n".join(filter(None, (one.source, one.text))))
