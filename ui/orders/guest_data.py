"""A guest who asks what the shop knows of him, or to be forgotten: both from one of his orders.

Only for whoever may open the settings: the command line asks for a manager as well. What cannot
be undone is asked once, beneath the order and never over it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from pos_app.domain.order import Order
from pos_app.domain.staff import SETTINGS
from ui.rights import may_open
from ui.widgets.field import Field
from ui.widgets.parts import button, column, frame, label, row
from ui.words import _


class GuestData(QWidget):
    """The two questions. `forget_wanted`; `save_wanted` carries the file's path."""

    forget_wanted = Signal()
    save_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._order_id: int | None = None
        rows = column(self, gap=8)
        self._forget, self._save = self._forget_part(), self._save_part()
        rows.addWidget(self._forget)
        rows.addWidget(self._save)
        self.hide()

    def show_order(self, order: Order | None) -> list[QPushButton]:
        """What can be done about the guest of this order, as buttons for whoever shows acts.

        News of the same order leaves a question that is open.
        """
        order_id = order.id if order is not None else None
        is_known = order is not None and bool(order.customer.phone or order.customer.name)
        if order_id != self._order_id or not is_known:
            self._order_id = order_id
            self.shut()
        if not is_known or not may_open(SETTINGS):
            return []
        return [
            button(_("Save what we know…"), "guest:save", self._ask_where, role="chip"),
            button(_("Forget this guest…"), "guest:forget", self._ask, role="chip"),
        ]

    def shut(self) -> None:
        """Nothing is asked any more."""
        self.hide()
        self._forget.hide()
        self._save.hide()

    def refuse(self, words: str) -> None:
        """Why the file could not be written."""
        self._field.refuse(words)

    def _forget_part(self) -> QWidget:
        made = frame("soft", "guest_forget_part")
        inner = column(made, margins=(12, 12, 12, 12))
        inner.addWidget(label(_("Forget this guest for good?"), "strong"))
        inner.addWidget(
            label(
                _(
                    "Name, phone, addresses and notes go from all of his orders; the orders stay "
                    "as numbers. This cannot be undone. Backups of the last days hold him until "
                    "they are too old."
                ),
                "second",
                "guest_forget_words",
                wrap=True,
            )
        )
        line = row()
        line.addWidget(button(_("Forget for good"), "guest:forget_do", self._do, role="danger"))
        line.addWidget(button(_("Keep the guest"), "guest:keep", self.shut))
        line.addStretch(1)
        inner.addLayout(line)
        made.hide()
        return made

    def _save_part(self) -> QWidget:
        made = frame("soft", "guest_save_part")
        inner = column(made, margins=(12, 12, 12, 12))
        inner.addWidget(label(_("All that we know of this guest, into a file"), "strong"))
        self._path = QLineEdit()
        self._field = Field(_("File"), self._path, "guest_file")
        inner.addWidget(self._field)
        line = row()
        line.addWidget(button(_("Choose…"), "guest:choose", self._choose))
        line.addStretch(1)
        line.addWidget(button(_("Write it"), "guest:save_do", self._write, role="act"))
        line.addWidget(button(_("Cancel"), "guest:save_cancel", self.shut))
        inner.addLayout(line)
        made.hide()
        return made

    def _ask(self) -> None:
        self._save.hide()
        self._forget.show()
        self.show()

    def _do(self) -> None:
        self.shut()
        self.forget_wanted.emit()

    def _ask_where(self) -> None:
        self._forget.hide()
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._path.setText(str(Path(place) / f"guest-{self._order_id}.json"))
        self._field.refuse("")
        self._save.show()
        self.show()
        self._path.setFocus()

    def _choose(self) -> None:
        """The system's own list of files; it waits beside the screen and stops nothing."""
        asked = QFileDialog(self, _("File"), self._path.text(), "JSON (*.json)")
        asked.setObjectName("guest_dialog")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there already is refused when it is written, in words of our own.
        asked.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.fileSelected.connect(self._path.setText)
        asked.finished.connect(lambda _result: asked.deleteLater())
        asked.open()

    def _write(self) -> None:
        self._field.refuse("")
        self.save_wanted.emit(Path(self._path.text().strip()).expanduser())
