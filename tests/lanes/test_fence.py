"""Who may send: the fence, the race with undo, and no call while a transaction is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from sqlalchemy import Connection

from pos_app.domain.order import Order
from pos_app.errors import AlreadyLeft
from pos_app.store import sending
from pos_app.store.database import Database
from tests.lanes.rounds import Evening
from tests.lanes.served import Served


def test_a_claim_of_a_dead_holder_is_sent_again_under_its_id(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    [waiting] = tonight.texts(order)
    with tonight.shop.database.write() as connection:
        assert sending.claim(connection, waiting.id, tonight.lease.fence, tonight.clock.now())
    tonight.take_over()
    tonight.send()
    assert tonight.gateway.ids() == [waiting.uid]
    assert tonight.states(order) == [("ready", "sent", "")]


def test_a_holder_that_lost_the_lease_neither_claims_nor_records(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    old = tonight.worker
    [waiting] = tonight.texts(order)
    old_fence = tonight.lease.fence
    with tonight.shop.database.write() as connection:
        assert sending.claim(connection, waiting.id, old_fence, tonight.clock.now())
    tonight.lease.release()
    assert tonight.lease.take()
    assert old.work() is not None
    assert tonight.gateway.requests == 0
    with tonight.shop.database.write() as connection:
        now = tonight.clock.now()
        assert sending.claim_again(connection, waiting.id, tonight.lease.fence, now)
        late = sending.settle(
            connection, waiting.id, old_fence, now, outcome="accepted", state="failed"
        )
    assert not late
    assert tonight.states(order) == [("ready", "sending", "")]


def race(tonight: Evening, order: Order) -> int:
    """Undo and claim at the same moment; how many undos were refused."""
    together = threading.Barrier(2)
    lost: list[AlreadyLeft] = []

    def undo() -> None:
        together.wait(5)
        try:
            tonight.shop.desk.undo(order.id)
        except AlreadyLeft as error:
            lost.append(error)

    racer = threading.Thread(target=undo)
    racer.start()
    together.wait(5)
    tonight.send()
    racer.join()
    return len(lost)


def test_undo_and_claim_race_and_exactly_one_wins(tonight: Evening) -> None:
    for _ in range(20):
        before = len(tonight.gateway.taken)
        order = tonight.make_ready(tonight.place())
        tonight.pass_time(30)
        lost = race(tonight, order)
        kind = tonight.shop.desk.cards([order.id])[order.id].order.kind.value
        texts = len(tonight.gateway.taken) - before
        assert (kind, tonight.states(order)[-1][1], texts, lost) in {
            ("ready", "sent", 1, 1),
            ("preparing", "cancelled", 0, 0),
        }
    assert tonight.shop.desk.check().problems == ()


@contextmanager
def no_calls_inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Notes every call to the network that is made while this thread writes."""
    inside = threading.local()
    broken: list[str] = []
    write = Database.write

    @contextmanager
    def watched(self: Database) -> Iterator[Connection]:
        with write(self) as connection:
            inside.writing = True
            try:
                yield connection
            finally:
                inside.writing = False

    send = requests.Session.send

    def noted(self: requests.Session, request: requests.PreparedRequest, **named: Any) -> Any:
        if getattr(inside, "writing", False):
            broken.append(str(request.method))
        return send(self, request, **named)

    monkeypatch.setattr(Database, "write", watched)
    monkeypatch.setattr(requests.Session, "send", noted)
    yield broken


def test_no_text_is_sent_while_a_transaction_is_open(
    tonight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    with no_calls_inside(monkeypatch) as broken:
        tonight.make_ready(tonight.place())
        tonight.pass_time(31)
        tonight.send()
        tonight.pass_time(5)
        tonight.send()
        assert tonight.gateway.requests == 2
        assert broken == []
        channel = tonight.worker._outlet.current()
        assert channel is not None
        with tonight.shop.database.write():
            channel.poll("anything")
        assert broken == ["GET"], "the watch can fail"


def test_nothing_is_pushed_or_pulled_while_a_transaction_is_open(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with no_calls_inside(monkeypatch) as broken:
        order = here.place()
        here.push.work()
        here.shop.desk.bump(order.id)
        here.push.work()
        here.pull.work()
        assert here.push.pushed == 2
        assert broken == []
        with here.shop.database.write():
            here.pull._line.to(here.active())[0].actions(0, 0)
        assert broken == ["GET"], "the watch can fail"
