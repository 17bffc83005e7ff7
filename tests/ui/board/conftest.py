"""A shop at 19:42 and boards that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.fonts import load_fonts
from tests.ui.board.kitchen import Kitchen, evening
from ui.words import set_language

OpenBoard = Callable[..., Kitchen]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with evening(tmp_path) as opened:
        yield opened


@pytest.fixture
def open_board(qtbot: QtBot) -> Iterator[OpenBoard]:
    """`open_board(shop)` shows a board on it; closed after the test."""
    load_fonts()
    set_language("en")
    opened: list[Kitchen] = []

    def show(shop: Shop, size: tuple[int, int] = (1300, 900)) -> Kitchen:
        opened.append(Kitchen(qtbot, shop, size))
        return opened[-1]

    yield show
    for kitchen in opened:
        kitchen.close()
