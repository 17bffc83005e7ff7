"""From an empty folder to an open shop and out again: first start, trouble, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from pos_app import bootstrap, paths
from pos_app.desk.setup import Setup
from pos_app.errors import Refused
from tests.support.leaks import LogWatch
from tests.support.looking import look
from tests.support.shops import copied_shop
from tests.support.sources import ROOT
from tests.support.waiting import until
from ui import app
from ui.app import Program
from ui.main_window import MainWindow
from ui.settings.first_start import FirstStart
from ui.trouble import TroubleWindow
from ui.words import set_language


@pytest.fixture
def begin(qapp: QApplication, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    programs: list[Program] = []

    def begin_one() -> Program:
        program = Program(tmp_path / "shop")
        programs.append(program)
        program.begin()
        return program

    yield begin_one
    for program in programs:
        program.end()
    set_language("en")


def part(program: Program, name: str) -> QWidget:
    assert program.window is not None
    found = [w for w in program.window.findChildren(QWidget, name) if w.isVisible()]
    assert len(found) == 1, f"{len(found)} widgets are called {name}"
    return found[0]


def click(program: Program, name: str) -> None:
    getattr(part(program, name), "click")()  # noqa: B009


def test_five_answers_make_a_shop(begin: Callable[[], Program], tmp_path: Path) -> None:
    program = begin()
    assert isinstance(program.window, FirstStart)
    click(program, "open_shop")
    QApplication.processEvents()
    error = part(program, "first_name_error")
    assert error.isVisible()
    click(program, "language:uk")
    QApplication.processEvents()
    name = part(program, "first_name")
    assert isinstance(name, QLineEdit)
    name.setText("Вареничка")
    currency = part(program, "first_currency")
    assert isinstance(currency, QComboBox)
    currency.setCurrentIndex(currency.findData("PLN"))
    click(program, "first_printer:network")
    QApplication.processEvents()
    printer = part(program, "first_printer_address")
    assert isinstance(printer, QLineEdit)
    printer.setText("127.0.0.1:9")
    click(program, "first_page:nobody")
    click(program, "open_shop")
    look(lambda: isinstance(program.window, MainWindow), "the shop")
    look(lambda: not program.background.busy, "the printer is added")
    setup = _setup(tmp_path / "shop")
    shop = setup.settings.shop
    assert (shop.name, shop.language, shop.currency) == ("Вареничка", "uk", "PLN")
    assert not setup.identity.practice
    assert setup.menu.dishes == (), "a real shop begins with nobody else's dishes"
    assert setup.site is None
    assert [printer.address for printer in setup.printers] == ["127.0.0.1:9"]


def test_a_hosted_page_asks_for_its_code(begin: Callable[[], Program]) -> None:
    program = begin()
    name = part(program, "first_name")
    assert isinstance(name, QLineEdit)
    name.setText("Roma")
    click(program, "first_page:hosted")
    QApplication.processEvents()
    click(program, "open_shop")
    QApplication.processEvents()
    assert part(program, "first_code_error").isVisible()


def test_the_practice_shop_is_one_click_away(begin: Callable[[], Program], tmp_path: Path) -> None:
    program = begin()
    click(program, "practice")
    look(lambda: isinstance(program.window, MainWindow), "the practice shop")
    assert part(program, "practice_banner").isVisible()
    assert bootstrap.exists(tmp_path / "shop" / "practice")
    assert not bootstrap.exists(tmp_path / "shop")
    practice = tmp_path / "shop" / "practice"
    look(lambda: _setup(practice).site is not None, "the page is chosen")
    look(lambda: not program.background.busy, "the page is served")
    site = _setup(practice).site
    assert site is not None
    assert site.origin.startswith("http://127.0.0.1:")


def test_a_damaged_store_is_said_in_a_plain_window(
    begin: Callable[[], Program], tmp_path: Path
) -> None:
    (tmp_path / "shop").mkdir()
    paths.store_file(tmp_path / "shop").write_bytes(b"no database at all" * 100)
    program = begin()
    assert isinstance(program.window, TroubleWindow)
    assert part(program, "trouble_title").isVisible()


def test_a_bug_is_logged_and_said(
    begin: Callable[[], Program], tmp_path: Path, stores: dict[bool, Path], expected_log: LogWatch
) -> None:
    expected_log.expect("a bug")
    _copy(stores[False], tmp_path / "shop")
    program = begin()
    program.background.act("break", lambda: 1 // 0)
    look(lambda: "wrong" in getattr(part(program, "notice"), "text")(), "a notice")  # noqa: B009
    log = paths.logs_folder(tmp_path / "shop") / "window.log"
    assert "ZeroDivisionError" in log.read_text("utf-8")


def test_without_a_display_the_ways_on_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(Refused) as refused:
        app.run()
    assert "orderbell replay" in refused.value.hint


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_cleanly(
    tmp_path: Path, stores: dict[bool, Path], number: signal.Signals
) -> None:
    data = tmp_path / "shop"
    _copy(stores[False], data)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "pos_app", "--data", str(data), "--screen", "board"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        log = paths.logs_folder(data) / "window.log"
        until(lambda: log.exists() or process.poll() is not None, "the window opens", 30.0)
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0, errors.decode()
    assert b"Traceback" not in errors, errors.decode()
    assert (data / "window.ini").exists(), "the window remembers its place"


def _setup(data: Path) -> Setup:
    shop = bootstrap.open_shop(data)
    try:
        return shop.desk.setup()
    finally:
        shop.close()


def _copy(fresh: Path, data: Path) -> None:
    copied_shop(fresh, data)
