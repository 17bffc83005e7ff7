"""The main window's screens, each made when it is first asked for.

A window stands after making the one screen that is looked at. Those of every day follow one by
one in idle moments, so that the first tap on the rail finds them ready; settings and reports wait
for whoever asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.bridge import Bridge
from ui.notices import Notices
from ui.outside import Outside
from ui.sounds.player import Player
from ui.unfinished import Unfinished

if TYPE_CHECKING:
    from ui.automations.screen import AutomationsScreen
    from ui.board.screen import BoardScreen
    from ui.counter.screen import CounterScreen
    from ui.dispatch.screen import DispatchScreen
    from ui.messages.screen import MessagesScreen
    from ui.orders.screen import OrdersScreen
    from ui.reports.screen import ReportsScreen
    from ui.settings.screen import SettingsScreen

OF_EVERY_DAY = ("board", "counter", "orders", "dispatch")


class Screens(QStackedWidget):
    """`screen_of` and the property of its name make one.

    `unfinished` is what people began on the screens before these. `shelf_read` is the board's; the
    other signals ask the window for another screen, or its program for more.
    """

    shelf_read = Signal(object)
    order_wanted = Signal(int)
    settings_wanted = Signal(str)
    close_day_wanted = Signal()
    screen_wanted = Signal(str, str)
    restore_wanted = Signal(object)

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        bridge: Bridge,
        notices: Notices,
        outside: Outside,
        player: Player,
        unfinished: Unfinished | None = None,
    ) -> None:
        super().__init__()
        self._shop, self._setup = shop, setup
        self._background, self._bridge, self._notices = background, bridge, notices
        self._outside, self._player = outside, player
        self._unfinished = unfinished or Unfinished()
        self._board: BoardScreen | None = None
        self._counter: CounterScreen | None = None
        self._orders: OrdersScreen | None = None
        self._dispatch: DispatchScreen | None = None
        self._settings: SettingsScreen | None = None
        self._reports: ReportsScreen | None = None
        self._automations: AutomationsScreen | None = None
        self._messages: MessagesScreen | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {
            "counter": lambda: self.counter,
            "board": lambda: self.board,
            "orders": lambda: self.orders,
            "settings": lambda: self.settings,
            "dispatch": lambda: self.dispatch,
            "reports": lambda: self.reports,
            "automations": lambda: self.automations,
            "messages": lambda: self.messages,
        }

    def screen_of(self, name: str) -> QWidget:
        """The screen of this name, one of `SCREENS`."""
        return self._makers[name]()

    @property
    def to_come(self) -> list[Callable[[], QWidget]]:
        """What makes those of every day, one by one."""
        return [self._makers[name] for name in OF_EVERY_DAY]

    # One by one

    @property
    def board(self) -> BoardScreen:
        if self._board is None:
            from ui.board.screen import BoardScreen

            self._board = BoardScreen(
                self._shop, self._background, self._bridge, self._notices, player=self._player
            )
            self._board.shelf_read.connect(self.shelf_read)
            self.addWidget(self._board)
        return self._board

    @property
    def counter(self) -> CounterScreen:
        if self._counter is None:
            from ui.counter.basket import Basket
            from ui.counter.screen import CounterScreen

            self._counter = CounterScreen(
                self._shop,
                self._setup,
                self._background,
                self._notices,
                self._unfinished.basket or Basket(),
            )
            self._counter.order_wanted.connect(self.order_wanted)
            self._counter.settings_wanted.connect(self.settings_wanted)
            self.addWidget(self._counter)
        return self._counter

    @property
    def orders(self) -> OrdersScreen:
        if self._orders is None:
            from ui.orders.screen import OrdersScreen

            self._orders = OrdersScreen(
                self._shop, self._setup, self._background, self._notices, self._unfinished
            )
            self._orders.close_day_wanted.connect(self.close_day_wanted)
            self.addWidget(self._orders)
        return self._orders

    @property
    def dispatch(self) -> DispatchScreen:
        if self._dispatch is None:
            from ui.dispatch.screen import DispatchScreen

            self._dispatch = DispatchScreen(
                self._shop, self._setup, self._background, self._notices
            )
            self.addWidget(self._dispatch)
        return self._dispatch

    @property
    def settings(self) -> SettingsScreen:
        if self._settings is None:
            from ui.settings.screen import SettingsScreen

            self._settings = SettingsScreen(
                self._shop,
                self._setup,
                self._background,
                self._notices,
                self._outside,
                self._player,
            )
            self._settings.screen_wanted.connect(self.screen_wanted)
            self._settings.restore_wanted.connect(self.restore_wanted)
            self.addWidget(self._settings)
        return self._settings

    @property
    def reports(self) -> ReportsScreen:
        if self._reports is None:
            from ui.reports.screen import ReportsScreen

            self._reports = ReportsScreen(self._shop, self._setup, self._background)
            self._reports.order_wanted.connect(self.order_wanted)
            self.addWidget(self._reports)
        return self._reports

    @property
    def automations(self) -> AutomationsScreen:
        if self._automations is None:
            from ui.automations.screen import AutomationsScreen

            self._automations = AutomationsScreen(
                self._shop, self._setup, self._background, self._notices, self._unfinished
            )
            self.addWidget(self._automations)
        return self._automations

    @property
    def messages(self) -> MessagesScreen:
        if self._messages is None:
            from ui.messages.screen import MessagesScreen

            self._messages = MessagesScreen(
                self._shop, self._setup, self._background, self._notices
            )
            self._messages.order_wanted.connect(self.order_wanted)
            self.addWidget(self._messages)
        return self._messages

    # All that are made

    @property
    def unfinished(self) -> Unfinished:
        """What was begun here, for the screens that come after these."""
        if self._counter is not None:
            self._unfinished.basket = self._counter.basket
        return self._unfinished

    @property
    def made(self) -> frozenset[str]:
        """The names of those that stand."""
        standing = {
            "counter": self._counter,
            "board": self._board,
            "orders": self._orders,
            "settings": self._settings,
            "dispatch": self._dispatch,
            "reports": self._reports,
            "automations": self._automations,
            "messages": self._messages,
        }
        return frozenset(name for name, screen in standing.items() if screen is not None)

    def show_cards(self, cards: dict[int, Card]) -> None:
        """Orders changed; the board hears of it by the bridge, who comes later reads for itself."""
        for screen in (self._counter, self._orders, self._dispatch, self._messages):
            if screen is not None:
                screen.show_cards(cards)
        if self._reports is not None:
            self._reports.orders_changed()

    def show_setup(self, setup: Setup) -> None:
        """The set-up changed, in the language that the screens already speak."""
        self._setup = setup
        for screen in (
            self._counter,
            self._orders,
            self._dispatch,
            self._settings,
            self._reports,
            self._automations,
            self._messages,
        ):
            if screen is not None:
                screen.show_setup(setup)
