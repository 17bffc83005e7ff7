"""What a start costs, by what it does: a board opens without what nobody looks at yet.

Not by the clock, which tells more about the computer: `python -m tests.bench start` does that.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos_app.bootstrap import init_shop, open_shop
from pos_app.clock import VirtualClock
from pos_app.domain.staff import SCREENS
from tests.support.shops import EVENING, pickup
from tests.support.sources import ROOT
from tests.support.window import SHOP, Till
from ui import idle_moments
from ui.screens import OF_EVERY_DAY

NEVER_MS = 3_600_000
# With all that lies below them.
NOT_YET = (
    "ui.beside",
    "ui.board.bring_back",
    "ui.board.details",
    "ui.board.later",
    "ui.counter",
    "ui.dispatch",
    "ui.evening",
    "ui.first_shop",
    "ui.guest",
    "ui.kitchen",
    "ui.orders",
    "ui.profiles",
    "ui.reports",
    "ui.settings",
    "ui.taking.sheet",
    "ui.trouble",
    "ui.waiting",
    "ui.who.sheet",
    "pos_app.channels",
    "pos_app.commands.ordering",
    "pos_app.commands.subjects",
    "pos_app.desk.backups_desk",
    "pos_app.desk.dispatch_desk",
    "pos_app.desk.evening_desk",
    "pos_app.desk.privacy_desk",
    "pos_app.desk.restoring",
    "pos_app.desk.salvaging",
    "pos_app.desk.staff_desk",
    "pos_app.insights",
    "pos_app.lanes",
    "pos_app.receipts",
    "pos_app.replay",
    "pos_app.tracking",
    "PIL",
    "PySide6.QtNetwork",
    "alembic",
    "argon2",
    "babel.messages",
    "cryptography",
    "escpos",
    "jinja2",
    "keyring",
    "litestar",
    "phonenumbers",
    "qrcode",
    "requests",
    "uvicorn",
)
# PySide6 reads the source of all that comes after it.
BEFORE_QT = ("sqlalchemy", "pos_app.bootstrap", "pos_app.desk.desk", "pos_app.store.tables")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The program in a process of its own, when its one ticket stands on the board."""
    data = tmp_path_factory.mktemp("start") / "shop"
    init_shop(data, SHOP)
    shop = open_shop(data)
    try:
        shop.desk.place(pickup(shop, "Margherita"))
    finally:
        shop.close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.opened_board", str(data), "1", "--inside"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    return dict(json.loads(done.stdout.splitlines()[0]))


def test_a_board_opens_without_the_other_screens(opened: dict[str, Any]) -> None:
    assert opened["made"] == ["board"]


def test_a_board_opens_without_reading_what_it_does_not_need(opened: dict[str, Any]) -> None:
    found = [
        name
        for name in opened["modules"]
        if any(name == kept or name.startswith(f"{kept}.") for kept in NOT_YET)
    ]
    assert not found


def test_the_core_is_read_in_before_qt(opened: dict[str, Any]) -> None:
    modules = opened["modules"]
    qt = modules.index("PySide6")
    assert [name for name in BEFORE_QT if modules.index(name) > qt] == []


def test_the_collector_rests_while_the_program_is_read_in() -> None:
    code = (
        "import gc; from pos_app import launch; launch.read_in(); print(gc.isenabled());"
        "launch.settle(); print(gc.isenabled(), gc.get_freeze_count() > 10_000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True", "True"]
    assert gc.isenabled()


def test_the_screens_of_every_day_follow_by_themselves(
    open_till: Callable[..., Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_moments, "FIRST_MS", 0)
    monkeypatch.setattr(idle_moments, "NEXT_MS", 0)
    till = open_till()
    till.wait(lambda: till.window.screens.made == set(OF_EVERY_DAY), "the screens of every day")
    assert till.window.current == "counter"


def test_a_screen_that_nobody_has_made_yet_opens_at_the_first_tap(
    open_till: Callable[..., Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_moments, "FIRST_MS", NEVER_MS)
    till = open_till(clock=VirtualClock(EVENING))
    assert till.window.screens.made == {"counter"}
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    for name in SCREENS:
        till.tap(f"rail:{name}")
        till.wait(till.window.screens.screen_of(name).isVisible, name)
        assert till.window.current == name
    assert till.window.screens.made == set(SCREENS)
    columns = till.window.board.columns.all
    till.wait(lambda: sum(column.model.tickets for column in columns) == 1, "the ticket")


def test_what_can_wait_waits_for_a_finger_on_the_glass(
    open_till: Callable[..., Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle_moments, "FIRST_MS", NEVER_MS)
    monkeypatch.setattr(idle_moments, "NEXT_MS", 0)
    till = open_till()
    till.settle()
    done: list[str] = []
    moments = idle_moments.IdleMoments(till.background, till.window)
    handle, corner = till.window.windowHandle(), QPoint(2, 2)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    monkeypatch.setattr(idle_moments, "FIRST_MS", 0)
    moments.begin([lambda: done.append("first"), lambda: done.append("second")])
    looks = iter(range(20))
    till.wait(lambda: next(looks, None) is None, "some moments")
    assert not done
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    till.wait(lambda: done == ["first", "second"], "both, in their order")
