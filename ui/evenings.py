"""When the screens of a shift’s ends come up: catch-up by itself, the day’s end when asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from pos_app.bootstrap import Shop
from pos_app.clock import Instant
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.notices import Notices
from ui.reprint import print_open
from ui.words import _, ngettext

if TYPE_CHECKING:
    from pos_app.desk.evening_desk import EndOfDay
    from ui.evening.screen import EveningScreen

CATCH_UP, CLOSE_DAY = "catch_up", "close_day"


class Evenings(QObject):
    """Makes a screen when it is first needed and puts it into `screens`.

    `show` brings one to the front by its name, `leave` goes back to the screen before. F9 puts
    all open tickets on paper.
    """

    def __init__(
        self,
        shop: Shop,
        background: Background,
        notices: Notices,
        screens: QStackedWidget,
        show: Callable[[str], object],
        leave: Callable[[], object],
    ) -> None:
        super().__init__(screens)
        self._shop, self._background, self._notices = shop, background, notices
        self._screens, self._show, self._leave = screens, show, leave
        self._made: dict[str, EveningScreen] = {}
        on_paper = QShortcut(QKeySequence("F9"), screens)
        on_paper.activated.connect(lambda: print_open(shop, background, notices))
        self._asked_for: Instant | None = None

    def screen(self, name: str, setup: Setup) -> EveningScreen:
        """The screen of this name."""
        made = self._made.get(name)
        if made is None:
            from ui.evening.catch_up import CatchUpScreen
            from ui.evening.close_day import CloseDayScreen

            kind = CatchUpScreen if name == CATCH_UP else CloseDayScreen
            made = kind(self._shop, setup, self._background, self._notices)
            made.ended.connect(self._leave)
            self._made[name] = made
            self._screens.addWidget(made)
        return made

    def show_setup(self, setup: Setup) -> None:
        """The catch-up opens once by itself for each gap; the rail leads back to it."""
        for made in self._made.values():
            made.show_setup(setup)
        gap = setup.settings.catch_up
        if gap.is_open and gap.until != self._asked_for:
            self._asked_for = gap.until
            self._show(CATCH_UP)

    def show_cards(self, cards: dict[int, Card]) -> None:
        for made in self._made.values():
            made.show_cards(cards)

    def remind(self) -> None:
        """Say what was left open on an earlier day."""
        self._background.read(
            "what was left open", self._shop.desk.evening.left_open, self._say_left_open
        )

    def _say_left_open(self, left: EndOfDay | None) -> None:
        if left is None:
            return
        count = len(left.cards)
        words = ngettext(
            "{count} order is left open from {day}",
            "{count} orders are left open from {day}",
            count,
        )
        day = f"{date.fromisoformat(left.business_date):%d.%m}"
        self._notices.say(words.format(count=count, day=day), _("Close the day in Orders."))
