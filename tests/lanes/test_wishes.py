"""A guest who wants no texts gets none, on any channel, in any order; money and caps hold."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app import paths
from pos_app.automation.model import On, Options, Send
from pos_app.bootstrap import Shop
from pos_app.domain.opening import OpeningHours
from pos_app.errors import BadInput
from pos_app.lanes.state import status
from pos_app.store import spend
from tests.desk.rule_shop import only
from tests.lanes.ways import BLIND, PHONE, TWILIO, Crossroads, crossroads
from tests.support import twilio_account
from tests.support.shops import pickup

IRYNA, TARAS = "+380671234567", "+380501112233"


@pytest.fixture
def open_shop(tmp_path: Path) -> Iterator[Crossroads]:
    with crossroads(tmp_path / "shop", (PHONE, "sms"), (BLIND, "telegram"), price=100) as found:
        yield found


def test_who_has_stopped_texts_gets_none_about_later_orders(open_shop: Crossroads) -> None:
    assert open_shop.shop.desk.wishes.opt_out("067 123 45 67", "sms", "command") == 0
    order = open_shop.ready()
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", "opted_out")]
    other = open_shop.ready(phone=TARAS)
    open_shop.turn()
    assert open_shop.states(other) == [("sms", "sent", "")]
    assert open_shop.shop.desk.wishes.opt_in_again(IRYNA)
    again = open_shop.ready()
    open_shop.turn()
    assert open_shop.states(again) == [("sms", "sent", "")]


def test_what_waits_when_he_stops_is_dropped(open_shop: Crossroads) -> None:
    order = open_shop.ready()
    assert open_shop.shop.desk.wishes.opt_out(IRYNA) == 1
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", "opted_out")]
    assert open_shop.places["sms"].requests == 0


def test_a_stop_in_one_channel_holds_for_all_of_the_guest(open_shop: Crossroads) -> None:
    first = open_shop.ready()
    open_shop.turn()
    people_id = open_shop.texts(first)[0].people_id
    assert people_id is not None
    open_shop.shop.desk.wishes.add_contact(people_id, "telegram", "4711")
    assert open_shop.shop.desk.wishes.heard("4711", "telegram", "Стоп!") == "stop"
    second = open_shop.ready()
    open_shop.turn()
    assert open_shop.states(second) == [("sms", "dropped", "opted_out")]
    assert open_shop.shop.desk.wishes.heard("4711", "telegram", "where is my pizza?") == ""
    assert open_shop.shop.desk.wishes.heard("4711", "telegram", "start") == "start"


def test_a_stop_counts_at_the_claim_too(open_shop: Crossroads) -> None:
    order = open_shop.ready()
    people_id = open_shop.texts(order)[0].people_id
    assert people_id is not None
    # He stopped in a chat that nobody knew to be his when the text was born.
    open_shop.shop.desk.wishes.opt_out("4711", "telegram", "reply")
    open_shop.shop.desk.wishes.add_contact(people_id, "telegram", "4711")
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", "opted_out")]
    assert open_shop.places["sms"].requests == 0


def test_a_stop_outlives_the_guests_row_and_names_nobody(open_shop: Crossroads) -> None:
    order = open_shop.ready()
    open_shop.shop.desk.wishes.opt_out(IRYNA)
    open_shop.shop.desk.cancel(order.id, "test")
    open_shop.shop.desk.privacy.erase(IRYNA)
    files = open_shop.shop.data.glob("store.sqlite*")
    assert not any(b"671234567" in file.read_bytes() for file in files)
    again = open_shop.ready()
    assert open_shop.states(again)[-1] == ("sms", "dropped", "opted_out")


def test_a_provider_that_knows_of_a_stop_is_believed(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (TWILIO, "sms")) as found:
        found.limit(abroad=True)
        twilio_account.REFUSED[IRYNA] = 21610
        try:
            order = found.ready()
            found.turn()
        finally:
            del twilio_account.REFUSED[IRYNA]
        assert found.states(order) == [("sms", "failed", "unsubscribed")]
        assert found.states(found.ready()) == [("sms", "dropped", "opted_out")]


def test_an_order_by_hand_only_hears_people_and_no_rules(open_shop: Crossroads) -> None:
    order = open_shop.place()
    open_shop.shop.desk.wishes.order_by_hand(order.id, True)
    open_shop.shop.desk.bump(order.id)
    open_shop.shop.desk.bump(order.id)
    open_shop.pass_time(31)
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", "by_hand")]
    open_shop.shop.desk.wishes.order_by_hand(order.id, False)
    assert "by_hand_off" in [e.kind for e in open_shop.shop.desk.timeline(order.id)]


def test_a_guest_by_hand_only_and_what_a_person_sends_still_goes(open_shop: Crossroads) -> None:
    order = open_shop.ready()
    open_shop.turn()
    assert open_shop.shop.desk.wishes.guest_by_hand(IRYNA, True) == 1
    open_shop.shop.desk.recall(order.id)
    open_shop.shop.desk.kitchen.tell_correction(order.id)
    open_shop.turn()
    assert open_shop.states(order)[-1] == ("sms", "sent", "")
    second = open_shop.ready()
    open_shop.turn()
    assert open_shop.states(second)[-1] == ("sms", "dropped", "by_hand")


def test_spend_is_counted_where_the_text_is_recorded(open_shop: Crossroads) -> None:
    orders = [open_shop.ready(phone=phone) for phone in (IRYNA, TARAS)]
    open_shop.turn()
    assert [open_shop.texts(order)[0].cost for order in orders] == [100, 100]
    with open_shop.shop.database.read() as connection:
        assert spend.total(connection, "2026-11") == 200
        [row] = spend.of_month(connection, "2026-11")
    assert (row.channel, row.about, row.messages, row.parts) == ("sms", "ready", 2, 2)


def test_a_used_budget_says_whom_to_call(open_shop: Crossroads) -> None:
    open_shop.limit(month_budget=250)
    orders = [open_shop.ready(phone=f"+38067123450{digit}") for digit in range(4)]
    open_shop.turn()
    found = [open_shop.states(order)[0][1:] for order in orders]
    assert found == [("sent", ""), ("sent", ""), ("dropped", "budget"), ("dropped", "budget")]
    numbers = f"{orders[2].number}, {orders[3].number}"
    assert status(open_shop.shop, "en").sentence == f"Text budget used. Call guests: {numbers}"
    open_shop.shop.desk.cancel(orders[2].id, "gone")
    assert status(open_shop.shop, "en").sentence.endswith(f": {orders[3].number}")


@pytest.mark.parametrize(
    ("phone", "reason"), [("+48501234567", "foreign"), ("+380900212345", "premium")]
)
def test_numbers_that_could_make_somebody_rich_get_nothing(
    open_shop: Crossroads, phone: str, reason: str
) -> None:
    order = open_shop.ready(phone=phone)
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", reason)]
    assert open_shop.places["sms"].requests == 0


def test_one_number_gets_no_more_than_its_share_of_a_day(open_shop: Crossroads) -> None:
    open_shop.limit(to_number_a_day=2)
    orders = [open_shop.ready() for _ in range(3)]
    open_shop.turn()
    assert [open_shop.states(order)[0][1:] for order in orders] == [
        ("sent", ""),
        ("sent", ""),
        ("dropped", "too_many"),
    ]
    open_shop.pass_time(24 * 3600)
    tomorrow = open_shop.ready()
    open_shop.turn()
    assert open_shop.states(tomorrow) == [("sms", "sent", "")]


def test_the_settings_of_limits_name_what_is_wrong(open_shop: Crossroads) -> None:
    desk = open_shop.shop.desk.channels
    with pytest.raises(BadInput) as error:
        desk.set_limits(replace(desk.limits(), prefixes=("067",)))
    assert error.value.field == "prefixes"


def test_a_till_moved_to_another_computer_says_that_it_knows_no_stops(
    open_shop: Crossroads,
) -> None:
    """The keys stay behind: `keys` is the folder of this computer's secrets."""
    wishes = open_shop.shop.desk.wishes
    assert not wishes.stops_are_lost()
    wishes.opt_out(IRYNA, "sms", "desk")
    assert not wishes.stops_are_lost()
    with other_keys(open_shop.shop):
        assert wishes.stops_are_lost()
        open_shop.pass_time(1)
        wishes.opt_out(TARAS, "sms", "desk")
        assert wishes.stops_are_lost(), "a new key does not find the old stops"
        assert wishes.forget_lost_stops() == 1
        assert not wishes.stops_are_lost()
        assert wishes.forget_lost_stops() == 0


