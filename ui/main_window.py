"""The window: rail, strip and what stands between. It reads the set-up for all screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.staff import SCREENS
from pos_app.errors import OrderbellError
from ui import window_place
from ui.background import Background
from ui.bridge import Bridge
from ui.down import Down
from ui.evenings import CATCH_UP, CLOSE_DAY, Evenings
from ui.idle_moments import IdleMoments
from ui.notices import Notices
from ui.outside import Outside
from ui.rail import Rail
from ui.retired import Retired
from ui.rights import may_open
from ui.room import NEEDED_PX, SMALLEST_PX
from ui.saving import Saving
from ui.screens import Screens
from ui.sounds.counter_bell import CounterBell
from ui.sounds.player import Player
from ui.strip import Strip
from ui.who.standing import Standing
from ui.widgets.pan import Pan
from ui.widgets.parts import column, row
from ui.words import set_language

if TYPE_CHECKING:
    from ui.automations.screen import AutomationsScreen
    from ui.board.screen import BoardScreen
    from ui.counter.screen import CounterScreen
    from ui.dispatch.screen import DispatchScreen
    from ui.orders.screen import OrdersScreen
    from ui.reports.screen import ReportsScreen
    from ui.settings.screen import SettingsScreen
    from ui.unfinished import Unfinished


class MainWindow(QWidget):
    """One shop's window. `screen` is the one that stands in front at first.

    `screen_wanted` asks for another window: the name of a screen, and of the monitor for it.
    `restore_wanted` asks to put the backup in this file in the store's place.
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
        screen: str = "counter",
        player: Player | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._shop, self._setup = shop, setup
        self._background, self._notices, self._outside = background, notices, outside
        self.bridge = Bridge(shop, background, self)
        self._current = screen
        self._reading_setup = False
        self._setup_is_old = False
        self._content: QWidget | None = None
        self._retired = Retired(background, self)
        self.setMinimumSize(*SMALLEST_PX)
        self._layout = column(self, gap=0)
        self._saving = Saving(shop, background, notices, self)
        self._down = Down(background, outside, lambda: self._setup.settings.shop.language, self)
        self._idle = IdleMoments(background, self)
        self._player = player or Player(self)
        self._bell = CounterBell(self._player, shop.clock, self)
        self._standing = Standing(self, shop, setup, background, SCREENS)
        self._standing.changed.connect(self._show_standing)
        self._standing.entered.connect(self.show_screen)
        self._build(None)
        self._listen()
        window_place.put(self, self._shop.data)

    def _build(self, unfinished: Unfinished | None) -> None:
        """Begin in the shop's language; what people have begun lives on in `unfinished`."""
        set_language(self._setup.settings.shop.language)
        practice = self._setup.identity.practice
        name = self._setup.settings.shop.name
        self.setWindowTitle(f"{name} — Orderbell")
        self.rail = Rail()
        self.rail.wanted.connect(self.show_screen)
        self.rail.who_wanted.connect(self._ask_who)
        self.strip = Strip(name, practice=practice, confirm_clock=self._confirm_clock)
        self.strip.show_trouble(self._saving.words)
        self.screens = self._make_screens(unfinished)
        self.evenings = Evenings(
            self._shop,
            self._background,
            self._notices,
            self.screens,
            self.show_screen,
            self._leave_evening,
        )
        self._swap_content()
        self._name_standing()
        self.show_screen(self._current)
        self._show_evening()
        self._idle.begin([self._down.ask, self.evenings.remind, *self.screens.to_come])

    def _build_anew(self) -> None:
        self._build(self.screens.unfinished)
        self._down.ask()

    def _make_screens(self, unfinished: Unfinished | None) -> Screens:
        screens = Screens(
            self._shop,
            self._setup,
            self._background,
            self.bridge,
            self._notices,
            self._outside,
            self._player,
            unfinished,
        )
        screens.shelf_read.connect(self._bell.shelf_changed)
        screens.order_wanted.connect(self.show_order)
        screens.settings_wanted.connect(self._show_settings)
        screens.close_day_wanted.connect(lambda: self.show_screen(CLOSE_DAY))
        screens.screen_wanted.connect(self.screen_wanted)
        screens.restore_wanted.connect(self.restore_wanted)
        return screens

    def _swap_content(self) -> None:
        content = QWidget()
        line = row(content, gap=0)
        line.addWidget(Pan(self.rail, "rail_place"))
        rest = column(gap=0)
        rest.addWidget(self.strip)
        self._place = Pan(self.screens, "screens_place", NEEDED_PX[self._current])
        rest.addWidget(self._place, 1)
        line.addLayout(rest, 1)
        if self._content is not None:
            self._layout.removeWidget(self._content)
            self._retired.take(self._content)
        self._content = content
        self._layout.addWidget(content)

    def _listen(self) -> None:
        # The strip is made anew with each language; what it has to say stays.
        self._notices.said.connect(lambda notice: self.strip.say(notice))  # noqa: PLW0108
        self.bridge.setup_changed.connect(self._read_setup)
        self.bridge.cards_changed.connect(self._show_cards)
        self.bridge.lanes_changed.connect(self._down.ask)
        self._saving.changed.connect(lambda words: self.strip.show_trouble(words))  # noqa: PLW0108
        self._down.changed.connect(self._show_sentence)
        for place, name in enumerate(SCREENS, start=1):
            for keys in (f"F{place}", f"Ctrl+{place}"):
                shortcut = QShortcut(QKeySequence(keys), self)
                shortcut.activated.connect(lambda name=name: self.show_screen(name))
        QShortcut(QKeySequence("F12"), self).activated.connect(self._ask_who)

    # Screens

    @property
    def current(self) -> str:
        return self._current

    def show_screen(self, name: str) -> None:
        """Go there; where it is not open to whoever stands here, ask who may open it."""
        if not may_open(name):
            name = self._ask_for(name)
        self._current = name
        self._bell.quiet = name == "board"
        self.rail.choose(name)
        screen = self._screen(name)
        self.screens.setCurrentWidget(screen)
        self._place.require(NEEDED_PX[name])
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        if name == "orders":
            self.orders.search_again()

    def _ask_for(self, name: str) -> str:
        """Ask who may open the screen `name`; the one that is shown meanwhile."""
        stays = self._current if may_open(self._current) else self._first_open()
        self._standing.ask(name, stays)
        return stays

    def _first_open(self) -> str:
        return next(filter(may_open, SCREENS), "board")

    def _ask_who(self) -> None:
        if self._standing.anybody_works_here:
            self._standing.ask(shown=self._current)

    def _show_standing(self, money_changed: bool) -> None:
        shut = not may_open(self._current)
        if shut:
            self._current = self._first_open()
        if money_changed:
            # Every price comes or goes: the screens are made anew, as with another language.
            self._build_anew()
            return
        self._name_standing()
        if shut:
            self.show_screen(self._current)

    def _name_standing(self) -> None:
        standing = self._standing
        self.rail.show_who(standing.name, asked=standing.anybody_works_here)
        self.rail.offer(standing.may_see)

    def _screen(self, name: str) -> QWidget:
        if name in (CATCH_UP, CLOSE_DAY):
            return self.evenings.screen(name, self._setup)
        return self.screens.screen_of(name)

    @property
    def counter(self) -> CounterScreen:
        return self.screens.counter

    @property
    def board(self) -> BoardScreen:
        return self.screens.board

    @property
    def orders(self) -> OrdersScreen:
        return self.screens.orders

    @property
    def dispatch(self) -> DispatchScreen:
        return self.screens.dispatch

    @property
    def settings(self) -> SettingsScreen:
        return self.screens.settings

    @property
    def reports(self) -> ReportsScreen:
        return self.screens.reports

    @property
    def automations(self) -> AutomationsScreen:
        return self.screens.automations

    def _show_evening(self) -> None:
        """After a power cut the catch-up comes first, on whatever screen somebody stands."""
        self.rail.offer_catch_up(self._setup.settings.catch_up.is_open)
        self.evenings.show_setup(self._setup)

    def _leave_evening(self) -> None:
        if self._current == CATCH_UP:
            self.show_screen("board" if may_open("board") else "counter")
        elif self._current == CLOSE_DAY:
            self.show_screen("orders")

    def show_order(self, order_id: int) -> None:
        self.show_screen("orders")
        self.orders.open_order(order_id)

    def _show_settings(self, section: str) -> None:
        self.show_screen("settings")
        if self._current == "settings":
            self.settings.show_section(section)

    # News

    def _show_cards(self, cards: dict[int, Card]) -> None:
        self._bell.shelf_changed(cards)
        self.screens.show_cards(cards)
        self.evenings.show_cards(cards)

    def _read_setup(self) -> None:
        if self._reading_setup:
            self._setup_is_old = True
            return
        self._reading_setup = True
        self._background.read(
            "read the set-up", self._shop.desk.setup, self._show_setup, self._setup_unread
        )

    def _setup_unread(self, error: OrderbellError) -> None:
        """It is read with the next sentence."""
        self._reading_setup = False
        self._setup_is_old = True
        self._background.failed.emit(error)

    def _show_setup(self, setup: Setup) -> None:
        self._reading_setup = False
        spoken = self._setup.settings.shop.language
        self._setup = setup
        self._standing.show_setup(setup)
        if setup.settings.shop.language != spoken:
            self._build_anew()
        else:
            self.setWindowTitle(f"{setup.settings.shop.name} — Orderbell")
            self.strip.show_shop(setup.settings.shop.name)
            self.screens.show_setup(setup)
            self._show_evening()
        if self._setup_is_old:
            self._setup_is_old = False
            self._read_setup()

    def _show_sentence(self, sentence: str) -> None:
        self.strip.show_sentence(sentence)
        self.strip.offer_clock(self._shop.clock.leap_ms() != 0)
        if self._setup_is_old and not self._reading_setup:
            self._setup_is_old = False
            self._read_setup()

    def _confirm_clock(self) -> None:
        confirm = self._shop.desk.evening.confirm_clock
        self._background.act("the clock is right", confirm, lambda _: self._down.ask())

    # The window itself

    def closeEvent(self, event: QCloseEvent) -> None:
        self._down.stop()
        self._saving.close()
        self._retired.stop()
        self._idle.stop()
        window_place.keep(self, self._shop.data)
        self._standing.close()
        self.bridge.close()
        super().closeEvent(event)
