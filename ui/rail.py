"""The navigation: one big button per screen that exists."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton

from ui.icons import icon
from ui.theme import tokens
from ui.widgets.parts import column
from ui.words import _

WIDTH_PX = 88
BUTTON_PX = 80
ICON_PX = 24

_QSS = """
QFrame#rail { background: %(rail)s; }
QToolButton { background: transparent; color: #AEB9C5; border: 2px solid transparent;
    border-radius: 12px; font-size: 11px; font-weight: 500; padding: 4px 0; }
QToolButton:checked { background: #3A352C; color: %(brand)s; font-weight: 600; }
QToolButton:pressed { background: #4A4436; }
QToolButton:focus { border-color: %(brand)s; }
"""


class Rail(QFrame):
    """Dark on every screen, with the brand's amber for where we are."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        theme = tokens("light")
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH_PX)
        self.setStyleSheet(_QSS % {"rail": theme.rail, "brand": theme.brand})
        self._group = QButtonGroup(self)
        layout = column(self, margins=(4, 20, 4, 12), gap=6)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        brand = QLabel()
        brand.setPixmap(icon("bell", theme.brand).pixmap(QSize(30, 30)))
        brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(brand)
        layout.addSpacing(10)
        self._buttons: dict[str, QToolButton] = {}
        for name, text, key in (
            ("counter", _("Counter"), "F1"),
            ("board", _("Board"), "F2"),
            ("orders", _("Orders"), "F3"),
        ):
            layout.addWidget(self._button(name, text, key))
        layout.addStretch(1)
        layout.addWidget(self._button("settings", _("Settings"), "F4"))

    def choose(self, name: str) -> None:
        self._buttons[name].setChecked(True)

    def _button(self, name: str, text: str, key: str) -> QToolButton:
        theme = tokens("dark")
        made = QToolButton()
        made.setObjectName(f"rail:{name}")
        made.setText(text)
        made.setAccessibleName(f"{text}, {key}")
        made.setToolTip(key)
        made.setIcon(icon(name, theme.second, theme.brand))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        made.setFixedSize(BUTTON_PX, 60)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda *_args: self.wanted.emit(name))
        self._group.addButton(made)
        self._buttons[name] = made
        return made
