"""A copy of a store is noticed when it is opened: it waits, and the first one goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

from pos_app import config
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import VirtualClock
from pos_app.domain.workflow import Source
from tests.support.shops import pickup


def test_a_copied_shop_sends_nothing_until_a_person_says_that_it_is_the_shop(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    shutil.copytree(shop.data, tmp_path / "copy", ignore=shutil.ignore_patterns("open"))
    copy = open_shop(tmp_path / "copy", clock=clock)
    try:
        gap = copy.desk.setup().settings.catch_up
        assert gap.why == config.COPIED
        assert gap.pauses_texts
        assert gap.pauses_page
        assert copy.identity.epoch > shop.identity.epoch
        catching_up = copy.desk.evening.catching_up()
        assert catching_up is not None
        assert [card.order.number for card in catching_up.cards] == ["A1", "A2"]
        placed = copy.desk.place(pickup(copy, source=Source.PHONE)).order
        assert int(placed.number.removeprefix("A")) > 100
        assert copy.desk.check().problems == ()
        copy.desk.evening.finish_catch_up(send=True)
        assert not copy.desk.setup().settings.catch_up.is_open
    finally:
        copy.close()
    again = open_shop(tmp_path / "copy", clock=clock)
    try:
        assert not again.desk.setup().settings.catch_up.is_open, "it is at home there now"
    finally:
        again.close()


def test_the_shop_that_was_copied_goes_on_as_before(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    shutil.copytree(shop.data, tmp_path / "copy", ignore=shutil.ignore_patterns("open"))
    second = open_shop(shop.data, clock=clock)
    try:
        assert not second.desk.setup().settings.catch_up.is_open
        assert second.desk.place(pickup(second)).order.number == "A4"
    finally:
        second.close()


def test_a_folder_that_was_renamed_is_the_same_shop(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    shop.close()
    shop.data.rename(tmp_path / "trattoria")
    opened = open_shop(tmp_path / "trattoria", clock=clock)
    try:
        assert not opened.desk.setup().settings.catch_up.is_open
        assert opened.identity.epoch == shop.identity.epoch
    finally:
        opened.close()
    (tmp_path / "trattoria").rename(shop.data)


def test_two_windows_that_open_a_copy_at_once_begin_again_once(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    shutil.copytree(shop.data, tmp_path / "copy", ignore=shutil.ignore_patterns("open"))
    first, second = (open_shop(tmp_path / "copy", clock=clock) for _ in range(2))
    try:
        assert first.identity.epoch == second.identity.epoch
    finally:
        first.close()
        second.close()
