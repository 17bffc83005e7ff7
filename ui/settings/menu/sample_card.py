"""A shop that still has the sample menu is told so, and is rid of it by one tap."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.style import role
from ui.widgets.parts import button, label, row
from ui.words import _


class SampleCard(QFrame):
    """Hidden until it is known that the menu is the sample's."""

    remove_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("menu_is_sample")
        role(self, "soft")
        line = row(self, margins=(16, 12, 12, 12), gap=12)
        words = _("This is the sample menu: somebody else’s dishes, to look around with.")
        line.addWidget(label(words, wrap=True), 1)
        begin = _("Begin with an empty menu")
        line.addWidget(button(begin, "menu_begin_empty", self.remove_wanted.emit, role="act"))
        self.hide()
