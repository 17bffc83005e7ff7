"""The settings: sections on the left, one of them on the right.

A section is made when somebody first turns to it: all fifteen at once, a thousand objects, held
the window up to show one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from pos_app.bootstrap import Shop
from pos_app.config import SMS, SMSGATE
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.notices import Notices
from ui.outside import Outside
from ui.settings.backup_section import BackupSection
from ui.settings.documents_section import DocumentsSection
from ui.settings.hours_section import HoursSection
from ui.settings.limits_section import LimitsSection
from ui.settings.owner_section import OwnerSection
from ui.settings.page_section import PageSection
from ui.settings.printer_section import PrinterSection
from ui.settings.privacy_section import PrivacySection
from ui.settings.screens_section import ScreensSection
from ui.settings.section import Doors, Section
from ui.settings.shop_section import ShopSection
from ui.settings.sold_out_section import SoldOutSection
from ui.settings.staff_section import StaffSection
from ui.sounds.player import Player
from ui.style import sheet
from ui.widgets.parts import TouchButton, button, column, frame, label, row, scroll
from ui.words import _

if TYPE_CHECKING:
    from ui.settings.channels_section import ChannelsSection

LIST_PX = 240


def _menu(doors: Doors) -> Section:
    from ui.settings.menu.section import MenuSection

    return MenuSection(doors)


def _channels(doors: Doors) -> ChannelsSection:
    from ui.settings.channels_section import ChannelsSection

    return ChannelsSection(doors)


def _about(doors: Doors) -> Section:
    from ui.settings.about_section import AboutSection

    return AboutSection(doors)


# Those with much behind them are imported by whoever turns to them.
SECTIONS: dict[str, Callable[[Doors], Section]] = {
    "shop": ShopSection,
    "menu": _menu,
    "hours": HoursSection,
    "page": PageSection,
    "channels": _channels,
    "printers": PrinterSection,
    "sold_out": SoldOutSection,
    "screens": ScreensSection,
    "limits": LimitsSection,
    "staff": StaffSection,
    "backups": BackupSection,
    "privacy": PrivacySection,
    "owner": OwnerSection,
    "documents": DocumentsSection,
    "about": _about,
}


class SettingsScreen(QWidget):
    """`show_section("page")` leads others to the tracking page, `"sms"` to the gateway phone.

    `screen_wanted` carries the name of a screen to open, and of the monitor to open it on;
    `restore_wanted` the file of the backup to put back.
    """

    screen_wanted = Signal(str, str)
    restore_wanted = Signal(object)

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        outside: Outside,
        player: Player,
    ) -> None:
        super().__init__()
        self.setObjectName("settings")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self._doors = Doors(shop, background, notices, outside, player)
        self._setup = setup
        self._sections: dict[str, Section] = {}
        self._pages: dict[str, QWidget] = {}
        titles = {
            "shop": _("Shop"),
            "menu": _("Menu"),
            "hours": _("Hours"),
            "page": _("Tracking page"),
            "channels": _("Channels"),
            "printers": _("Printers"),
            "sold_out": _("Sold out"),
            "screens": _("Screens"),
            "limits": _("Times"),
            "staff": _("Staff"),
            "backups": _("Backups"),
            "privacy": _("Guests' data"),
            "owner": _("Owner"),
            "documents": _("First hour"),
            "about": _("About and help"),
        }
        layout = row(self, margins=(16, 16, 16, 16), gap=16)
        names = frame("card")
        names.setFixedWidth(LIST_PX)
        lines = column(names, margins=(12, 16, 12, 16), gap=8)
        lines.addWidget(label(_("Settings"), "title"))
        lines.addSpacing(8)
        listed = QWidget()
        entries = column(listed, gap=8)
        self._group = QButtonGroup(self)
        self._names: dict[str, TouchButton] = {}
        self._stack = QStackedWidget()
        for key, title in titles.items():
            made = button(
                title,
                f"section:{key}",
                partial(self.show_section, key),
                role="row",
                checkable=True,
            )
            self._group.addButton(made)
            self._names[key] = made
            entries.addWidget(made)
        entries.addStretch(1)
        # However many there are, each can be reached on a small screen.
        self._list = scroll(listed)
        lines.addWidget(self._list, 1)
        layout.addWidget(names)
        card = frame("card")
        column(card, margins=(1, 1, 1, 1)).addWidget(self._stack)
        layout.addWidget(card, 1)
        self.show_section("shop")

    def _section(self, key: str) -> Section:
        """The section of this name, made when it is first asked for."""
        if key not in self._sections:
            made = self._sections[key] = self._make(key)
            made.show_setup(self._setup)
            self._pages[key] = scroll(made)
            self._stack.addWidget(self._pages[key])
        return self._sections[key]

    @property
    def channels(self) -> ChannelsSection:
        return cast("ChannelsSection", self._section("channels"))

    def _make(self, key: str) -> Section:
        made = SECTIONS[key](self._doors)
        if isinstance(made, ScreensSection):
            made.screen_wanted.connect(self.screen_wanted)
        if isinstance(made, BackupSection):
            made.restore_wanted.connect(self.restore_wanted)
        return made

    def show_section(self, key: str) -> None:
        """Turn to a section. `sms` is the channel of the gateway phone: its form is opened."""
        if key == SMS:
            key = "channels"
            self.channels.add(SMSGATE)
        self._section(key)
        self._names[key].setChecked(True)
        self._list.ensureWidgetVisible(self._names[key])
        self._stack.setCurrentWidget(self._pages[key])

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        for section in self._sections.values():
            section.show_setup(setup)
