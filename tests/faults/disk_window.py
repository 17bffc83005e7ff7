"""The faults of the `disk` row before a window: it opens on one, or meets it while it stands.

What is promised: the notice stays until it works again and no finger takes it away; an order that
could not be saved stays in the cart and is placed once; a board goes on showing what it has; a
store that cannot be opened is told in a plain window that offers to try again.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pos_app import paths
from pos_app.errors import StoreError
from tests.faults import disk_faults, pages
from tests.support.shops import copied_shop, pickup
from tests.support.small_disk import small_disk
from tests.support.window import Till
from ui import saving
from ui.app import Program
from ui.main_window import MainWindow
from ui.settings import places
from ui.settings.places import Guess
from ui.trouble import TroubleWindow

SOON_MS = 100
_MOST_UNTIL_FULL = 80


def run(counts: Counter[str], fresh: Path, folder: Path) -> list[str]:
    """What was broken, as sentences. Needs a QApplication, and makes one where there is none."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert application is not None
    data = folder / "window"
    broken: list[str] = []
    with _impatient():
        broken += _full(counts, fresh, folder / "small-window")
        for fault in (_locked, _page_spoilt):
            copied_shop(fresh, data)
            broken += fault(counts, data)
            shutil.rmtree(data)
        for name, change in _UNOPENABLE.items():
            copied_shop(fresh, data)
            broken += [f"{name}: {said}" for said in _opened(counts, fresh, data, change)]
            shutil.rmtree(data)
    return broken


@contextmanager
def _impatient() -> Iterator[None]:
    """Windows speak English whatever this computer does, and soon try to save again."""
    kept, guessed = saving.AGAIN_MS, places.guess
    saving.AGAIN_MS = SOON_MS
    places.guess = lambda: Guess("en", "UA", "Europe/Kyiv", "UAH")
    try:
        yield
    finally:
        saving.AGAIN_MS = kept
        places.guess = guessed


@contextmanager
def _window(data: Path, screen: str = "counter") -> Iterator[Till]:
    till = Till(data, screen=screen)
    try:
        yield till
    finally:
        till.close()


def _full(counts: Counter[str], fresh: Path, place: Path) -> Iterator[str]:
    with small_disk(place) as disk:
        data = disk.folder / "shop"
        copied_shop(fresh, data)
        with _window(data) as till:
            disk.fill(data, till.shop)
            for _ in range(_MOST_UNTIL_FULL):
                try:
                    till.shop.desk.place(pickup(till.shop, "Margherita"))
                except StoreError:
                    break
            yield from _cart_is_kept(counts, till, "The disk is full", disk.free)


def _locked(counts: Counter[str], data: Path) -> Iterator[str]:
    with _window(data) as till:
        # The window's connections stand already: they are told to wait less long.
        with till.shop.database.write() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={disk_faults.SHORT_WAIT_MS}")
        lock = disk_faults.locked(data)
        lock.__enter__()
        yield from _cart_is_kept(
            counts, till, "The store is busy", lambda *_: lock.__exit__(None, None, None)
        )


def _cart_is_kept(
    counts: Counter[str], till: Till, title: str, lift: Callable[..., object]
) -> Iterator[str]:
    """An order is entered while nothing can be saved; then `lift(shop)` ends the fault."""
    before = _orders(till)
    till.tap("tile:Margherita")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: bool(till.refused()), "a notice")
    counts["windows"] += 1
    counts["notices"] += 1
    if not till.text("notice").startswith(title):
        yield f"window: the strip says {till.text('notice')}"
    QTest.mouseClick(till.window.strip, Qt.MouseButton.LeftButton)
    if not till.text("notice").startswith(title):
        yield f"window: a finger took “{title}” away"
    if len(till.window.counter.basket.lines) != 1:
        yield f"window: the cart lost its order ({title})"
    if not till.find("place").isEnabled():
        yield "window: the order cannot be placed again"
    if QApplication.activeModalWidget() is not None:
        yield "window: something modal stands before it"
    if _orders(till) != before:
        yield f"window: something was saved all the same ({title})"
    lift(till.shop)
    till.wait(lambda: till.text("notice").startswith("The shop saves again"), "the good news")
    till.tap("place")
    till.wait(lambda: till.sees("next_order") or _orders(till) > before, "the order")
    till.settle()
    if _orders(till) != before + 1:
        yield f"window: {_orders(till) - before} orders of one cart ({title})"
    if problems := till.shop.desk.check().problems:
        yield f"window: check says {problems[0]}"
    counts["works again"] += 1


