"""Two windows on one store: the same order is handed over once and paid once."""

from __future__ import annotations

import threading
from pathlib import Path

from pos_app.bootstrap import Shop, open_shop
from pos_app.domain.workflow import Kind
from pos_app.errors import OrderbellError
from tests.support.shift import events, now, ready
from tests.support.shops import open_test_shop, pickup


def test_two_screens_hand_over_the_same_order_once(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "data") as first:
        second = open_shop(tmp_path / "data")
        try:
            for _ in range(10):
                _race(first, second)
        finally:
            second.close()
        assert first.desk.check().problems == ()


def _race(first: Shop, second: Shop) -> None:
    order = ready(first, pickup(first))
    barrier = threading.Barrier(2)
    moved: list[bool] = []
    failed: list[OrderbellError] = []

    def tap(shop: Shop, payment: str) -> None:
        barrier.wait()
        try:
            moved.append(shop.desk.handover.hand_over(order.id, order.entry, payment).moved)
        except OrderbellError as error:
            failed.append(error)

    threads = [
        threading.Thread(target=tap, args=(shop, payment))
        for shop, payment in ((first, "cash"), (second, "card"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(moved) == [False, True]
    assert (now(first, order).kind, now(first, order).paid) == (Kind.PICKED_UP, order.total)
    assert len(events(first, order, "payment_recorded")) == 1
