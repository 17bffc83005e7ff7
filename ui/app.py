"""The application: one process, one shop, its windows, its lanes; and the way out of all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import bootstrap, launch, paths
from pos_app.bootstrap import Shop
from pos_app.crashes import watching
from pos_app.crashes.shapes import shape_of
from pos_app.domain.staff import SCREENS
from pos_app.errors import BadInput, OrderbellError
from ui.background import Background
from ui.display import refuse_without_display
from ui.dressing import dress
from ui.failures import Failures
from ui.notices import Notices, Offer, Tone
from ui.release_news import ReleaseNews
from ui.report_file import ReportFile
from ui.retired import Retired
from ui.sounds.player import system_player
from ui.stop_signals import StopSignals
from ui.store_changes import StoreChanges
from ui.words import _, set_language
from ui.world import World

if TYPE_CHECKING:
    from ui.beside import Beside
    from ui.first_shop import FirstShop
    from ui.profiles import ProfileWindow
    from ui.wanted import Wanted

SCREEN_FIRST_MS = 250
SETTLE_MS = 3_000


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
    windows with other profiles of the board that were opened from it. What a window is made of
    is imported when that window is made: nobody waits for what he does not see.
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
        self._has_spoken = False
        self._first: FirstShop | None = None
        self._beside: Beside | None = None
        self.window: QWidget | None = None
        self._shop: Shop | None = None
        self._world: World | None = None
        self.failures = Failures(self)
        self.notices = Notices(self)
        self.player = system_player(self)
        self.background = Background(self)
        self.background.failed.connect(self.notices.tell_error)
        self.background.crashed.connect(self.failures.note)
        self.failures.tell_to(self._admit)
        self._retired = Retired(self.background, self)
        self._close_given_up: Callable[[], None] | None = None
        self._report = ReportFile(self.data, lambda: self._shop, self.background, self.notices)
        self._screen_first = QTimer(self, singleShot=True, interval=SCREEN_FIRST_MS)
        self._screen_first.timeout.connect(self._begin_sending)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._settle)
        self._store_changes = StoreChanges(
            self.background,
            self._retired,
            self._show,
            self._open_now,
            self._let_go,
            self._speak,
            self,
        )

    def begin(self) -> None:
        """Show the shop, or ask the five questions when there is none."""
        self.failures.watch()
        watching.begin(self.data)
        dress()
        if bootstrap.exists(self.data):
            self._store_changes.open(self.data)
        else:
            self._ask()
        self._settled.start()

    def end(self) -> None:
        """Give everything back: threads, child process, store, log."""
        if self._beside is not None:
            self._beside.close()
        self._retired.stop()
        windows = [w for w in (self.window, *self._retired.rest) if w is not None]
        for window in windows:
            window.close()
        self.player.stop()
        self._screen_first.stop()
        self._settled.stop()
        if self._world is not None:
            self._world.stop()
        self.background.stop()
        if self._close_given_up is not None:
            self._close_given_up()
        if self._shop is not None:
            self._shop.close()
        for window in windows:
            window.deleteLater()
        self.window, self._shop, self._world = None, None, None
        self.failures.stop()
        self.deleteLater()

    @property
    def beside(self) -> list[ProfileWindow]:
        return self._beside.windows if self._beside is not None else []

    def _speak(self) -> None:
        """This computer's language, until a shop or a person has said another."""
        if not self._has_spoken:
            from ui.settings import places

            self._has_spoken = True
            set_language(places.guess().language)

    def _ask(self) -> None:
        from ui.first_shop import FirstShop

        self._speak()
        self._first = FirstShop(
            self.data, self._practice_data, self.background, self.notices, self._show, self
        )
        self._first.made.connect(self._open_first)
        self._first.ask()

    def _open_first(self, data: Path) -> None:
        self._store_changes.open(data)
        first, shop, world = self._first, self._shop, self._world
        if first is not None and shop is not None and world is not None:
            first.finish(shop, world)

    def _let_go(self) -> Callable[[], None]:
        """Give up the open shop: what ends its lanes and closes it, on whatever thread."""
        if self._beside is not None:
            self._beside.close()
        self._screen_first.stop()
        shop, world = self._shop, self._world
        self._shop, self._world = None, None

        def close() -> None:
            self._close_given_up = None
            if world is not None:
                world.stop()
            if shop is not None:
                shop.close()

        self._close_given_up = close
        return close

    def _open_now(self, data: Path) -> None:
        try:
            shop = bootstrap.open_shop(data)
        except OrderbellError as error:
            self._store_changes.tell(error, data)
            return
        self._shop = shop
        self.failures.write_into(data)
        watching.know_settings(lambda: shape_of(shop.desk.held_settings))
        world = self._world = World(shop)
        try:
            window = self._make_window(shop, world)
        except BadInput as error:
            if self.window is None:
                raise
            self._let_go()()
            self._store_changes.tell(error, data)
            return
        self._has_spoken = True
        shop.watch.start()
        self._show(window, fills=self._fullscreen)
        if (missing := bootstrap.missing_changes(shop)) is not None:
            self.notices.tell_error(missing)
        # The screen first: what leaves the shop can wait until it can be tapped.
        self._screen_first.start()

    def _begin_sending(self) -> None:
        if self._world is not None:
            self.background.act("serve the page and send", self._world.start)
            self.background.act("what crashes have left", watching.gathered, self._tell_left)

    def _settle(self) -> None:
        launch.settle()
        self.background.read("compiled modules", launch.read_in_compiled, lambda _: None)

    def _make_window(self, shop: Shop, world: World) -> QWidget:
        setup = shop.desk.setup()
        if self._wanted is not None:
            from ui.profiles import ProfileWindow
            from ui.wanted import opening

            name, screen = opening(self._wanted, setup, shop.terminal_id)
            return ProfileWindow(
                shop,
                setup,
                self.background,
                self.notices,
                world,
                name,
                screen,
                player=self.player,
            )
        from ui.main_window import MainWindow

        window = MainWindow(
            shop, setup, self.background, self.notices, world, self._screen, self.player
        )
        ReleaseNews(shop, self.background, self.notices, window.bridge, window)
        window.screen_wanted.connect(self.open_screen)
        window.restore_wanted.connect(lambda copy: self._store_changes.restore(shop.data, copy))
        return window

    def open_screen(self, name: str, monitor: str) -> None:
        """Open the screen called `name` in a window beside this one, or bring it to the front."""
        shop, world = self._shop, self._world
        if shop is None or world is None:
            return
        if self._beside is None:
            from ui.beside import Beside

            self._beside = Beside(
                self.background,
                self.notices,
                self.player,
                lambda: self.window.screen() if self.window is not None else None,
                self._retired,
                self,
            )
        self._beside.open(shop, world, name, monitor)

    def _show(self, window: QWidget, *, fills: bool = False) -> None:
        before, self.window = self.window, window
        if fills:
            # Without a window manager nobody else would make it fill the screen.
            window.setGeometry(window.screen().geometry())
            window.showFullScreen()
        else:
            window.show()
        if before is not None:
            before.close()
            self._retired.take(before)

    def _admit(self, _error: BaseException) -> None:
        self.notices.say(
            _("Something went wrong in Orderbell."),
            _("What you did may not be saved: look, then do it again. It stands in the log."),
            Tone.BAD,
            self._offer_report(),
        )

    def _tell_left(self, count: int) -> None:
        if count:
            self.notices.say(
                _("Orderbell ended without a word the last time."),
                _("A report says where; it holds no names and no numbers."),
                Tone.BAD,
                self._offer_report(),
            )

    def _offer_report(self) -> Offer:
        return Offer(_("Save report…"), lambda: self._report.ask(self.window))
