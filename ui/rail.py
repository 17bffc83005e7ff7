"""The navigation: one big button per screen that exists."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton

from ui.icons import icon
from ui.theme import tokens
from ui.widgets.parts import column
from ui.words import _

WIDTH_PX = 88
BUTTON_PX = 80
# Ten of them, with the catch-up, stand in the height of the smallest screen.
LINE_PX, TWO_LINES_PX, GAP_PX = 50, 66, 8
ICON_PX = 24
NAME_PX = BUTTON_PX - 12
LARGEST_NAME_PX, SMALLEST_NAME_PX = 14, 11
_ICONS = {"catch_up": "clock"}

_QSS = """
QFrame#rail { background: %(rail)s; }
QToolButton { background: transparent; color: #AEB9C5; border: 2px solid transparent;
    border-radius: 12px; font-size: 11px; font-weight: 500; padding: 1px 0; }
QToolButton:checked { background: #3A352C; color: %(brand)s; font-weight: 600; }
QToolButton:pressed { background: #4A4436; }
QToolButton:focus { border-color: %(brand)s; }
"""


class Rail(QFrame):
    """Dark on every screen, with the brand's amber for where we are."""

    wanted = Signal(str)
    who_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = tokens("light")
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH_PX)
        self.setStyleSheet(_QSS % {"rail": theme.rail, "brand": theme.brand})
        self._group = QButtonGroup(self)
        layout = column(self, margins=(4, 12, 4, 8), gap=GAP_PX)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        brand = QLabel()
        brand.setPixmap(icon("bell", theme.brand).pixmap(QSize(30, 30)))
        brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(brand)
        layout.addSpacing(4)
        self._buttons: dict[str, QToolButton] = {}
        for name, text, key in (
            ("counter", _("Counter"), "F1"),
            ("board", _("Board"), "F2"),
            ("dispatch", _("Dispatch"), "F5"),
            ("orders", _("Orders"), "F3"),
            ("messages", _("Guest\ntexts"), "F8"),
            ("reports", _("Reports"), "F6"),
            ("automations", _("Auto-\ntexts"), "F7"),
        ):
            layout.addWidget(self._button(name, text, key))
        layout.addWidget(self._button("catch_up", _("Catch up"), ""))
        self._buttons["catch_up"].hide()
        layout.addStretch(1)
        self._who = self._who_button()
        layout.addWidget(self._who)
        layout.addWidget(self._button("settings", _("Settings"), "F4"))

    def choose(self, name: str) -> None:
        """Mark where we are; some screens have no button of their own."""
        chosen = self._buttons.get(name)
        self._group.setExclusive(False)
        for made in self._buttons.values():
            made.setChecked(made is chosen)
        self._group.setExclusive(True)

    def offer_catch_up(self, on: bool) -> None:
        """While there is something to catch up."""
        self._buttons["catch_up"].setVisible(on)

    def offer(self, may_open: Callable[[str], bool]) -> None:
        """Show the screens that are open to whoever stands here; settings can always be asked."""
        for name, made in self._buttons.items():
            if name != "catch_up":
                made.setVisible(name == "settings" or may_open(name))

    def show_who(self, name: str, *, asked: bool) -> None:
        """Whose name stands on what is done here; without any staff (not `asked`), nothing."""
        self._who.setVisible(asked)
        shown = name or _("Who?")
        font = QFont(self._who.font())
        for size_px in range(LARGEST_NAME_PX, SMALLEST_NAME_PX - 1, -1):
            font.setPixelSize(size_px)
            if QFontMetricsF(font).horizontalAdvance(shown) <= NAME_PX:
                break
        self._who.setStyleSheet(f"font-size: {font.pixelSize()}px; color: #F3F5F7;")
        self._who.setText(
            QFontMetricsF(font).elidedText(shown, Qt.TextElideMode.ElideRight, NAME_PX)
        )
        self._who.setAccessibleName(_("At this screen: {name}, F12").format(name=shown))

    def _who_button(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("rail:who")
        made.setToolTip("F12")
        made.setIcon(icon("person", tokens("dark").text))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setFixedSize(BUTTON_PX, LINE_PX)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda *_args: self.who_wanted.emit())
        return made

    def _button(self, name: str, text: str, key: str) -> QToolButton:
        theme = tokens("dark")
        made = QToolButton()
        made.setObjectName(f"rail:{name}")
        made.setText(text)
        said = text.replace("-\n", "-").replace("\n", " ")
        made.setAccessibleName(f"{said}, {key}" if key else said)
        made.setToolTip(key)
        made.setIcon(icon(_ICONS.get(name, name), theme.second, theme.brand))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        # A word of two lines needs a third more.
        made.setFixedSize(BUTTON_PX, TWO_LINES_PX if "\n" in text else LINE_PX)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda *_args: self.wanted.emit(name))
        self._group.addButton(made)
        self._buttons[name] = made
        return made
