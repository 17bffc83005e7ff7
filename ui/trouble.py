"""A plain window when the shop cannot be opened: what happened, what it means, what to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.errors import OrderbellError
from ui.style import sheet
from ui.widgets.parts import button, column, label, row
from ui.words import _, told


class TroubleWindow(QWidget):
    """`again` asks to try once more, `restore_wanted` to put the backup in this file back."""

    again = Signal()
    restore_wanted = Signal(object)

    def __init__(
        self, error: OrderbellError, where: str, backup: Path | None = None, made: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("trouble")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self.setWindowTitle("Orderbell")
        self.resize(640, 360)
        words = told(error)
        layout = column(self, margins=(32, 28, 32, 24), gap=12)
        layout.addWidget(label(_("The shop cannot be opened"), "title"))
        layout.addWidget(label(words.title, "heading", "trouble_title", wrap=True))
        for text in (words.message, words.hint):
            if text:
                layout.addWidget(label(text, wrap=True))
        layout.addWidget(
            label(_("The shop’s folder: {path}").format(path=where), "small", wrap=True)
        )
        layout.addStretch(1)
        foot = row()
        if backup is not None:
            offer = _("Put back the backup of {time}").format(time=made)
            foot.addWidget(
                button(offer, "trouble_restore", lambda: self.restore_wanted.emit(backup))
            )
        foot.addStretch(1)
        foot.addWidget(button(_("Close"), "trouble_close", self.close))
        foot.addWidget(button(_("Try again"), "trouble_again", self.again.emit, role="act"))
        layout.addLayout(foot)
