"""Programs that a rule calls: told once, signed, tried again, and given up in the end."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook as Verifier

from pos_app.automation.model import CallWebhook, On
from pos_app.bootstrap import Shop
from pos_app.channels.webhook_signing import new_secret
from pos_app.clock import DAY_MS, SECOND_MS, VirtualClock
from pos_app.config import CATCH_UP, COPIED, CatchUp
from pos_app.desk import owning
from pos_app.lanes.webhooks import WebhooksWorker
from tests.desk.rule_shop import only, pass_time
from tests.support.receiver import Receiver, Reply, receiving
from tests.support.shops import EVENING, open_test_shop, pickup

SECRET = new_secret()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "data", clock=clock, practice=False) as opened:
        yield opened


def call_when_ready(shop: Shop, url: str, *, personal: bool = False) -> str:
    added = shop.desk.webhooks.add(url, SECRET, personal=personal, lan=True)
    only(shop, On.ENTERED, CallWebhook("", added.id), status="ready")
    return added.id


def make_ready(shop: Shop, clock: VirtualClock) -> str:
    """An order that became ready, after the time to undo it; its number."""
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    pass_time(shop, clock, 31)
    return order.number


def states(shop: Shop) -> list[tuple[str, str, int]]:
    return [(one.state, one.reason, one.tries) for one in shop.desk.webhooks.newest()]


def test_a_program_hears_of_the_order_once_and_can_prove_who_says_it(
    shop: Shop, clock: VirtualClock
) -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        call_when_ready(shop, url)
        number = make_ready(shop, clock)
        worker = WebhooksWorker(shop)
        worker.work()
        worker.work()
    (request,) = receiver.requests
    told = json.loads(request.body)
    assert (told["type"], told["data"]["number"]) == ("order.ready", number)
    assert "guest" not in told["data"]
    assert worker.taken == 1
    assert states(shop) == [("taken", "", 1)]
    # The test's clock is not that of the library: only the signature itself is judged.
    moment = datetime.fromtimestamp(clock.now() // SECOND_MS, UTC)
    signed = Verifier(SECRET).sign(request.headers["webhook-id"], moment, request.body.decode())
    assert signed in request.headers["webhook-signature"].split(" ")


def test_an_undone_order_calls_nobody(shop: Shop, clock: VirtualClock) -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        call_when_ready(shop, url)
        order = shop.desk.place(pickup(shop)).order
        shop.desk.bump(order.id)
        shop.desk.bump(order.id)
        shop.desk.undo(order.id)
        pass_time(shop, clock, 60)
        WebhooksWorker(shop).work()
    assert receiver.requests == []


def test_what_is_not_taken_is_tried_again_with_the_same_id(shop: Shop, clock: VirtualClock) -> None:
    receiver = Receiver(plan=deque([Reply(500), "reset"]))
    with receiving(receiver) as url:
        call_when_ready(shop, url)
        make_ready(shop, clock)
        worker = WebhooksWorker(shop)
        for _ in range(3):
            worker.work()
            clock.advance(DAY_MS)
    first, last = receiver.requests
    assert first.headers["webhook-id"] == last.headers["webhook-id"]
    assert first.body == last.body
    assert states(shop) == [("taken", "", 3)]


def test_a_receiver_that_never_takes_it_ends_as_a_dead_letter_and_holds_up_no_other(
    shop: Shop, clock: VirtualClock
) -> None:
    broken, sound = Receiver(answer=Reply(500)), Receiver()
    with receiving(broken) as bad_url, receiving(sound) as good_url:
        bad = shop.desk.webhooks.add(bad_url, SECRET, personal=False, lan=True)
        good = shop.desk.webhooks.add(good_url, SECRET, personal=False, lan=True)
        steps = (CallWebhook("", bad.id), CallWebhook("", good.id))
        only(shop, On.ENTERED, *steps, status="ready")
        make_ready(shop, clock)
        worker = WebhooksWorker(shop)
        worker.work()
        assert len(sound.requests) == 1
        for _ in range(12):
            clock.advance(2 * DAY_MS)
            worker.work()
    assert ("dead", "gateway_error", 10) in states(shop)
    assert ("taken", "", 1) in states(shop)


def test_one_that_was_removed_is_called_no_more(shop: Shop, clock: VirtualClock) -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        receiver_id = call_when_ready(shop, url)
        make_ready(shop, clock)
        shop.desk.webhooks.remove(receiver_id)
        WebhooksWorker(shop).work()
    assert receiver.requests == []
    assert states(shop) == [("dead", "no_receiver", 1)]


def test_a_store_that_was_copied_calls_nobody_until_a_person_has_caught_up(
    shop: Shop, clock: VirtualClock
) -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        call_when_ready(shop, url)
        make_ready(shop, clock)
        with shop.desk.act() as act:
            copied = CatchUp(EVENING, clock.now(), COPIED)
            owning.write_setting(act, CATCH_UP, copied)
        WebhooksWorker(shop).work()
        assert receiver.requests == []
        shop.desk.evening.finish_catch_up(send=False)
        WebhooksWorker(shop).work()
    assert len(receiver.requests) == 1
