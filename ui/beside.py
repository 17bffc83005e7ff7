"""Further windows of one program: each shows a profile of the board, on whatever monitor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QScreen

from pos_app.bootstrap import Shop
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput
from ui.background import Background
from ui.notices import Notices
from ui.profiles import ProfileWindow
from ui.retired import Retired
from ui.sounds.player import Player
from ui.wanted import Wanted, opening
from ui.world import World


class Beside(QObject):
    """`windows` stand, or were closed since the last one was opened.

    `own` is the monitor of the first window; `retired` takes those that nobody sees any more.
    """

    def __init__(
        self,
        background: Background,
        notices: Notices,
        player: Player,
        own: Callable[[], QScreen | None],
        retired: Retired,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._notices, self._player = background, notices, player
        self._own, self._retired = own, retired
        self.windows: list[ProfileWindow] = []
        self._closings = 0

    def open(self, shop: Shop, world: World, name: str, monitor: str) -> None:
        """Open the screen called `name`, or bring it to the front.

        On a monitor of its own it takes all of it.
        """
        standing = next((w for w in self.windows if w.name == name and w.isVisible()), None)
        if standing is not None:
            standing.raise_()
            standing.activateWindow()
            return
        closings = self._closings

        def read(setup: Setup) -> None:
            # The shop may have been given up meanwhile.
            if closings == self._closings:
                self._open_now(shop, world, setup, name, monitor)

        self._background.read("read the set-up", shop.desk.setup, read)

    def _open_now(self, shop: Shop, world: World, setup: Setup, name: str, monitor: str) -> None:
        try:
            found, screen = opening(Wanted(name=name), setup, shop.terminal_id)
        except BadInput as error:
            self._notices.tell_error(error)
            return
        window = ProfileWindow(
            # Its own name: the cook at the second screen is not the cashier at the first.
            replace(shop, desk=shop.desk.apart()),
            setup,
            self._background,
            self._notices,
            world,
            found,
            screen,
            beside=True,
            player=self._player,
        )
        self._let_closed_go()
        self.windows.append(window)
        target = next((s for s in QGuiApplication.screens() if s.name() == monitor), None)
        if target is not None and target is not self._own():
            window.setGeometry(target.geometry())
            window.showFullScreen()
        else:
            window.show()

    def _let_closed_go(self) -> None:
        for closed in [w for w in self.windows if not w.isVisible()]:
            self.windows.remove(closed)
            self._retired.take(closed)

    def close(self) -> None:
        """The shop is given up: nothing of it stays on any monitor."""
        self._closings += 1
        for window in self.windows:
            window.close()
            self._retired.take(window)
        self.windows.clear()
