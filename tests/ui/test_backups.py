"""Backups in the window: one more now, and one put back; a store that is updated or damaged."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.config import RESTORED
from pos_app.store.database import Connection, Database
from tests.support.looking import look
from tests.support.released import released_store
from tests.support.shops import copied_shop, pickup
from tests.support.window import Till
from ui.app import Program
from ui.main_window import MainWindow
from ui.trouble import TroubleWindow
from ui.waiting import WaitWindow
from ui.words import set_language


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    """Not yet begun, on the folder `shop`."""
    made = Program(tmp_path / "shop")
    yield made
    made.end()
    set_language("en")


def parts(program: Program, name: str) -> list[QWidget]:
    assert program.window is not None
    return [w for w in program.window.findChildren(QWidget, name) if w.isVisible()]


def said(program: Program) -> str:
    """What stands above the catch-up."""
    return "".join(w.text() for w in parts(program, "catch_up_about") if isinstance(w, QLabel))


def click(program: Program, name: str) -> None:
    look(lambda: len(parts(program, name)) == 1, name)
    getattr(parts(program, name)[0], "click")()  # noqa: B009


def open_backups(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:backups")


def test_one_more_backup_is_one_tap(till: Till) -> None:
    till.shop.desk.place(pickup(till.shop))
    open_backups(till)
    till.wait(lambda: "no backup yet" in till.text("backup_newest"), "nothing yet")
    till.tap("backup_make")
    till.wait(lambda: "Last good backup" in till.text("backup_newest"), "the copy")
    assert [notice.title for notice in till.said] == ["Backed up: 1 order, opened and checked."]
    (copy,) = till.shop.desk.backups.found().copies
    assert till.sees(f"copy:{copy.path.name}")


def test_a_folder_that_is_not_there_is_said_at_its_field(till: Till, tmp_path: Path) -> None:
    open_backups(till)
    till.enter_into("backup_folder", str(tmp_path / "stick"))
    till.tap("backup_save")
    till.wait(lambda: till.sees("backup_folder_error"), "the error")
    (tmp_path / "stick").mkdir()
    till.enter_into("backup_hour", "soon")
    till.tap("backup_save")
    till.wait(lambda: till.sees("backup_hour_error"), "the hour's error")
    till.enter_into("backup_hour", "5")
    till.tap("backup_save")
    till.wait(lambda: till.shop.desk.setup().settings.backups.hour == 5, "saved")
    (tmp_path / "stick").rmdir()
    till.tap("backup_make")
    till.wait(lambda: till.sees("backup_folder_error"), "the stick was pulled out")


def test_putting_back_asks_and_says_what_would_be_set_aside(till: Till) -> None:
    copy = till.shop.desk.backups.make().copy.path
    till.shop.desk.place(pickup(till.shop))
    wanted: list[Path] = []
    till.window.restore_wanted.connect(wanted.append)
    open_backups(till)
    till.tap(f"copy_ask:{copy.name}")
    till.wait(lambda: till.sees(f"copy_yes:{copy.name}"), "the question")
    assert "1 newer order is set aside" in till.text(f"copy_words:{copy.name}")
    till.tap(f"copy_no:{copy.name}")
    assert not till.sees(f"copy_yes:{copy.name}")
    till.tap(f"copy_ask:{copy.name}")
    till.wait(lambda: till.sees(f"copy_yes:{copy.name}"), "the question")
    till.tap(f"copy_yes:{copy.name}")
    assert wanted == [copy]


def test_the_window_closes_puts_the_copy_back_and_opens_again(
    program: Program, tmp_path: Path, stores: dict[bool, Path]
) -> None:
    data = tmp_path / "shop"
    copied_shop(stores[False], data)
    shop = open_shop(data)
    kept = shop.desk.place(pickup(shop)).order
    copy = shop.desk.backups.make().copy.path
    lost = shop.desk.place(pickup(shop)).order
    shop.close()
    program.begin()
    window = program.window
    assert isinstance(window, MainWindow)
    window.restore_wanted.emit(copy)
    assert isinstance(program.window, WaitWindow)
    look(lambda: isinstance(program.window, MainWindow), "the shop again")
    look(lambda: "This is the store of" in said(program), "what has left is asked")
    again = open_shop(data)
    try:
        assert again.desk.setup().settings.catch_up.why == RESTORED
        assert [card.order.uid for card in again.desk.board()] == [kept.uid]
        assert again.desk.order(lost.id) is None
    finally:
        again.close()


def test_nobody_reads_the_store_of_before_while_the_copy_is_put_back(
    program: Program, tmp_path: Path, stores: dict[bool, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window of before is still there for a moment, and its timers run."""
    copy = _backed_up(stores[False], tmp_path / "shop")
    late = _reads_of_closed_stores(monkeypatch)
    monkeypatch.setattr("ui.duties.banner.GATHER_MS", 1)
    program.begin()
    window = program.window
    assert isinstance(window, MainWindow)
    asking = QTimer(window)
    asking.timeout.connect(window.screens.board.duties.look_again)
    asking.start(1)
    window.restore_wanted.emit(copy)
    look(lambda: isinstance(program.window, MainWindow), "the shop again")
    assert late == []


def test_a_program_that_ends_while_it_gives_its_shop_up_closes_it(
    program: Program, tmp_path: Path, stores: dict[bool, Path]
) -> None:
    copy = _backed_up(stores[False], tmp_path / "shop")
    program.begin()
    window = program.window
    assert isinstance(window, MainWindow)
    window.restore_wanted.emit(copy)
    # The fixture ends it now, and whoever looks for leaks finds none.
    assert isinstance(program.window, WaitWindow)


def _backed_up(cast: Path, data: Path) -> Path:
    """The one backup of a new shop in `data`."""
    copied_shop(cast, data)
    shop = open_shop(data)
    copy = shop.desk.backups.make().copy.path
    shop.close()
    return copy


def _reads_of_closed_stores(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The threads that ask a store which was closed, as they do."""
    late: list[str] = []
    closed: set[Database] = set()
    close, read = Database.close, Database.read

    def noted(database: Database) -> None:
        close(database)
        closed.add(database)

    def asked(database: Database) -> AbstractContextManager[Connection]:
        if database in closed:
            late.append(threading.current_thread().name)
        return read(database)

    monkeypatch.setattr(Database, "close", noted)
    monkeypatch.setattr(Database, "read", asked)
    return late


def test_an_older_store_is_updated_beside_a_window_that_says_so(
    program: Program, tmp_path: Path
) -> None:
    released_store(tmp_path / "shop", "0001")
    program.begin()
    assert isinstance(program.window, WaitWindow)
    look(lambda: isinstance(program.window, MainWindow), "the shop")


def test_a_damaged_store_offers_its_newest_backup(
    program: Program, tmp_path: Path, stores: dict[bool, Path]
) -> None:
    data = tmp_path / "shop"
    copied_shop(stores[False], data)
    shop = open_shop(data)
    kept = shop.desk.place(pickup(shop)).order
    shop.desk.backups.make()
    shop.close()
    paths.store_file(data).write_bytes(b"no database at all" * 1_000)
    program.begin()
    assert isinstance(program.window, TroubleWindow)
    click(program, "trouble_restore")
    look(lambda: isinstance(program.window, MainWindow), "the shop again")
    again = open_shop(data)
    try:
        assert [card.order.uid for card in again.desk.board()] == [kept.uid]
    finally:
        again.close()
