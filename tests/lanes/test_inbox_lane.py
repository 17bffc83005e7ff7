"""The bot's inbox among the other lanes: it comes with the bot, ends at once, tells its trouble."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, add_channel, lanes_of
from pos_app.config import COPIED, CatchUp
from pos_app.desk.setup import touch
from pos_app.lanes.inbox import InboxWorker
from pos_app.lanes.lane import Down
from pos_app.lanes.runner import Lanes
from pos_app.lanes.state import status
from pos_app.store import settings
from pos_app.tracking import words
from tests.lanes.bot import OLENA, BotShop, bot_shop, way_to_bot
from tests.support.bot_api import TOKEN, BotApi, message, refused
from tests.support.receiver import receiving
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until


@pytest.fixture
def here(tmp_path: Path) -> Iterator[BotShop]:
    with bot_shop(tmp_path / "shop") as found:
        yield found


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", practice=False) as found:
        yield found


@pytest.fixture
def lanes(shop: Shop) -> Iterator[Lanes]:
    found = lanes_of(shop)
    found.start()
    yield found
    found.stop()


def test_it_is_read_as_soon_as_there_is_a_bot_and_no_longer_than_that(
    shop: Shop, lanes: Lanes
) -> None:
    until(lambda: lanes.sends, "the lease")
    api = BotApi(opened={OLENA})
    with receiving(api) as url:
        order = shop.desk.place(pickup(shop)).order
        assert shop.desk.tracking_url(order.id) is None
        add_channel(shop, way_to_bot(url), TOKEN)
        until(lambda: len(api.offsets) > 1, "a long poll")
        word = str(shop.desk.tracking_url(order.id)).rpartition("=")[2]
        api.hears(message(OLENA, f"/start {word}"))
        until(lambda: api.sent, "the answer")
        shop.desk.channels.remove("bot")
        until(
            lambda: "lane-inbox" not in [one.name for one in threading.enumerate()],
            "it to end",
        )
    assert shop.desk.tracking_url(order.id) is None


def test_a_long_poll_holds_up_no_closing(shop: Shop) -> None:
    api = BotApi()
    with receiving(api) as url:
        add_channel(shop, way_to_bot(url), TOKEN)
        lanes = lanes_of(shop)
        lanes.start()
        until(lambda: len(api.offsets) > 1, "a long poll")
        started = time.monotonic()
        lanes.stop()
        assert time.monotonic() - started < 2


def test_practice_has_no_bot(tmp_path: Path) -> None:
    api = BotApi()
    with receiving(api) as url, open_test_shop(tmp_path / "practice") as shop:
        add_channel(shop, way_to_bot(url), TOKEN)
        order = shop.desk.place(pickup(shop)).order
        assert shop.desk.setup().bot == ""
        assert shop.desk.tracking_url(order.id) is None


@pytest.mark.parametrize(
    ("refusal", "code", "sentence"),
    [
        (
            refused(409, "Conflict: terminated by other getUpdates request"),
            "conflict",
            "Another program reads our Telegram bot since ",
        ),
        (refused(401, "Unauthorized"), "credentials", "Telegram refuses our bot since "),
        ("reset", "reset", "The Telegram bot hears nothing since "),
    ],
)
def test_trouble_is_told_in_one_sentence_and_ends_with_the_first_answer(
    here: BotShop, refusal: object, code: str, sentence: str
) -> None:
    here.api.plan.append(refusal)  # type: ignore[arg-type]
    assert here.turn() == code
    said = status(here.shop, "en").sentence
    assert said.startswith(sentence)
    assert said.endswith(": guests get no answers.")
    assert here.turn() == ""
    assert status(here.shop, "en").sentence == ""


def test_what_telegram_asks_for_is_waited_for(here: BotShop) -> None:
    here.api.plan.append(refused(429, "Too Many Requests: retry after 9", retry_after=9))
    with pytest.raises(Down) as down:
        here.worker.work()
    assert (down.value.code, down.value.after_s) == ("busy", 9.0)


def test_who_has_lost_the_lease_takes_nothing_from_the_inbox(here: BotShop) -> None:
    here.writes(OLENA, f"/start {here.word(here.place())}")
    answers = iter([True, False, False, False])
    sleeper = InboxWorker(here.shop, lambda: words, lambda: next(answers), 0)
    sleeper.work()
    sleeper.close()
    assert here.api.sent == []
    assert here.turn() == ""
    assert len(here.api.sent) == 1, "whoever has the lease does"


def test_a_copied_store_leaves_the_bot_to_the_till_it_was_copied_from(here: BotShop) -> None:
    now = here.clock.now()
    with here.shop.desk.act() as act:
        settings.write(act.connection, "catch_up", CatchUp(now, now, COPIED), now)
        touch(act.connection)
    assert here.turn() == ""
    assert here.api.requests == []


def test_a_stop_between_two_calls_lets_no_poll_begin(here: BotShop) -> None:
    here.worker._line.current()
    here.worker._line.cut()
    started = time.monotonic()
    here.worker._wait_s = 25
    here.worker._answered = True
    assert here.turn() == "unreachable"
    assert time.monotonic() - started < 5
