"""The application: one process, one shop, its window, its lanes; and the way out of all of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import bootstrap, paths, receipts
from pos_app.bootstrap import Shop
from pos_app.config import ShopSettings
from pos_app.errors import OrderbellError, Refused
from ui import theme
from ui.background import Background
from ui.failures import Failures
from ui.main_window import SCREENS, MainWindow
from ui.notices import Notices, Tone
from ui.settings.first_start import Answers, FirstStart
from ui.settings.places import guess
from ui.stop_signals import StopSignals
from ui.trouble import TroubleWindow
from ui.words import _, set_language
from ui.world import World, private_addresses

BODY_PX = 15
DRESSED = "orderbell_dressed"


def run(
    data: Path | None = None,
    argv: Sequence[str] = (),
    *,
    screen: str | None = None,
    fullscreen: bool = False,
) -> int:
    """Open the shop in `data` (the user's own when None) and stay until the window closes.

    Raises Refused where there is no display.
    """
    _refuse_without_display()
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["orderbell", *argv])
    program = Program(data, screen=screen or SCREENS[0], fullscreen=fullscreen)
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

    `window` is what stands on the screen: first start, trouble, or the shop.
    """

    def __init__(
        self, data: Path | None = None, *, screen: str = "counter", fullscreen: bool = False
    ) -> None:
        super().__init__()
        self._data = data or paths.default_data_folder()
        self._practice_data = (
            data / "practice" if data else paths.default_data_folder(practice=True)
        )
        self._screen, self._fullscreen = screen, fullscreen
        self.window: QWidget | None = None
        self._shop: Shop | None = None
        self._world: World | None = None
        self.failures = Failures(self)
        self.notices = Notices(self)
        self.background = Background(self)
        self.background.failed.connect(self.notices.tell_error)
        self.background.crashed.connect(self.failures.note)
        self.failures.tell_to(self._admit)

    def begin(self) -> None:
        """Show the shop, or ask the five questions when there is none."""
        self.failures.watch()
        dress()
        # Until a shop or a person says otherwise; a store that cannot be read does not.
        set_language(guess().language)
        if bootstrap.exists(self._data):
            self._open(self._data)
        else:
            self._ask()

    def end(self) -> None:
        """Give everything back: threads, child process, store, log."""
        if self.window is not None:
            self.window.close()
        if self._world is not None:
            self._world.stop()
        self.background.stop()
        if self._shop is not None:
            self._shop.close()
        if self.window is not None:
            self.window.deleteLater()
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
            lambda: bootstrap.init_shop(self._data, answers.shop),
            lambda _done: self._opened_first(answers),
            self._refuse_first,
        )

    def _opened_first(self, answers: Answers) -> None:
        self._open(self._data)
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
            "make a practice shop", make, lambda _done: self._open(folder), self._refuse_first
        )

    def _refuse_first(self, error: OrderbellError) -> None:
        if isinstance(self.window, FirstStart):
            self.window.refuse(error)

    def _open(self, data: Path) -> None:
        try:
            shop = bootstrap.open_shop(data)
        except OrderbellError as error:
            trouble = TroubleWindow(error, str(data))
            trouble.again.connect(lambda: self._open(data))
            self._show(trouble)
            return
        self._shop = shop
        self.failures.write_into(data)
        self._world = World(shop)
        setup = shop.desk.setup()
        window = MainWindow(shop, setup, self.background, self.notices, self._world, self._screen)
        shop.watch.start()
        self.background.act("serve the page and send", self._world.start)
        self._show(window)

    def _show(self, window: QWidget) -> None:
        before, self.window = self.window, window
        if self._fullscreen and isinstance(window, MainWindow):
            # Without a window manager nobody else would make it fill the screen.
            window.setGeometry(window.screen().geometry())
            window.showFullScreen()
        else:
            window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _admit(self, _error: BaseException) -> None:
        self.notices.say(
            _("Something went wrong in Orderbell."),
            _("What you did may not be saved: look, then do it again. It stands in the log."),
            Tone.BAD,
        )


def dress() -> None:
    """The shipped font and Qt's own palette for every window. Costly, so done once."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("windows need a QApplication")
    if app.property(DRESSED):
        return
    app.setProperty(DRESSED, True)
    font = QFont(receipts.load_fonts())
    font.setPixelSize(BODY_PX)
    app.setApplicationName("orderbell")
    app.setApplicationDisplayName("")
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(theme.palette(theme.tokens("light")))


def _refuse_without_display() -> None:
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        raise Refused(
            "There is no display here",
            "Neither DISPLAY nor WAYLAND_DISPLAY is set.",
            "Without a window: `orderbell replay FILE`, or QT_QPA_PLATFORM=offscreen.",
        )