def _page_spoilt(counts: Counter[str], data: Path) -> Iterator[str]:
    """The file is damaged under a board that shows it: what it shows stays, and it says so."""
    with _window(data, "board") as till:
        till.settle()
        order = till.shop.desk.board()[-1].order
        store = paths.store_file(data)
        with till.shop.database.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        chance = random.Random(3)
        for kind, numbers in pages.by_kind(store).items():
            for number in numbers if kind != "header" else ():
                pages.spoil(store, number, "noise", chance)
        # Whoever asks next reads the file anew.
        till.shop.database.close()
        _bump(till, order.id)
        till.wait(lambda: bool(till.refused()), "a notice")
        counts["windows"] += 1
        counts["notices"] += 1
        if not till.text("notice").startswith("The store's file is damaged"):
            yield f"window: over a damaged file it says {till.text('notice')}"
        if not till.window.isVisible() or till.bugs:
            yield f"window: a damaged file ended it or was a bug: {till.bugs}"


def _bump(till: Till, order_id: int) -> None:
    till.background.act("bump", lambda: till.shop.desk.bump(order_id))


def _orders(till: Till) -> int:
    return till.shop.desk.check().orders


def _cut_off(data: Path) -> None:
    store = paths.store_file(data)
    os.truncate(store, store.stat().st_size // 2)


def _spoilt_root(data: Path) -> None:
    pages.spoil(paths.store_file(data), 1, "noise", random.Random(1))


def _newer(data: Path) -> None:
    disk_faults.newer(paths.store_file(data), "min_reader")


_UNOPENABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (_cut_off, "The store's file is damaged"),
    "first page": (_spoilt_root, "The store's file is damaged"),
    "newer": (_newer, "This store belongs to a newer Orderbell"),
    "read-only": (disk_faults.file_read_only, "The store cannot be written"),
    "locked": (disk_faults.locked, "The store is busy"),
}


def _opened(
    counts: Counter[str], fresh: Path, data: Path, change: tuple[Callable[[Path], object], str]
) -> Iterator[str]:
    """A window is opened on the fault; then the fault is lifted, or the newest copy put back."""
    make, title = change
    passing = make(data)
    if hasattr(passing, "__enter__"):
        passing.__enter__()
    program = Program(data)
    try:
        program.begin()
        counts["windows"] += 1
        counts["notices"] += 1
        if not isinstance(program.window, TroubleWindow):
            yield "the shop was opened all the same"
            return
        said = program.window.findChild(QLabel, "trouble_title")
        if not isinstance(said, QLabel) or said.text() != title:
            yield f"the plain window says {getattr(said, 'text', str)()}"
        words = [label.text() for label in program.window.findChildren(QLabel)]
        if len([text for text in words if len(text) > len(title) // 2]) < 4:
            yield f"the plain window does not say what it means and what to do: {words}"
        if hasattr(passing, "__exit__"):
            passing.__exit__(None, None, None)
            passing = None
        else:
            shutil.copyfile(paths.store_file(fresh), paths.store_file(data))
        again = program.window.findChild(QPushButton, "trouble_again")
        assert isinstance(again, QPushButton)
        again.click()
        if not isinstance(program.window, MainWindow):
            yield "“Try again” does not open the shop"
        counts["works again"] += 1
    finally:
        if passing is not None and hasattr(passing, "__exit__"):
            passing.__exit__(None, None, None)
        program.end()
