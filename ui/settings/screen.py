"""The settings: sections on the left, one of them on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from pos_app.bootstrap import Shop
from pos_app.build_facts import build_facts
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.notices import Notices
from ui.outside import Outside
from ui.settings.backup_section import BackupSection
from ui.settings.hours_section import HoursSection
from ui.settings.limits_section import LimitsSection
from ui.settings.owner_section import OwnerSection
from ui.settings.page_section import PageSection
from ui.settings.printer_section import PrinterSection
from ui.settings.privacy_section import PrivacySection
from ui.settings.screens_section import ScreensSection
from ui.settings.section import Doors, Section
from ui.settings.shop_section import ShopSection
from ui.settings.sms_section import SmsSection
from ui.settings.sold_out_section import SoldOutSection
from ui.settings.staff_section import StaffSection
from ui.sounds.player import Player
from ui.style import sheet
from ui.widgets.parts import TouchButton, button, column, frame, label, row, scroll
from ui.words import _

LIST_PX = 240


class SettingsScreen(QWidget):
    """`show_section("page")` leads others to the tracking page.

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
        doors = Doors(shop, background, notices, outside, player)
        screens = ScreensSection(doors)
        screens.screen_wanted.connect(self.screen_wanted)
        backups = BackupSection(doors)
        backups.restore_wanted.connect(self.restore_wanted)
        self.sections: dict[str, Section] = {
            "shop": ShopSection(doors),
            "hours": HoursSection(doors),
            "page": PageSection(doors),
            "sms": SmsSection(doors),
            "printers": PrinterSection(doors),
            "sold_out": SoldOutSection(doors),
            "screens": screens,
            "limits": LimitsSection(doors),
            "staff": StaffSection(doors),
            "backups": backups,
            "privacy": PrivacySection(doors),
            "owner": OwnerSection(doors),
        }
        titles = {
            "shop": _("Shop"),
            "hours": _("Hours"),
            "page": _("Tracking page"),
            "sms": _("SMS phone"),
            "printers": _("Printers"),
            "sold_out": _("Sold out"),
            "screens": _("Screens"),
            "limits": _("Times"),
            "staff": _("Staff"),
            "backups": _("Backups"),
            "privacy": _("Guests' data"),
            "owner": _("Owner"),
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
        for key, section in self.sections.items():
            made = button(
                titles[key],
                f"section:{key}",
                partial(self.show_section, key),
                role="row",
                checkable=True,
            )
            self._group.addButton(made)
            self._names[key] = made
            entries.addWidget(made)
            self._stack.addWidget(scroll(section))
        entries.addStretch(1)
        # However many there are, each can be reached on a small screen.
        self._list = scroll(listed)
        lines.addWidget(self._list, 1)
        version = _("Orderbell {version}").format(version=build_facts().text())
        lines.addWidget(label(version, "small", "version", wrap=True))
        layout.addWidget(names)
        card = frame("card")
        column(card, margins=(1, 1, 1, 1)).addWidget(self._stack)
        layout.addWidget(card, 1)
        self.show_section("shop")
        self.show_setup(setup)

    def show_section(self, key: str) -> None:
        self._names[key].setChecked(True)
        self._list.ensureWidgetVisible(self._names[key])
        self._stack.setCurrentIndex(list(self.sections).index(key))

    def show_setup(self, setup: Setup) -> None:
        for section in self.sections.values():
            section.show_setup(setup)