def test_keys_that_are_brought_along_know_all_stops_again(open_shop: Crossroads) -> None:
    wishes = open_shop.shop.desk.wishes
    wishes.opt_out(IRYNA, "sms", "desk")
    with other_keys(open_shop.shop):
        assert wishes.stops_are_lost()
    assert not wishes.stops_are_lost()


@contextmanager
def other_keys(shop: Shop) -> Iterator[None]:
    """The folder of secrets as on a computer that never had this store."""
    folder = paths.keys_folder(shop.data)
    aside = folder.with_name("keys of the old computer")
    folder.rename(aside)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)


# Offers, feedback, and the shop's quiet hours

QUIET = OpeningHours(quiet=("21:10", "09:00"))


def test_an_offer_stops_with_the_offers_whatever_it_is_about(open_shop: Crossroads) -> None:
    """Of a budget of ten texts six may be offers and eight may be about orders."""
    open_shop.limit(month_budget=2_000)
    with open_shop.shop.database.write() as connection:
        spend.add(connection, "2026-11", "sms", "ready", parts=26, cost=1_300)
    agree(open_shop)
    for offer, found in ((True, ("dropped", "spared")), (False, ("sent", ""))):
        only(open_shop.shop, On.PLACED, Send("", "premium", grace_s=0, offer=offer))
        order = open_shop.place()
        open_shop.turn()
        assert open_shop.states(order)[-1][1:] == found
    assert status(open_shop.shop, "en").sentence == "", "nobody is called for an offer"


