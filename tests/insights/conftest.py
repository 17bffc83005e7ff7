"""The played day, once for all tests: nothing of it changes any more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pos_app import insights
from pos_app.clock import VirtualClock
from pos_app.insights import Yesterday
from tests.support.played_day import DAY, SIX, Play
from tests.support.shops import open_test_shop


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    folder = tmp_path_factory.mktemp("day") / "shop"
    with open_test_shop(folder, clock=VirtualClock(SIX), practice=False) as shop:
        played = Play(shop)
        played.play()
        yield played


@pytest.fixture(scope="module")
def told(play: Play) -> Yesterday:
    """The page of the played day."""
    return insights.yesterday(play.shop.database, DAY)
