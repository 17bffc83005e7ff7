"""Who stands at this window, and what he may see and do here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.setup import Setup
from pos_app.domain.staff import NOBODY, SETTINGS, Rights, StaffMember, member, rights_of
from pos_app.errors import OrderbellError
from ui import rights
from ui.background import Background
from ui.staff_words import first_name
from ui.words import _

if TYPE_CHECKING:
    from ui.who.sheet import WhoSheet

ON_DARK = ("board",)


class Standing(QObject):
    """`changed` says whether prices come or go with it; `entered` names the screen that somebody
    was asked for and may open now.

    `screens` are those that this window has: who may open none of them is not offered. With
    `rules` off another window of this program decides what may be seen; the name is its own.
    """

    changed = Signal(bool)
    entered = Signal(str)

    def __init__(
        self,
        over: QWidget,
        shop: Shop,
        setup: Setup,
        background: Background,
        screens: tuple[str, ...],
        *,
        rules: bool = True,
    ) -> None:
        super().__init__(over)
        self._over, self._shop, self._background = over, shop, background
        self._setup, self._screens, self._rules = setup, screens, rules
        self._sheet: WhoSheet | None = None
        self._wanted = ""
        self._here = NOBODY
        self._rights = Rights()
        self._look()

    @property
    def anybody_works_here(self) -> bool:
        """Without any name the shop asks nobody."""
        return any(not one.hidden for one in self._setup.staff)

    @property
    def name(self) -> str:
        """The first name of who stands here; empty for nobody."""
        here = member(self._setup.staff, self._here)
        return first_name(here.name, self._setup.staff) if here is not None else ""

    def may_see(self, screen: str) -> bool:
        """Whether the way to `screen` is shown: nobody might be anybody, so all ways are."""
        return self._rights.role is None or self._rights.may_open(screen)

    def show_setup(self, setup: Setup) -> None:
        """Names, roles or PINs may have changed, here or at another computer."""
        before, self._setup = self._setup.staff, setup
        if setup.staff != before or self._shop.desk.staff_id != self._here:
            self._tell()

    def ask(self, screen: str = "", shown: str = "") -> None:
        """Ask who is here; for `screen`, only those who may open it. `shown` is in front now."""
        from ui.who.sheet import WhoSheet

        self._drop_sheet()
        self._wanted = screen
        made = WhoSheet(self._over, self._shop.clock, dark=shown in ON_DARK)
        made.chosen.connect(self._switch)
        made.left.connect(self._leave)
        made.closed.connect(self._drop_sheet)
        self._sheet = made
        made.ask(self._who_may(screen), self._here, _why(screen))

    def close(self) -> None:
        """The window goes: the next one begins without a name."""
        self._drop_sheet()
        if self._rules:
            rights.take(Rights())

    def _who_may(self, screen: str) -> list[StaffMember]:
        staff, wanted = self._setup.staff, (screen,) if screen else self._screens
        return [
            one
            for one in staff
            if not one.hidden and any(rights_of(staff, one.id).may_open(name) for name in wanted)
        ]

    def _switch(self, staff_id: str, pin: str) -> None:
        asked = self._sheet

        def switched(_member: StaffMember) -> None:
            wanted = self._wanted
            self._drop_sheet()
            self._tell()
            if wanted and rights.may_open(wanted):
                self.entered.emit(wanted)

        def refused(error: OrderbellError) -> None:
            if asked is not None and asked is self._sheet:
                asked.refuse(error)

        self._background.act(
            "switch", lambda: self._shop.desk.staff.switch(staff_id, pin), switched, refused
        )

    def _leave(self) -> None:
        self._drop_sheet()
        self._background.act("leave", self._shop.desk.staff.leave, lambda _done: self._tell())

    def _tell(self) -> None:
        money = self._rights.sees_money
        self._look()
        self.changed.emit(self._rules and money != self._rights.sees_money)

    def _look(self) -> None:
        """Who the desk says stands here; who left the shop, or may open nothing, is nobody."""
        desk, staff = self._shop.desk, self._setup.staff
        found = rights_of(staff, desk.staff_id)
        if found.role is None or not any(found.may_open(name) for name in self._screens):
            desk.staff_id, found = NOBODY, rights_of(staff, NOBODY)
        self._here, self._rights = desk.staff_id, found
        if self._rules:
            rights.take(found)

    def _drop_sheet(self) -> None:
        gone, self._sheet = self._sheet, None
        if gone is not None:
            gone.hide()
            gone.deleteLater()


def _why(screen: str) -> str:
    if screen == SETTINGS:
        return _("A manager’s PIN opens the settings.")
    return _("This screen is not open to everybody.") if screen else ""
