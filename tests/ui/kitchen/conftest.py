"""A shop on a Friday and cooks before its screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.fonts import load_fonts
from tests.support.board_shop import NOW
from tests.support.kitchen_shop import clock_of, open_kitchen
from tests.ui.kitchen.cook import Cook
from ui.words import set_language

OpenCook = Callable[..., Cook]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """The sample menu at 19:42, no orders."""
    opened = open_kitchen(tmp_path / "shop")
    clock_of(opened).set(NOW)
    yield opened
    opened.close()


@pytest.fixture
def cook(qtbot: QtBot) -> Iterator[OpenCook]:
    """`cook(shop, "Grill", size=…, metres=…)` stands before a screen; gone after the test."""
    load_fonts()
    set_language("en")
    opened: list[Cook] = []

    def stand(shop: Shop, at: str = "Grill", **wanted: object) -> Cook:
        opened.append(Cook(qtbot, shop, at, **wanted))  # type: ignore[arg-type]
        return opened[-1]

    yield stand
    for one in opened:
        one.close()
    set_language("en")
