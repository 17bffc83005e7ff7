"""What to do when another window changed the dish that stands in the form."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish
from ui.settings.menu.differences import differences
from ui.style import role
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, label
from ui.words import _


class Meanwhile(QFrame):
    """Hidden while nobody did; `told` says that it has something to say now."""

    mine_wanted = Signal()
    theirs_wanted = Signal()
    back_wanted = Signal()
    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dish_meanwhile")
        role(self, "soft")
        lines = column(self, margins=(16, 12, 16, 14), gap=8)
        self._words = label("", "strong", "dish_meanwhile_words", wrap=True)
        self._what = label("", "second", "dish_meanwhile_what", wrap=True)
        lines.addWidget(self._words)
        lines.addWidget(self._what)
        flow = FlowLayout()
        self._mine = button(_("Keep what I typed"), "dish_mine", self.mine_wanted.emit)
        self._theirs = button(_("Show theirs"), "dish_theirs", self.theirs_wanted.emit)
        self._back = button(_("Put back"), "dish_back", self.back_wanted.emit)
        for made in (self._mine, self._theirs, self._back):
            flow.addWidget(made)
        lines.addLayout(flow)
        self.hide()

    def tell_changed(self, seen: Dish, now: Dish, setup: Setup) -> None:
        self._words.setText(_("Somebody has changed this dish meanwhile"))
        self._what.setText(", ".join(differences(seen, now, setup)))
        self._offer(gone=False)

    def tell_gone(self) -> None:
        self._words.setText(_("Somebody has taken this dish off the menu meanwhile"))
        self._what.setText(_("What you typed stands here as long as you need it."))
        self._offer(gone=True)

    def _offer(self, *, gone: bool) -> None:
        self._mine.setVisible(not gone)
        self._theirs.setVisible(not gone)
        self._back.setVisible(gone)
        if self.isHidden():
            self.show()
            self.told.emit()
