"""The application: one process, one shop, its windows, its lanes; and the way out of all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import bootstrap, paths
from pos_app.bootstrap import Shop
from pos_app.config import ShopSettings
from pos_app.desk.setup import Setup
from pos_app.domain.screens import Screen
from pos_app.errors import BadInput, OrderbellError
from ui.background import Background
from ui.display import refuse_without_display
from ui.dressing import dress
from ui.failures import Failures
from ui.main_window import SCREENS, MainWindow
from ui.notices import Notices, Tone
from ui.profiles import ProfileWindow, Wanted, opening
from ui.settings.first_start import Answers, FirstStart
from ui.settings.places import guess
from ui.sounds.player import system_player
from ui.stop_signals import StopSignals
from ui.store_changes import StoreChanges
from ui.trouble import TroubleWindow
from ui.words import _, set_language
from ui.world import World, private_addresses

SCREEN_FIRST_MS = 250


def run(
    data: Path | None = None,
    argv: Sequence[str] = (),
    *,
    screen: str | None = None,
    fullscreen: bool = False,
    wanted: Wanted | None = None,
) -> int:
    """Open the shop in `data` (the user's own when None) and stay until the last window closes.

    `wanted` asks for a window with one profile of the board. Raises Refused where there is no
    display, BadInput for a profile or station that is not there.
    """
    refuse_without_display()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["orderbell", *argv])
    program = Program(data, screen=screen or SCREENS[0], fullscreen=fullscreen, wanted=wanted)
    # By a timer, because a signal may come before the loop that it is to end.
    signals = StopSignals(lambda: QTimer.singleShot(0, app, app.quit))
    try:
        program.begin()
        return app.exec()
    finally:
        signals.end()
        program.end()


class Program(QObject):
    """From nothing to an open shop and back. `begin` once, `end` once.

    `window` is what stands on the screen: first start, trouble, or the shop; `beside` are
    windows with other profiles of the board that were opened from it.
    """

    def __init__(
        self,
        data: Path | None = None,
        *,
        screen: str = "counter",
        fullscreen: bool = False,
        wanted: Wanted | None = None,
    ) -> None:
        super().__init__()
        self.data = data or paths.default_data_folder()
        self._practice_data = (
            data / "practice" if data else paths.default_data_folder(practice=True)
        )
        self._screen, self._fullscreen, self._wanted = screen, fullscreen, wanted
        self.beside: list[ProfileWindow] = []
        self.window: QWidget | None = None
        self._retired: list[QWidget] = []
        self._shop: Shop | None = None
        self._world: World | None = None
        self.failures = Failures(self)
        self.notices = Notices(self)
        self.player = system_player(self)
        self.background = Background(self)
        self.background.failed.connect(self.notices.tell_error)
        self.background.crashed.connect(self.failures.note)
        self.failures.tell_to(self._admit)
        self._screen_first = QTimer(self, singleShot=True, interval=SCREEN_FIRST_MS)
        self._screen_first.timeout.connect(self._begin_sending)
        self._store_changes = StoreChanges(
            self.background, self._show, self._open_now, self._let_go, self
        )

    def begin(self) -> None:
        """Show the shop, or ask the five questions when there is none."""
        self.failures.watch()
        dress()
        # Until a shop or a person says otherwise; a store that cannot be read does not.
        set_language(guess().language)
        if bootstrap.exists(self.data):
            self._store_changes.open(self.data)
        else:
            self._ask()

    def end(self) -> None:
        """Give everything back: threads, child process, store, log."""
        windows = [w for w in (self.window, *self.beside, *self._retired) if w is not None]
        for window in windows:
            window.close()
        self.player.stop()
        self._screen_first.stop()
        if self._world is not None:
            self._world.stop()
        self.background.stop()
        if self._shop is not None:
            self._shop.close()
        for window in windows:
            window.deleteLater()
        self.beside.clear()
        self._retired.clear()
        self.window, self._shop, self._world = None, None, None
        self.failures.stop()
        self.deleteLater()

    def _ask(self) -> None:
        first = FirstStart(guess(), private_addresses())
        first.answered.connect(self._make)
        first.practice_wanted.connect(self._practise)
        self._show(first)

    def _make(self, answers: Answers) -> None:
        self.background.act(
            "make a shop",
            lambda: bootstrap.init_shop(self.data, answers.shop),
            lambda _done: self._opened_first(answers),
            self._refuse_first,
        )

    def _opened_first(self, answers: Answers) -> None:
        self._store_changes.open(self.data)
        shop, world = self._shop, self._world
        if shop is None or world is None:
            return
        if answers.printer:
            self.background.act(
                "add a printer",
                lambda: shop.desk.add_printer(
                    name=_("Printer"), kind="network", address=answers.printer
                ),
            )
        if answers.page == "wifi":
            self.background.act("serve the page", lambda: world.serve(answers.page_with))
        elif answers.page == "hosted":
            self.background.act(
                "pair",
                lambda: world.pair(answers.page_with),
                lambda word: self.notices.say(
                    _("Paired. Check word: {word}. The site shows the same.").format(word=word),
                    tone=Tone.GOOD,
                ),
            )

    def _practise(self, language: str) -> None:
        folder = self._practice_data
        name = _("Practice shop")
        suggested = guess()

        def make() -> None:
            if not bootstrap.exists(folder):
                shop = ShopSettings(
                    name=name,
                    country=suggested.country,
                    zone=suggested.zone,
                    currency=suggested.currency,
                    language=language,
                    page="loopback",
                )
                bootstrap.init_shop(folder, shop, practice=True)

        self.background.act(
            "make a practice shop",
            make,
            lambda _done: self._store_changes.open(folder),
            self._refuse_first,
        )

    def _refuse_first(self, error: OrderbellError) -> None:
        if isinstance(self.window, FirstStart):
            self.window.refuse(error)

    def _let_go(self) -> Callable[[], None]:
        """Give up the open shop: what ends its lanes and closes it, on whatever thread."""
        for window in self.beside:
            window.close()
        self._screen_first.stop()
        shop, world = self._shop, self._world
        self._shop, self._world = None, None

        def close() -> None:
            if world is not None:
                world.stop()
            if shop is not None:
                shop.close()

        return close

    def _open_now(self, data: Path) -> None:
        try:
            shop = bootstrap.open_shop(data)
        except OrderbellError as error:
            self._store_changes.tell(error, data)
            return
        self._shop = shop
        self.failures.write_into(data)
        world = self._world = World(shop)
        try:
            window = self._make_window(shop, world)
        except BadInput as error:
            if self.window is None:
                raise
            self._show(TroubleWindow(error, str(data)))
            return
        shop.watch.start()
        self._show(window)
        if (missing := bootstrap.missing_changes(shop)) is not None:
            self.notices.tell_error(missing)
        # The screen first: what leaves the shop can wait until it can be tapped.
        self._screen_first.start()

    def _begin_sending(self) -> None:
        if self._world is not None:
            self.background.act("serve the page and send", self._world.start)

    def _make_window(self, shop: Shop, world: World) -> QWidget:
        setup = shop.desk.setup()
        if self._wanted is not None:
            name, screen = opening(self._wanted, setup, shop.terminal_id)
            return self._profile_window(shop, world, setup, name, screen)
        window = MainWindow(
            shop, setup, self.background, self.notices, world, self._screen, self.player
        )
        window.screen_wanted.connect(self.open_screen)
        window.restore_wanted.connect(lambda copy: self._store_changes.restore(shop.data, copy))
        return window

    def _profile_window(
        self,
        shop: Shop,
        world: World,
        setup: Setup,
        name: str,
        screen: Screen,
        *,
        beside: bool = False,
    ) -> ProfileWindow:
        return ProfileWindow(
            shop,
            setup,
            self.background,
            self.notices,
            world,
            name,
            screen,
            beside=beside,
            player=self.player,
        )

    def open_screen(self, name: str, monitor: str) -> None:
        """Open the screen called `name` in a window beside this one, or bring it to the front.

        On a monitor of its own it takes all of it.
        """
        shop, world = self._shop, self._world
        if shop is None or world is None:
            return
        standing = next((w for w in self.beside if w.name == name and w.isVisible()), None)
        if standing is not None:
            standing.raise_()
            standing.activateWindow()
            return
        self.background.read(
            "read the set-up",
            shop.desk.setup,
            lambda setup: self._open_beside(shop, world, setup, name, monitor),
        )

    def _open_beside(self, shop: Shop, world: World, setup: Setup, name: str, monitor: str) -> None:
        try:
            found, screen = opening(Wanted(name=name), setup, shop.terminal_id)
        except BadInput as error:
            self.notices.tell_error(error)
            return
        # Its own name: the cook at the second screen is not the cashier at the first.
        own_desk = replace(shop, desk=shop.desk.apart())
        window = self._profile_window(own_desk, world, setup, found, screen, beside=True)
        self._let_closed_go()
        self.beside.append(window)
        target = next((s for s in QGuiApplication.screens() if s.name() == monitor), None)
        own = self.window.screen() if self.window is not None else None
        if target is not None and target is not own:
            window.setGeometry(target.geometry())
            window.showFullScreen()
        else:
            window.show()

    def _let_closed_go(self) -> None:
        """Windows that were closed, once nothing that they asked for can come back to them."""
        if self.background.busy:
            return
        for closed in [w for w in self.beside if not w.isVisible()]:
            self.beside.remove(closed)
            closed.deleteLater()

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        if self._fullscreen and isinstance(window, MainWindow | ProfileWindow):
            # Without a window manager nobody else would make it fill the screen.
            window.setGeometry(window.screen().geometry())
            window.showFullScreen()
        else:
            window.show()
        if before is not None:
            before.close()
            self._retired.append(before)
        self._let_retired_go()

    def _let_retired_go(self) -> None:
        """Windows that stood here before, once nothing that they asked for can come back."""
        if not self.background.busy:
            for before in self._retired:
                before.deleteLater()
            self._retired.clear()

    def _admit(self, _error: BaseException) -> None:
        self.notices.say(
            _("Something went wrong in Orderbell."),
            _("What you did may not be saved: look, then do it again. It stands in the log."),
            Tone.BAD,
        )