def test_a_text_that_was_held_up_does_not_leave_in_the_quiet_hours(open_shop: Crossroads) -> None:
    open_shop.shop.desk.owner.set_hours(QUIET)
    ask = Send("", "delivered_feedback", grace_s=0, ttl_minutes=24 * 60)
    only(open_shop.shop, On.PLACED, ask, options=Options(not_quiet=True))
    open_shop.places["sms"].plan.append("refuse:503:700")
    order = open_shop.place()
    open_shop.pass_time(11)
    open_shop.turn()
    open_shop.pass_time(3600)
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "waiting", open_shop.texts(order)[0].reason)]
    assert open_shop.places["sms"].taken == []
    open_shop.pass_time(11 * 3600)
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "sent", "")]


def test_a_text_that_would_be_too_old_in_the_morning_is_dropped(open_shop: Crossroads) -> None:
    ask = Send("", "delivered_feedback", grace_s=0, ttl_minutes=120)
    only(open_shop.shop, On.PLACED, ask, options=Options(not_quiet=True))
    order = open_shop.place()
    open_shop.shop.desk.owner.set_hours(OpeningHours(quiet=("20:00", "09:00")))
    open_shop.pass_time(11)
    open_shop.turn()
    assert open_shop.states(order) == [("sms", "dropped", "quiet")]


def agree(open_shop: Crossroads) -> None:
    """The guest of these tests wants offers."""
    draft = pickup(open_shop.shop)
    wants = replace(draft.customer, offers=True)
    open_shop.shop.desk.place(replace(draft, customer=wants))
