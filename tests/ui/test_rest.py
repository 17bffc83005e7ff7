"""A screen that nobody touches costs the till nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.pictures_all import GROUPS
from tests.support.pictures_board import rush_shop
from tests.support.pictures_stage import Room, drop
from tests.support.rest import restless
from tests.support.walk import walk
from ui.board.screen import BoardScreen
from ui.dressing import dress


@pytest.mark.parametrize("wide", [1000, 1366, 1920])
def test_a_pass_at_rest_is_not_laid_out_again_and_again(
    qapp: QApplication, tmp_path: Path, wide: int
) -> None:
    dress()
    room = Room(rush_shop(tmp_path / "rush", "en"))
    board = BoardScreen(room.shop, room.background, room.bridge, room.notices)
    board.resize(wide, 768)
    board.show()
    room.settle(board)
    found = restless(board)
    board.header.show_who("Marta", asked=True)
    board.header.show_wrong("No internet since 19:31.")
    room.settle(board)
    found += restless(board)
    drop(board)
    room.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("group", GROUPS)
def test_a_screen_that_nobody_touches_is_at_rest(qapp: QApplication, group: str) -> None:
    for language in ("en", "uk"):
        found = walk(group, language)
        assert found.scenes
        assert not found.restless, "\n" + "\n".join(dict.fromkeys(found.restless))


# What the checks above are worth.


class Chasing(QWidget):
    """Asks to be laid out whenever it has been."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        return super().event(event)


def test_a_part_that_chases_itself_is_found(qapp: QApplication) -> None:
    window = Chasing()
    window.show()
    QTest.qWaitForWindowExposed(window)
    assert restless(window) == []
    QApplication.postEvent(window, QEvent(QEvent.Type.LayoutRequest))
    (line,) = restless(window)
    assert line.startswith("Chasing is laid out")
    window.close()
    window.deleteLater()


def test_a_timer_without_a_pause_is_found(qapp: QApplication) -> None:
    window = QWidget()
    hasty = QTimer(window)
    hasty.start(0)
    (line,) = restless(window)
    assert line.startswith("QTimer ticks")
    hasty.start(1_000)
    assert restless(window) == []
    hasty.stop()
    window.deleteLater()
