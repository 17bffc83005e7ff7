"""The owner is told how a day was: once, late if need be, and never twice in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos_app.automation.model import On, TellOwner
from pos_app.automation.pack import ready_rule
from pos_app.bootstrap import Shop, add_channel
from pos_app.channels.setups_direct import PLAIN
from pos_app.clock import HOUR_MS, MINUTE_MS, VirtualClock
from pos_app.config import Owner, WayOut
from pos_app.errors import BadInput
from pos_app.insights.summary import of_day
from pos_app.lanes.lease import Lease
from pos_app.lanes.owner import OwnerWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.store import owner_texts, spend
from tests.desk.rule_shop import only
from tests.lanes.ways import BLIND, PHONE, crossroads
from tests.support.mail_server import Mailbox, serving
from tests.support.shops import EVENING, open_test_shop, pickup

MAIL = "owner@trattoria.example"
TODAY = "2026-11-23"
LETTER = TellOwner("", ("mail",), "today")
AT_23 = 2 * HOUR_MS
"""The evening of these tests begins at 21:00 in Kyiv."""


@dataclass
class Office:
    """A till whose rule tells the owner at 23:00; `turn` is a round of its lanes."""

    shop: Shop
    clock: VirtualClock
    mailbox: Mailbox

    def turn(self) -> int:
        """How many texts left."""
        lease = Lease(self.shop)
        assert lease.take()
        try:
            TimersWorker(self.shop, lease.fence, None).work()
            worker = OwnerWorker(self.shop, lease.fence, of_day)
            worker.work()
            worker.close()
            return worker.sent
        finally:
            lease.release()

    def states(self) -> list[tuple[str, str, str, str]]:
        """`(day, channel, state, reason)`, the oldest first."""
        told = reversed(self.shop.desk.owner.newest())
        return [(one.day, one.channel, one.state, one.reason) for one in told]

    def letters(self) -> list[str]:
        return [letter.get_content() for letter in self.mailbox.letters()]


@contextmanager
def office(data: Path, clock: VirtualClock, mailbox: Mailbox, port: int) -> Iterator[Office]:
    with open_test_shop(data, clock=clock, practice=False) as shop:
        if not shop.desk.setup().settings.ways:
            setup = {"host": "127.0.0.1", "sender": "till@trattoria.example", "port": port,
                     "security": PLAIN, "lan": True}  # fmt: skip
            add_channel(shop, WayOut("post", "mail", "mail", setup), "")
            shop.desk.owner.set_addresses(Owner(mail=MAIL))
            only(shop, On.DAILY, LETTER, at="23:00")
        yield Office(shop, clock, mailbox)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with serving(mailbox) as found:
        yield found


@pytest.fixture
def open_office(
    tmp_path: Path, clock: VirtualClock, mailbox: Mailbox, port: int
) -> Iterator[Office]:
    with office(tmp_path / "shop", clock, mailbox, port) as found:
        yield found


def test_the_day_comes_by_mail_at_its_time_and_once(open_office: Office) -> None:
    desk = open_office.shop.desk
    desk.place(pickup(open_office.shop, paid=True))
    desk.cancel(desk.place(pickup(open_office.shop)).order.id, "gone")
    open_office.turn()
    assert open_office.letters() == []
    open_office.clock.advance(AT_23)
    assert [open_office.turn() for _ in range(3)] == [1, 0, 0]
    [letter] = open_office.mailbox.letters()
    assert letter["To"] == MAIL
    assert letter["Subject"] == "Trattoria · 23.11.2026: 1 order, 220 ₴"
    said = letter.get_content()
    assert "Received: 220 ₴ (card 220 ₴)" in said
    assert "Cancelled: 1 (A2)" in said
    assert "Iryna" not in said
    assert "67123" not in said, "no guest stands in a letter"
    assert open_office.states() == [(TODAY, "mail", "sent", "")]


def test_each_day_has_its_own_letter_and_a_till_that_slept_sends_the_latest(
    open_office: Office,
) -> None:
    open_office.clock.advance(AT_23)
    open_office.turn()
    open_office.clock.advance(3 * 24 * HOUR_MS + 20 * HOUR_MS)
    open_office.turn()
    open_office.turn()
    assert [state[:3] for state in open_office.states()] == [
        (TODAY, "mail", "sent"),
        ("2026-11-26", "mail", "sent"),
    ]


def test_a_till_that_starts_again_does_not_say_it_twice(
    tmp_path: Path, clock: VirtualClock, mailbox: Mailbox, port: int
) -> None:
    with office(tmp_path / "shop", clock, mailbox, port) as first:
        clock.advance(AT_23)
        first.turn()
    with office(tmp_path / "shop", clock, mailbox, port) as second:
        clock.advance(MINUTE_MS)
        second.turn()
        assert len(second.letters()) == 1


def test_a_letter_that_may_have_left_is_left_to_a_person(
    open_office: Office, mailbox: Mailbox
) -> None:
    mailbox.drop = "DATA"
    open_office.clock.advance(AT_23)
    open_office.turn()
    mailbox.drop = ""
    open_office.clock.advance(HOUR_MS)
    open_office.turn()
    assert len(mailbox.raw) == 1
    assert open_office.states() == [(TODAY, "mail", "uncertain", "unknown_outcome")]


def test_a_server_that_has_no_time_is_asked_again(open_office: Office, mailbox: Mailbox) -> None:
    mailbox.refuse = {"RCPT": "451 later"}
    open_office.clock.advance(AT_23)
    open_office.turn()
    [(_, _, state, _)] = open_office.states()
    assert (state, mailbox.raw) == ("waiting", [])
    mailbox.refuse = {}
    open_office.clock.advance(HOUR_MS)
    open_office.turn()
    assert len(mailbox.raw) == 1
    assert open_office.states() == [(TODAY, "mail", "sent", "")]


def test_what_is_a_day_old_is_not_said_any_more(open_office: Office, mailbox: Mailbox) -> None:
    mailbox.refuse = {"RCPT": "451 later"}
    open_office.clock.advance(AT_23)
    open_office.turn()
    mailbox.refuse = {}
    for known in open_office.shop.desk.rules.everything():
        open_office.shop.desk.rules.switch(known.rule.id, on=False)
    open_office.clock.advance(24 * HOUR_MS)
    open_office.turn()
    assert mailbox.raw == []
    assert open_office.states() == [(TODAY, "mail", "expired", "too_late")]


def test_a_holder_that_died_after_its_claim_leaves_a_letter_in_doubt(open_office: Office) -> None:
    """The row says that it was being sent, under a fence that is gone."""
    open_office.clock.advance(AT_23)
    lease = Lease(open_office.shop)
    assert lease.take()
    TimersWorker(open_office.shop, lease.fence, None).work()
    with open_office.shop.database.write() as connection:
        [row] = owner_texts.due(connection, "mail", lease.fence, open_office.clock.now())
        assert owner_texts.claim(connection, row, lease.fence, open_office.clock.now(), "x")
        assert not owner_texts.claim(connection, row, lease.fence, open_office.clock.now(), "x")
    lease.release()
    open_office.turn()
    assert open_office.letters() == []
    assert open_office.states() == [(TODAY, "mail", "uncertain", "unknown_outcome")]


def test_without_an_address_or_a_way_nothing_waits_for_ever(open_office: Office) -> None:
    desk = open_office.shop.desk
    desk.owner.set_addresses(Owner(phone="067 123 45 67"))
    both = replace_step(("mail", "sms"))
    only(open_office.shop, On.DAILY, both, at="23:00")
    open_office.clock.advance(AT_23)
    open_office.turn()
    assert open_office.states() == [
        (TODAY, "mail", "dropped", "no_address"),
        (TODAY, "sms", "dropped", "no_channel"),
    ]


def test_yesterday_is_the_business_date_before_the_rules_time(open_office: Office) -> None:
    only(open_office.shop, On.DAILY, replace_step(("mail",), "yesterday"), at="02:00")
    open_office.clock.advance(5 * HOUR_MS)
    open_office.turn()
    # At two at night the shop still books on the 23rd.
    assert open_office.states() == [("2026-11-22", "mail", "sent", "")]


def replace_step(channels: tuple[str, ...], day: str = "today") -> TellOwner:
    return TellOwner("", channels, day)


@pytest.mark.parametrize(
    ("field", "owner"),
    [
        ("mail", Owner(mail="owner")),
        ("mail", Owner(mail="a b@example.com")),
        ("mail", Owner(mail="x@localhost")),
        ("phone", Owner(phone="12")),
        ("telegram", Owner(telegram="@owner")),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    open_office: Office, field: str, owner: Owner
) -> None:
    with pytest.raises(BadInput) as refused:
        open_office.shop.desk.owner.set_addresses(owner)
    assert refused.value.field == field
    assert open_office.shop.desk.setup().settings.owner == Owner(mail=MAIL)


# As an SMS: repeated under one id where the gateway knows it, and paid for


@pytest.mark.parametrize(("kind", "ends_as"), [(PHONE, "sent"), (BLIND, "uncertain")])
def test_an_sms_whose_outcome_nobody_knows(tmp_path: Path, kind: str, ends_as: str) -> None:
    with crossroads(tmp_path / "shop", (kind, "sms"), price=50) as found:
        found.shop.desk.owner.set_addresses(Owner(phone="+380671112233"))
        only(found.shop, On.DAILY, replace_step(("sms",)), at="23:00")
        found.pass_time(2 * 3600)
        found.turn()
        gateway = found.places["sms"]
        if kind == PHONE:
            gateway.plan.append("take-reset")
        else:
            gateway.says = [(502, {})]
        worker = OwnerWorker(found.shop, found.lease.fence, of_day)
        worker.work()
        found.pass_time(3600)
        worker.work()
        worker.close()
        [told] = found.shop.desk.owner.newest()
        assert told.state == ends_as
        if kind == PHONE:
            assert len(gateway.taken) == 1, "repeated under one id"
        with found.shop.database.read() as connection:
            [row] = spend.of_month(connection, "2026-11")
        assert (row.about, row.messages) == ("day_summary", 1)


def test_the_ready_rule_is_what_the_owner_switches_on(open_office: Office) -> None:
    rule = ready_rule("daily_mail", "en")
    assert rule is not None
    saved = open_office.shop.desk.rules.save(rule, on=True)
    assert saved.steps == rule.steps
