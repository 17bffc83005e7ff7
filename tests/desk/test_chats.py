"""Words that open the bot: made only when there is one, gone from slip and page once followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, add_channel
from pos_app.clock import DAY_MS, VirtualClock
from pos_app.config import WayOut
from pos_app.desk.guest_chats import Heard, Opening
from pos_app.domain.order import Customer
from pos_app.domain.workflow import Kind
from tests.support.bot_api import TOKEN
from tests.support.shops import EVENING, open_test_shop, pickup

BOT = WayOut("bot", "", "telegram", {"bot": "trattoria_bot"})


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", clock=clock, practice=False) as found:
        yield found


def words(shop: Shop) -> int:
    with shop.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM opt_in_words").scalar_one())


def word_of(shop: Shop, order_id: int) -> str:
    return str(shop.desk.tracking_url(order_id)).rpartition("=")[2]


def test_without_a_bot_no_order_has_a_word(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    assert words(shop) == 0
    assert shop.desk.tracking_url(order.id) is None


def test_open_orders_get_words_when_the_bot_comes_and_none_leads_anywhere_when_it_goes(
    shop: Shop,
) -> None:
    early, ended = (shop.desk.place(pickup(shop)).order for _ in range(2))
    shop.desk.cancel(ended.id, "test")
    add_channel(shop, BOT, TOKEN)
    late = shop.desk.place(pickup(shop)).order
    assert words(shop) == 2
    assert word_of(shop, early.id) != word_of(shop, late.id)
    assert shop.desk.tracking_url(ended.id) is None
    shop.desk.channels.remove("bot")
    assert shop.desk.tracking_url(late.id) is None
    add_channel(shop, BOT, TOKEN)
    assert words(shop) == 2, "each order keeps its own"


def test_a_word_leads_nowhere_once_followed_or_once_the_order_has_ended(shop: Shop) -> None:
    add_channel(shop, BOT, TOKEN)
    followed, ended = (shop.desk.place(pickup(shop)).order for _ in range(2))
    opened = shop.desk.chats.opened("trattoria_bot", 1, 42, word_of(shop, followed.id), "uk")
    assert opened is not None
    assert opened.what is Opening.JOINED
    assert shop.desk.tracking_url(followed.id) is None
    shop.desk.cancel(ended.id, "test")
    assert shop.desk.tracking_url(ended.id) is None


def test_only_a_hash_of_a_word_is_in_the_store(shop: Shop) -> None:
    add_channel(shop, BOT, TOKEN)
    word = word_of(shop, shop.desk.place(pickup(shop)).order.id)
    files = list(shop.data.glob("store.sqlite*"))
    assert files
    assert not any(word.encode() in file.read_bytes() for file in files)


def test_what_a_guest_wrote_is_told_to_him_and_forgotten_with_him(
    shop: Shop, clock: VirtualClock
) -> None:
    add_channel(shop, BOT, TOKEN)
    order = shop.desk.place(pickup(shop)).order
    shop.desk.chats.opened("trattoria_bot", 1, 4711, word_of(shop, order.id), "uk")
    assert shop.desk.chats.wrote("trattoria_bot", 2, 4711, "ring twice, Zhdana") is Heard.TOLD
    told = shop.desk.privacy.export("+380671234567")
    [written] = told["orders"][0]["written_to_us"]
    assert written["words"] == "ring twice, Zhdana"
    assert [one["address"] for one in told["reached_at"]] == ["4711"]
    shop.desk.cancel(order.id, "test")
    shop.desk.privacy.erase("+380671234567")
    assert [task.said for task in shop.desk.rules.tasks()] == [""]
    assert not any(
        found in file.read_bytes()
        for file in shop.data.glob("store.sqlite*")
        for found in (b"Zhdana", b"4711")
    )


def test_a_chat_of_nobody_is_forgotten_by_age(shop: Shop, clock: VirtualClock) -> None:
    add_channel(shop, BOT, TOKEN)
    order = shop.desk.place(replace(pickup(shop), customer=Customer())).order
    shop.desk.chats.opened("trattoria_bot", 1, 4711, word_of(shop, order.id), "uk")
    shop.desk.chats.wrote("trattoria_bot", 2, 4711, "ring twice, Zhdana")
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    shop.desk.handover.end(order.id, Kind.PICKED_UP)
    clock.advance(91 * DAY_MS)
    assert shop.desk.privacy.anonymise_due().people == 1
    assert shop.desk.chats.told(4711) == []
    assert not shop.desk.chats.knows(4711)
    assert [task.said for task in shop.desk.rules.tasks()] == [""]
    assert shop.desk.check().problems == ()
