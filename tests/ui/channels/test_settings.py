"""Settings, Channels: ways out are set up, tried, ordered and removed in the window."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap import add_channel
from pos_app.config import SmsSettings, TextLimits, WayOut
from pos_app.domain.cascade import Leg
from pos_app.lanes.outlet import Outlet, sealed_of
from pos_app.lanes.state import LaneStates, lane_of
from tests.support import gateway
from tests.support.gateway import Gateway
from tests.support.window import Till
from tests.ui.channels.hand import (
    NUMBER,
    answered,
    begin,
    fill,
    refused,
    save,
    stored,
    touch,
    try_it,
    ways,
)


def test_a_shop_without_any_is_told_what_fits_whom(shop: Till) -> None:
    shop.tap("rail:settings")
    shop.tap("section:channels")
    shop.wait(lambda: "No text can leave yet" in shop.text("way_kinds"), "the advice")
    assert shop.find("way_kind:smsgate").accessibleName().startswith("Android phone. SMS from")
    assert not shop.sees("way_kinds_leave"), "there is nothing to go back to"


def test_the_phone_s_form_says_each_fault_at_its_field(shop: Till) -> None:
    begin(shop, "smsgate")
    for answers, field, words in (
        ({"url": "phone"}, "url", "no web address"),
        ({"url": "http://127.0.0.1:9"}, "url", "must begin with https"),
        ({"lan": "on"}, "username", "must not be empty"),
        ({"username": "till"}, "secret", "must not be empty"),
        ({"secret": "word", "price": "much"}, "price", "not an amount"),
    ):
        fill(shop, answers)
        refused(shop, field, words)
    fill(shop, {"price": "0,4"})
    save(shop)
    shop.wait(lambda: shop.sees("way_trial"), "saved")
    assert shop.shop.desk.setup().settings.sms == SmsSettings(
        "smsgate", "http://127.0.0.1:9", "till", lan=True
    )
    assert stored(shop, "phone").price == 4_000
    touch(shop, "way_ask")
    assert "Nobody answers" in answered(shop), "the phone is off"


def test_the_phone_is_tried_and_its_password_mended(shop: Till) -> None:
    phone = Gateway()
    with gateway.running(phone) as url:
        begin(shop, "smsgate")
        fill(shop, {"url": url, "username": gateway.USERNAME, "secret": "wrong", "lan": "on"})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved")
        assert shop.text("way_to") == "067 123 4567", "his own, to begin with"
        said = try_it(shop, NUMBER)
        assert "the password or token is wrong" in said
        assert "under Change" in said
        touch(shop, "way_trial_leave")
        shop.wait(lambda: "wrong" in shop.text("way_state:phone"), "it stands on the card")
        touch(shop, "way_change:phone")
        assert shop.text("way_secret") == "", "a secret is never shown again"
        assert shop.text("way_url") == url
        fill(shop, {"secret": gateway.PASSWORD})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved again")
        touch(shop, "way_ask")
        assert answered(shop) == "Somebody is there, and knows us."
        assert try_it(shop, NUMBER).startswith("Accepted")
        assert phone.taken[0]["phoneNumbers"] == ["+380671234567"]
        touch(shop, "way_trial_leave")
        shop.wait(lambda: "it works" in shop.text("way_state:phone"), "it stands on the card")


def test_whoever_is_led_to_the_phone_finds_its_form(shop: Till) -> None:
    shop.tap("rail:settings")
    shop.window.settings.show_section("sms")
    shop.wait(lambda: shop.sees("way_form") and shop.text("way_form") == "Android phone", "empty")
    shop.shop.desk.set_sms(SmsSettings("smsgate", "http://10.0.0.5:8080", "till", lan=True), "word")
    shop.settle()
    shop.window.settings.show_section("sms")
    shop.wait(lambda: shop.text("way_url") == "http://10.0.0.5:8080", "as it is set up")


# Several of them


def two_ways(till: Till) -> None:
    """The phone and a service beside it, of which nobody answers."""
    sms = SmsSettings("smsgate", "http://127.0.0.1:9", "till", lan=True)
    till.shop.desk.set_sms(sms, "word")
    club = WayOut(
        "club", "", "smsclub", {"sender": "Roma", "url": "http://127.0.0.1:9", "lan": True}
    )
    add_channel(till.shop, club, "token")
    till.tap("rail:settings")
    till.tap("section:channels")
    till.wait(lambda: till.sees("way:club"), "the cards")


def test_the_lane_follows_the_order_of_the_cards(shop: Till) -> None:
    two_ways(shop)
    assert not shop.find("way_up:phone").isEnabled()
    touch(shop, "way_up:club")
    shop.wait(lambda: ways(shop) == ["club", "phone"], "changed places")
    shop.wait(lambda: not shop.find("way_up:club").isEnabled(), "it is first")
    outlet = Outlet(shop.shop, "sms")
    try:
        outlet.current()
        assert outlet.way_name == "club"
    finally:
        outlet.close()
    touch(shop, "way_down:club")
    shop.wait(lambda: ways(shop) == ["phone", "club"], "back")


def test_removing_asks_once_and_not_modally(shop: Till) -> None:
    two_ways(shop)
    touch(shop, "way_remove:club")
    touch(shop, "way_no:club")
    assert ways(shop) == ["phone", "club"]
    touch(shop, "way_remove:club")
    # What its lane has to say meanwhile does not take the question away.
    LaneStates(shop.shop).note(lane_of("sms"), "unreachable")
    shop.window.settings.channels.look()
    shop.settle()
    touch(shop, "way_yes:club")
    shop.wait(lambda: not shop.sees("way:club"), "gone")
    assert ways(shop) == ["phone"]
    phone = stored(shop, "phone")
    assert sealed_of(shop.shop, phone)
    touch(shop, "way_remove:phone")
    touch(shop, "way_yes:phone")
    shop.wait(lambda: shop.sees("way_kind:smsgate"), "the kinds again")
    assert shop.shop.desk.setup().settings.sms.kind == "none"
    assert sealed_of(shop.shop, phone) == "", "and its password is forgotten, as was said"


def test_a_card_says_since_when_and_why_nothing_leaves(shop: Till) -> None:
    two_ways(shop)
    assert shop.text("way_state:phone") == "Not tried yet"
    states = LaneStates(shop.shop)
    states.note(lane_of("sms"), "credentials")
    states.note(lane_of("sms", 1), "timeout")
    shop.window.settings.channels.look()
    shop.wait(lambda: shop.text("way_state:phone").startswith("Refuses our password since"), "why")
    assert "Paused since" in shop.text("way_state:club")
    assert shop.text("way_state:club").endswith("it took too long to answer")


def test_a_second_of_a_kind_gets_a_name_of_its_own(shop: Till) -> None:
    two_ways(shop)
    begin(shop, "smsclub")
    touch(shop, "way_more")
    assert shop.text("way_name") == "smsclub"
    fill(shop, {"sender": "Roma", "secret": "token", "name": "Club!"})
    refused(shop, "name", "small letters")
    fill(shop, {"name": "club-2"})
    save(shop)
    shop.wait(lambda: "club-2" in ways(shop), "saved")


def test_a_text_that_fails_goes_on_as_the_legs_say(shop: Till) -> None:
    two_ways(shop)
    assert not shop.sees("legs"), "one channel has nothing to fall back on"
    mail = {"host": "mail.example.com", "sender": "me@example.com"}
    add_channel(shop.shop, WayOut("mail", "", "mail", mail), "")
    shop.wait(lambda: shop.sees("legs_none"), "two channels have")
    touch(shop, "leg_add")
    touch(shop, "leg_add")
    shop.enter_into("leg_minutes:1", "0")
    touch(shop, "legs_save")
    shop.wait(lambda: "From 1 to" in shop.text("legs_error"), "no time at all")
    touch(shop, "leg_up:1")
    shop.enter_into("leg_minutes:0", "15")
    touch(shop, "legs_save")
    wanted = (Leg("mail", 15), Leg("sms", 5))
    shop.wait(lambda: shop.shop.desk.setup().settings.channels.legs == wanted, "stored")
    shop.settle()
    touch(shop, "leg_remove:0")
    touch(shop, "legs_save")
    shop.wait(lambda: shop.shop.desk.setup().settings.channels.legs == (Leg("sms", 5),), "one left")


def test_the_month_s_budget_and_the_day_s_texts_are_limited(shop: Till) -> None:
    two_ways(shop)
    assert shop.find("limit_budget").accessibleName() == "Budget for a month, ₴"
    shop.enter_into("limit_budget", "much")
    touch(shop, "text_limits_save")
    shop.wait(lambda: "not an amount" in shop.text("limit_budget_error"), "no money")
    shop.enter_into("limit_budget", "300")
    shop.enter_into("limit_a_day", "many")
    touch(shop, "text_limits_save")
    shop.wait(lambda: "whole number" in shop.text("limit_a_day_error"), "no number")
    shop.enter_into("limit_a_day", "300")
    shop.enter_into("limit_to_number", "4")
    touch(shop, "limit_abroad")
    touch(shop, "text_limits_save")
    wanted = TextLimits(True, to_number_a_day=4, a_day=300, month_budget=3_000_000)
    shop.wait(lambda: shop.shop.desk.channels.limits() == wanted, "stored")


def test_in_practice_nothing_is_tried(open_till: Callable[..., Till]) -> None:
    shop = open_till(practice=True)
    begin(shop, "turbosms")
    fill(shop, {"sender": "Roma", "secret": "token"})
    save(shop)
    shop.wait(lambda: shop.sees("way_trial"), "saved")
    assert try_it(shop, NUMBER) == "Practice: nothing is sent"


def test_an_address_that_is_none_is_told_at_its_field(shop: Till) -> None:
    two_ways(shop)
    touch(shop, "way_try:phone")
    shop.enter_into("way_to", "12")
    touch(shop, "way_send")
    shop.wait(lambda: "not a" in shop.text("way_to_error"), "no number")
    shop.enter_into("way_to", " ")
    touch(shop, "way_send")
    shop.wait(lambda: "Where to?" in shop.text("way_to_error"), "nothing")
