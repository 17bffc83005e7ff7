"""Driving a real window the way a person does: find by name, click in the middle, type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from pos_app import bootstrap
from pos_app.bootstrap import Shop
from pos_app.clock import Clock
from pos_app.config import ShopSettings
from tests.support.casts import cast_shop
from ui.background import Background
from ui.dressing import dress
from ui.main_window import MainWindow
from ui.notices import Notice, Notices
from ui.world import World

SHOP = ShopSettings(name="Pizzeria Roma", country="UA")
WAIT_MS = 20_000
LOOK_MS = 5


class Till:
    """A shop with its window, without lanes; `taps` counts every click that is made."""

    def __init__(
        self,
        data: Path,
        shop: ShopSettings | None = None,
        *,
        practice: bool = False,
        screen: str = "counter",
        port: int | None = None,
        clock: Clock | None = None,
    ) -> None:
        if not bootstrap.exists(data):
            cast_shop(data, shop or SHOP, practice=practice)
        self.shop: Shop = bootstrap.open_shop(data, clock=clock)
        if port is not None:
            bootstrap.enrol_for_port(self.shop, port)
        dress()
        self.taps = 0
        self.said: list[Notice] = []
        self.background = Background()
        self.notices = Notices()
        self.notices.said.connect(self.said.append)
        self.background.failed.connect(self.notices.tell_error)
        self.bugs: list[BaseException] = []
        self.background.crashed.connect(self.bugs.append)
        self.world = World(self.shop)
        self.window = MainWindow(
            self.shop,
            self.shop.desk.setup(),
            self.background,
            self.notices,
            self.world,
            screen,
        )
        self.window.resize(1366, 768)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)

    def close(self) -> None:
        self.window.close()
        self.background.stop()
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        self.window.deleteLater()
        self.world.stop()
        self.shop.close()
        assert not self.bugs, self.bugs

    # Eyes

    def find(self, name: str) -> QWidget:
        """The one visible widget of this name."""
        QApplication.processEvents()
        found = [w for w in self.window.findChildren(QWidget, name) if w.isVisible()]
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    def sees(self, name: str) -> bool:
        """Whether it is on the screen once what was asked for has been laid out."""
        QApplication.processEvents()
        return any(w.isVisible() for w in self.window.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        widget = self.find(name)
        read = getattr(widget, "text", None)
        assert callable(read), name
        return str(read()).replace("&&", "&")

    # Hands

    def tap(self, name: str) -> None:
        """One click in the middle of a widget that is there, enabled and on the window."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [self.find(name)]
            return found[0].isEnabled()

        self.wait(there, f"{name}, to be tapped")
        widget = found[0]
        middle = widget.mapTo(self.window, widget.rect().center())
        assert self.window.rect().contains(middle), f"{name} lies outside the window"
        self.taps += 1
        target = self.window.childAt(middle) or widget
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(self.window, middle))

    def type(self, text: str, name: str | None = None) -> None:
        if name is not None:
            self.find(name).setFocus()
        for character in text:
            _type(self._focus(), character)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._focus(), key)

    def enter_into(self, name: str, text: str) -> None:
        """Type over what stands in a field."""
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.selectAll()
        _type(field, text)

    def wait(self, condition: Callable[[], bool], what: str = "") -> None:
        deadline = QDeadlineTimer(WAIT_MS)
        while not self._holds(condition):
            assert not deadline.hasExpired(), f"waited in vain: {what}"
            QTest.qWait(LOOK_MS)

    def _holds(self, condition: Callable[[], bool]) -> bool:
        try:
            return condition()
        except AssertionError:
            # What it looks at is being made anew.
            return False

    def settle(self) -> None:
        """Until everything asked for and everything heard of is on the screen."""
        self.wait(lambda: not (self.background.busy or self.window.bridge.busy), "background")
        QApplication.sendPostedEvents()

    def _focus(self) -> QWidget:
        return self.window.focusWidget() or self.window

    def refused(self) -> list[str]:
        return [n.title for n in self.said if n.tone.value == "bad"]


def _type(widget: QWidget, text: str) -> None:
    """As a keyboard of any script does it; QTest's own knows only ASCII."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
            QApplication.sendEvent(widget, event)
