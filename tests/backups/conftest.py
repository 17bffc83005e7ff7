"""A shop with an evening behind it, on a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from tests.support.shops import EVENING, delivery, open_test_shop, pickup


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    """Three orders: one ready, one new delivery, one collected."""
    with open_test_shop(tmp_path / "shop", clock=clock, practice=False) as opened:
        ready, _new, gone = (
            opened.desk.place(draft).order
            for draft in (pickup(opened), delivery(opened), pickup(opened, phone="+380501234567"))
        )
        for order, taps in ((ready, 2), (gone, 3)):
            for _ in range(taps):
                opened.desk.bump(order.id)
        clock.advance(MINUTE_MS)
        yield opened
