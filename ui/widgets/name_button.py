"""The name of who stands at a board, as a button in its header: tapped to change it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui.icons import icon
from ui.theme import Tokens
from ui.words import _

ICON_PX = 24


def who_button(tokens: Tokens) -> QPushButton:
    """Hidden until somebody has a name here."""
    made = QPushButton(icon("person", tokens.text), "")
    made.setObjectName("who")
    made.setIconSize(QSize(ICON_PX, ICON_PX))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.hide()
    return made


def name_button(button: QPushButton, name: str, *, asked: bool) -> None:
    """Show `name`, or ask for one; without any staff (not `asked`) nothing is shown."""
    shown = name or _("Who?")
    button.setText(f" {shown}".replace("&", "&&"))
    button.setAccessibleName(_("At this screen: {name}, F12").format(name=shown))
    button.setVisible(asked)
