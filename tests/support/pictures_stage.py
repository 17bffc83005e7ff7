"""What every picture is taken of: a scene, which is a real window in a state worth looking at.

The same scenes are photographed (`tests.support.pictures`), read for words that are cut off or
untranslated, and measured for fingers and eyes (`tests/ui`).
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QSize, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.bootstrap import Shop, init_shop
from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from tests.support.shops import EVENING, copied_shop
from tests.support.window import Till
from ui.background import Background
from ui.bridge import Bridge
from ui.notices import Notices

SMALL, LARGE = QSize(1366, 768), QSize(1920, 1080)
SIZES = (SMALL, LARGE)
NAMES = {"en": ("Pizzeria Roma", "Iryna K."), "uk": ("Піцерія «Рома»", "Ірина К.")}
PAGE_PORT = 18_123
_PATIENCE_MS, _LOOK_MS, _SOON_MS = 10_000, 5, 1_000
# Shown as somebody chose or entered it, or a brand: no translator sees it.
_AS_ENTERED = frozenset(
    {"Orderbell", "English", "Українська", "Україна", "Europe/Kyiv", "VIP", "http://", "https://"}
)
# What the scenes type, or what lanes and the store would say.
STREET, ALLERGY = "вул. Саксаганського, 41", {"en": "nuts", "uk": "горіхи"}
QUESTIONS = {"en": "No onions at all, or only on top?", "uk": "Зовсім без цибулі чи лише зверху?"}
DOWN = {
    "en": "No internet since 19:31. The board works; 4 texts wait.",
    "uk": "Немає інтернету з 19:31. Дошка працює; 4 повідомлення чекають.",
}
COOK = "Олександра"
TYPED = frozenset(
    {STREET, COOK, *ALLERGY.values(), *QUESTIONS.values(), *DOWN.values()}
    | {name for names in NAMES.values() for name in names}
)


@dataclass(frozen=True, slots=True)
class Scene:
    """`fit` follows a new size of `window`; `known` is what people entered and no one translates.

    `is_board` is touched from further away, with gloves: its acts have larger buttons.
    """

    name: str
    window: QWidget
    settle: Callable[[], None]
    known: frozenset[str]
    fit: Callable[[QSize], object] = lambda _size: None
    is_board: bool = False


Scenes = Iterator[Scene]


def show(scene: Scene, size: QSize) -> None:
    """The window of `scene` at `size`, with everything laid out."""
    if scene.window.size() != size:
        scene.window.resize(size)
        scene.settle()
    scene.fit(size)
    scene.settle()


@contextmanager
def till_of(
    data: Path, language: str, *, screen: str = "counter", **more: object
) -> Iterator[Till]:
    """A window of the shop in `data`; of a new practice shop where there is none yet."""
    if not data.exists():
        copied_shop(_fresh(language), data)
    more.setdefault("clock", VirtualClock(EVENING))
    till = Till(data, screen=screen, port=PAGE_PORT, **more)  # type: ignore[arg-type]
    till.window.resize(SMALL)
    try:
        yield till
    finally:
        till.close()


def of_till(
    name: str, till: Till, *, also: frozenset[str] = frozenset(), is_board: bool = False
) -> Scene:
    """The till's window as it stands now; `also` was entered but not into the store."""

    def rest() -> None:
        settle(till.window, lambda: till.background.busy or till.window.bridge.busy)

    rest()
    known = known_words(till.shop) | TYPED | also
    return Scene(name, till.window, rest, known, is_board=is_board)


@cache
def _fresh(language: str) -> Path:
    """A practice shop without orders, made once: making one takes most of a second."""
    made = Path(tempfile.mkdtemp(prefix="fresh-")) / "shop"
    atexit.register(shutil.rmtree, made.parent, ignore_errors=True)
    settings = ShopSettings(name=NAMES[language][0], language=language, phone="+380443334455")
    init_shop(made, settings, practice=True, clock=VirtualClock(EVENING))
    return made


class Room:
    """A shop and what a screen without a window around it needs."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.background = Background()
        self.bridge = Bridge(shop, self.background)
        self.notices = Notices()

    def close(self) -> None:
        self.background.stop()
        self.bridge.close()
        self.shop.close()

    def settle(self, window: QWidget) -> None:
        settle(window, lambda: self.background.busy or self.bridge.busy)

    def scene(
        self, name: str, window: QWidget, fit: Callable[[QSize], object], *, is_board: bool = True
    ) -> Scene:
        """`window`, which `fit` follows when it gets another size."""
        window.resize(SMALL)
        window.show()
        known = known_words(self.shop) | TYPED
        return Scene(name, window, lambda: self.settle(window), known, fit, is_board)


def settle(window: QWidget, busy: Callable[[], bool]) -> None:
    """Until nothing that was asked for, and no timer of a moment, is still to come."""
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not deadline.hasExpired():
        QTest.qWait(_LOOK_MS)
        # What came back last is laid out too.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.sendPostedEvents()
        soon = (t for t in window.findChildren(QTimer) if t.isActive() and t.isSingleShot())
        if not busy() and not any(timer.interval() < _SOON_MS for timer in soon):
            return
    raise AssertionError("the window never comes to rest")


def drop(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def known_words(shop: Shop) -> frozenset[str]:
    """What is shown as it was entered: menu, names, addresses, notes."""
    setup = shop.desk.setup()
    named = [dish.names for dish in setup.menu.dishes]
    named += [dish.kitchen for dish in setup.menu.dishes]
    named += [category.names for category in setup.menu.categories]
    named += [station.names for station in setup.menu.stations]
    modifiers = [modifier for dish in setup.menu.dishes for modifier in dish.modifiers]
    named += [modifier.names for modifier in modifiers]
    named += [modifier.kitchen for modifier in modifiers]
    known = {name for names in named for name in names.values()}
    known |= {one.name for one in setup.staff} | {one.name.split()[0] for one in setup.staff}
    known |= {screen.name for screen in setup.screens} | {setup.settings.shop.name}
    known |= {text for printer in setup.printers for text in (printer.name, printer.address)}
    for card in shop.desk.search("", 100):
        order = card.order
        address = order.address
        known |= {order.customer.name, order.note, order.allergy, order.question, order.partner}
        known |= {*order.tags, *(line.note for line in order.lines)}
        known |= {order.cancel_reason}
        if address is not None:
            known |= {address.street, address.entrance, address.floor, address.door_code}
            known |= {address.note}
    return frozenset(text for text in known if text.strip()) | _AS_ENTERED
