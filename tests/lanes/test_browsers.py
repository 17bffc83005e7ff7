"""A guest's browser from the page to the till and back: who is told, how often, and who no more."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from pos_app import keys
from pos_app.automation.defaults import READY
from pos_app.automation.model import Condition, Field, Group
from pos_app.clock import DAY_MS
from pos_app.config import SmsSettings
from pos_app.desk.browsers import MOST_OF_ORDER
from pos_app.domain.order import Customer, Draft
from pos_app.domain.workflow import Fulfilment
from pos_app.wire import box
from tests.lanes.pushing import Guest, Pushing, pushing, turn_on
from tests.support.push_service import Browser
from tests.support.receiver import Reply
from tests.support.shops import line, open_test_shop, pickup


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Pushing]:
    with pushing(tmp_path / "trattoria") as found:
        yield found


def of_nobody(here: Pushing) -> Draft:
    return Draft(Fulfilment.PICKUP, (line(here.shop, "Margherita"),))


def test_somebody_without_a_name_is_told_that_his_order_is_ready(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place(of_nobody(here))
    assert here.order(order).people_id is None
    assert here.ask(order, guest) == 202
    assert here.endpoints(order) == [guest.endpoint]
    here.ready(order)
    assert here.states(order) == [("push", "sent", "")]
    [shown] = guest.service.shown
    assert set(shown) == {"title", "body", "language"}, "no link, no token"
    assert shown["title"] == f"Trattoria · {order.number}"
    assert shown["language"] == "uk", "in the language of the page on which he asked"
    assert order.number in shown["body"]
    assert "http" not in shown["body"]


def test_who_has_not_asked_is_not_told(here: Pushing) -> None:
    asked, other = here.place(), here.place()
    here.ask(asked, here.guests[0])
    here.ready(other)
    assert here.states(other) == []
    assert here.guests[0].told() == []


def test_the_same_wish_again_changes_nothing(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place()
    for _ in range(3):
        assert here.ask(order, guest) == 202
    assert len(here.contacts(order)) == 1
    kinds = [entry.kind for entry in here.shop.desk.timeline(order.id)]
    assert kinds.count("push_asked") == 1
    here.ready(order)
    assert len(guest.told()) == 1


def test_acts_that_are_read_again_after_a_restore_are_known(here: Pushing) -> None:
    order = here.place()
    here.ask(order, here.guests[0])
    with here.shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE sites SET action_cursor = 0")
    here.ask(order, here.guests[0], "push_off")
    here.sync()
    assert here.contacts(order) == []


def test_keys_that_the_browser_has_changed_take_the_place_of_the_old(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place()
    here.ask(order, guest)
    guest.service.browser = Browser()
    here.ask(order, guest)
    assert here.endpoints(order) == [guest.endpoint]
    here.ready(order)
    assert len(guest.told()) == 1, "sealed to the keys of now"


def test_who_stops_it_is_told_no_more(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place()
    here.ask(order, guest)
    assert here.ask(order, guest, "push_off") == 202
    assert here.contacts(order) == []
    here.ready(order)
    assert guest.told() == []


def test_several_phones_of_one_order_are_all_told_and_the_oldest_leaves(tmp_path: Path) -> None:
    with pushing(tmp_path / "trattoria", MOST_OF_ORDER + 1) as here:
        order = here.place()
        for guest in here.guests:
            here.ask(order, guest)
        assert here.endpoints(order) == [guest.endpoint for guest in here.guests[1:]]
        here.ready(order)
        assert [len(guest.told()) for guest in here.guests] == [0, 1, 1, 1]
        assert here.states(order) == [("push", "sent", "")]


def test_a_phone_that_is_gone_leaves_and_the_others_are_told(tmp_path: Path) -> None:
    with pushing(tmp_path / "trattoria", 2) as here:
        first, newest = here.guests
        order = here.place()
        here.ask(order, first)
        here.ask(order, newest)
        newest.service.plan.append(Reply(410))
        here.ready(order)
        assert here.endpoints(order) == [first.endpoint]
        assert len(first.told()) == 1
        assert here.states(order) == [("push", "sent", "")]


@pytest.mark.parametrize("status", [404, 410, 403])
def test_when_the_last_phone_is_gone_the_text_failed_and_says_so(
    here: Pushing, status: int
) -> None:
    [guest] = here.guests
    order = here.place()
    here.ask(order, guest)
    guest.service.plan.append(Reply(status))
    here.ready(order)
    assert here.contacts(order) == []
    reason = "wrong_key" if status == 403 else "gone"
    assert here.states(order) == [("push", "failed", reason)]


def test_a_busy_service_of_one_phone_holds_up_no_other(tmp_path: Path) -> None:
    with pushing(tmp_path / "trattoria", 2) as here:
        busy, other = here.guests
        order = here.place()
        here.ask(order, other)
        here.ask(order, busy)
        busy.service.plan.append(Reply(429, headers={"Retry-After": "120"}))
        here.ready(order)
        assert len(other.told()) == 1
        assert here.states(order) == [("push", "sent", "")]


def test_a_guest_with_a_number_gets_the_push_and_no_text_beside_it(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place(pickup(here.shop))
    here.ask(order, guest)
    here.ready(order)
    assert here.states(order) == [("push", "sent", "")]
    [message] = here.messages(order)
    assert json.loads(message.legs) == []


def test_his_number_follows_when_the_phone_is_gone(here: Pushing) -> None:
    here.shop.desk.set_sms(_sms(), "word")
    [guest] = here.guests
    order = here.place(pickup(here.shop))
    here.ask(order, guest)
    guest.service.plan.append(Reply(410))
    here.ready(order)
    assert here.states(order) == [("push", "failed", "gone"), ("sms", "waiting", "")]


def test_who_wanted_no_texts_on_his_number_gets_none_there(here: Pushing) -> None:
    here.shop.desk.set_sms(_sms(), "word")
    [guest] = here.guests
    order = here.place(pickup(here.shop, texts=False))
    here.ask(order, guest)
    guest.service.plan.append(Reply(410))
    here.ready(order)
    assert here.states(order) == [("push", "failed", "gone")]


def _sms() -> SmsSettings:
    return SmsSettings("smsgate", "http://127.0.0.1:9", "user", lan=True)


def test_wishes_about_an_order_that_has_ended_come_too_late(here: Pushing) -> None:
    order = here.place()
    here.wish(order, here.guests[0].wish())
    for _ in range(3):
        here.shop.desk.bump(order.id)
    here.sync()
    assert here.contacts(order) == []
    assert here.order(order).people_id is None


def test_what_was_sealed_to_a_lost_key_is_passed_over(here: Pushing) -> None:
    order = here.place()
    here.wish(order, here.guests[0].wish())
    here.shop.keys.put(keys.BOX, bytes(range(32)))
    here.sync()
    assert here.contacts(order) == []
    # The site is told the new key with whatever changes next, and it works again.
    turn_on(here.shop)
    here.sync()
    assert here.profile().box_key == box.public_text(bytes(range(32)))
    here.ask(order, here.guests[0])
    assert len(here.contacts(order)) == 1


@pytest.mark.parametrize("endpoint", ["https://127.0.0.1:1/x", "https://10.1.2.3/x"])
def test_an_address_inside_is_kept_only_where_a_manager_ticked_it(
    tmp_path: Path, endpoint: str
) -> None:
    with pushing(tmp_path / "trattoria", 0, lan=False) as here:
        order = here.place()
        subscribed = json.loads(Browser().subscription(endpoint))
        body = {"kind": "push_on", "subscription": subscribed, "language": "en"}
        assert here.wish(order, json.dumps(body).encode()) == 202, "a site on trial takes it"
        here.sync()
        assert here.contacts(order) == []


def test_a_name_that_leads_inside_is_never_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pushing(tmp_path / "trattoria", lan=False) as here:
        [guest] = here.guests
        order = here.place()
        # Its letters look harmless; where it leads is judged when it is called.
        named = Guest(guest.service, guest.origin.replace("127.0.0.1", "push.example"))
        here.ask(order, named)
        assert here.endpoints(order) == [named.endpoint]
        found = socket.getaddrinfo

        def leading_inside(host: str, *more: Any, **named: Any) -> Any:
            return found("127.0.0.1" if host == "push.example" else host, *more, **named)

        monkeypatch.setattr(socket, "getaddrinfo", leading_inside)
        here.ready(order)
        assert here.states(order) == [("push", "failed", "bad_address")]
        assert guest.service.requests == []


def test_texts_that_were_stopped_are_stopped_on_browsers_too(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place(pickup(here.shop))
    here.ask(order, guest)
    httpx.post(f"{here.url(order, 'personal')}/stop", timeout=10)
    here.sync()
    here.ready(order)
    assert guest.told() == []
    assert here.ask(order, guest) == 409


def test_an_erased_guest_s_browsers_are_in_no_byte_of_the_store(here: Pushing) -> None:
    [guest] = here.guests
    order = here.place(
        Draft(
            Fulfilment.PICKUP,
            (line(here.shop, "Margherita"),),
            customer=Customer("Iryna", "+380671234567", "uk"),
        )
    )
    here.ask(order, guest)
    told = here.shop.desk.privacy.export("+380671234567")
    assert guest.endpoint in str(told)
    for _ in range(3):
        here.shop.desk.bump(order.id)
    here.shop.desk.privacy.erase("+380671234567")
    for path in here.shop.data.glob("store.sqlite*"):
        assert guest.path.encode() not in path.read_bytes()


def test_a_browser_is_forgotten_with_the_page_on_which_it_asked(here: Pushing) -> None:
    [guest] = here.guests
    open_still, over = here.place(), here.place()
    for order in (open_still, over):
        here.ask(order, guest)
    for _ in range(3):
        here.shop.desk.bump(over.id)
    privacy = here.shop.desk.privacy
    here.clock.advance(13 * DAY_MS)
    privacy.anonymise_due()
    assert len(here.contacts(over)) == 1, "as long as the page can be opened"
    here.clock.advance(2 * DAY_MS)
    privacy.anonymise_due()
    assert here.contacts(over) == []
    assert here.endpoints(open_still) == [guest.endpoint]
    assert privacy.kept().people == 0, "whom nobody knows is no guest that is known"


def test_the_ready_rules_of_an_older_shop_reach_guests_without_a_number(tmp_path: Path) -> None:
    asked = (Condition(Field.ORDER_TEXTS, ("yes",)), Condition(Field.HAS_PHONE, ("yes",)))
    with open_test_shop(tmp_path / "shop", practice=False) as shop:
        kind = Condition(Field.FULFILMENT, ("pickup",))
        as_was = msgspec.structs.replace(READY, when=Group(conditions=(kind, *asked)))
        steps = (msgspec.structs.replace(READY.steps[0], id=""),)
        own = msgspec.structs.replace(as_was, id="", pack="", name="Ours", steps=steps)
        shop.desk.rules.save(as_was, on=False)
        own = shop.desk.rules.save(own, on=True)
        turn_on(shop)
        known = {one.rule.id: one for one in shop.desk.rules.everything()}
        assert known[READY.id].rule.when == READY.when
        assert not known[READY.id].on, "who had switched it off has it off"
        assert known[own.id].rule == own, "what an owner wrote asks what he wrote"
        turn_on(shop)
        again = {one.rule.id: one for one in shop.desk.rules.everything()}
        assert again[READY.id].version == known[READY.id].version, "once is enough"
