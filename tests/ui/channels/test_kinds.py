"""Settings, Channels: each kind of way out is set up by its own form, and takes a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit

from pos_app.lanes.outlet import secret_of
from pos_app.store.sites import Site
from tests.support import any_gateway, mail_server, ukrainian_gateways, whatsapp_business
from tests.support import twilio_account as twilio
from tests.support.any_gateway import AnyGateway
from tests.support.bot_api import TOKEN, BotApi
from tests.support.mail_server import Mailbox
from tests.support.pictures_automations import choose
from tests.support.providers import Provider, running
from tests.support.receiver import receiving
from tests.support.ukrainian_gateways import SmsClubSite, TurboSmsSite
from tests.support.whatsapp_business import WhatsAppBusiness
from tests.support.window import Till
from tests.ui.channels.hand import (
    NUMBER,
    Answers,
    answered,
    begin,
    fill,
    notes,
    refused,
    save,
    stored,
    touch,
    try_it,
    ways,
)

SERVICES: list[tuple[str, Callable[[Till], Provider], Answers]] = [
    (
        "turbosms",
        lambda _till: TurboSmsSite(),
        {"sender": ukrainian_gateways.SENDER, "secret": ukrainian_gateways.TURBO_TOKEN},
    ),
    (
        "smsclub",
        lambda _till: SmsClubSite(),
        {"sender": ukrainian_gateways.SENDER, "secret": ukrainian_gateways.CLUB_TOKEN},
    ),
    (
        "twilio",
        lambda till: twilio.TwilioAccount(clock=till.shop.clock),
        {"account_sid": twilio.ACCOUNT, "sender": twilio.SENDER, "secret": twilio.TOKEN},
    ),
    (
        "http",
        lambda _till: AnyGateway(),
        {
            "headers": "X-Key: {secret}",
            "kind_of_body": "/form",
            "body": "phone={to_digits}&message={text}",
            "secret": any_gateway.SECRET,
            "success_statuses": "200, 202",
            "success_path": "state",
            "success_value": "ok",
        },
    ),
]


@pytest.mark.parametrize(("kind", "made", "answers"), SERVICES, ids=[kind for kind, *_ in SERVICES])
def test_a_service_is_set_up_by_its_form_and_takes_a_text(
    shop: Till, kind: str, made: Callable[[Till], Provider], answers: Answers
) -> None:
    provider = made(shop)
    with running(provider) as url:
        begin(shop, kind)
        fill(shop, {**answers, "secret": "wrong"})
        fill(shop, {"url": url, "lan": "on", "price": "0.85"})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved")
        assert "the password or token is wrong" in try_it(shop, NUMBER)
        touch(shop, "way_trial_leave")
        touch(shop, f"way_change:{kind}")
        fill(shop, {"secret": answers["secret"]})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved again")
        assert try_it(shop, NUMBER).startswith("Accepted")
    way = stored(shop, kind)
    assert (way.channel, way.price) == ("sms", 8_500)
    assert secret_of(shop.shop, way) == answers["secret"]
    assert answers["secret"] not in str(way.setup)


def test_whatsapp_asks_for_the_texts_that_it_has_approved(shop: Till) -> None:
    business = WhatsAppBusiness()
    with running(business) as url:
        begin(shop, "whatsapp")
        answers = {"phone_number_id": whatsapp_business.PHONE_ID, "url": url, "lan": "on"}
        fill(shop, {**answers, "secret": whatsapp_business.TOKEN})
        refused(shop, "approved", "At least one")
        touch(shop, "way_approved:add")
        shop.enter_into("way_approved:0:name", "Order ready")
        save(shop)
        shop.wait(lambda: shop.text("way_approved_error").startswith("No. 1: "), "no such name")
        shop.enter_into("way_approved:0:name", "order_ready")
        choose(shop, "way_approved:0:language", "en")
        shop.enter_into("way_approved:0:code", "uk")
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved")
        assert try_it(shop, NUMBER).startswith("Accepted")
    [text] = stored(shop, "whatsapp").setup["approved"]
    assert (text["name"], text["language"], text["gaps"]) == ("order_ready", "en", ["text"])


def test_a_bot_s_name_is_found_by_its_token(shop: Till) -> None:
    bot = BotApi(name="roma_bot", opened={77})
    with receiving(bot) as url:
        begin(shop, "telegram")
        fill(shop, {"secret": "1234", "url": url, "lan": "on"})
        refused(shop, "secret", "no token of a bot")
        fill(shop, {"secret": f"{TOKEN}x"})
        refused(shop, "secret", "does not know")
        assert ways(shop) == []
        fill(shop, {"secret": TOKEN})
        save(shop)
        shop.wait(lambda: shop.sees("way_bot_code"), "its code")
        assert shop.text("way_bot_link") == "https://t.me/roma_bot"
        touch(shop, "way_ask")
        assert answered(shop) == "Somebody is there, and knows us."
        assert "press Start" in try_it(shop, "42")
        assert try_it(shop, "77").startswith("Accepted")
    assert shop.shop.desk.setup().bot == "roma_bot"


def test_a_mail_server_takes_a_letter(shop: Till) -> None:
    mailbox = Mailbox()
    with mail_server.serving(mailbox, login=True) as port:
        begin(shop, "mail")
        fill(shop, {"host": "127.0.0.1", "sender": "roma", "port": str(port)})
        fill(shop, {"security": "/plain", "username": mail_server.USERNAME, "secret": "wrong"})
        refused(shop, "security", "own network")
        fill(shop, {"lan": "on"})
        refused(shop, "sender", "no e-mail address")
        fill(shop, {"sender": "orders@roma.example"})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved")
        assert shop.text("way_to") == "owner@example.com"
        assert "password or token is wrong" in try_it(shop, "me@roma.example")
        touch(shop, "way_trial_leave")
        touch(shop, "way_change:mail")
        fill(shop, {"secret": mail_server.PASSWORD, "receipt": "on"})
        save(shop)
        shop.wait(lambda: shop.sees("way_trial"), "saved again")
        assert try_it(shop, "me@roma.example").startswith("Accepted")
    assert mailbox.recipients == ["me@roma.example"]
    assert stored(shop, "mail").setup["receipt"] is True


def test_push_needs_one_tap_and_a_page_on_https(shop: Till) -> None:
    shop.shop.desk.stop_site()
    begin(shop, "push")
    shop.settle()
    assert shop.text("way_contact") == "owner@example.com"
    assert not shop.sees("way_secret"), "its keys are made here"
    save(shop)
    shop.wait(lambda: shop.sees("way:push"), "it stands in the list")
    assert "page on https" in notes(shop, "push")
    way = stored(shop, "push")
    assert way.setup == {"contact": "mailto:owner@example.com"}
    assert secret_of(shop.shop, way)
    origin = "https://t.example.ua"
    site = Site(origin, "hosted", origin, "shop", "till", 17, 1, 1, 0, 0, 0, None)
    shop.shop.desk.use_site(site, bytes(32))
    shop.wait(lambda: "Guests ask for it" in notes(shop, "push"), "now they can")


def test_a_program_s_secret_is_shown_once(shop: Till) -> None:
    begin(shop, "webhook")
    fill(shop, {"url": "http://crm.example.com"})
    refused(shop, "url", "https")
    fill(shop, {"url": "https://crm.example.com/orders", "personal": "on"})
    save(shop)
    shop.wait(lambda: shop.sees("way_shown_secret"), "its secret")
    assert shop.text("way_shown_secret").startswith("whsec_")
    touch(shop, "way_secret_leave")
    [one] = shop.shop.desk.webhooks.receivers()
    assert (one.url, one.personal, one.lan) == ("https://crm.example.com/orders", True, False)
    shop.wait(lambda: shop.sees(f"way:{one.id}"), "its card")
    hidden = shop.window.findChildren(QLineEdit, "way_shown_secret")
    assert [field.text() for field in hidden] == [""]
    touch(shop, f"way_remove:{one.id}")
    touch(shop, f"way_yes:{one.id}")
    shop.wait(lambda: shop.shop.desk.webhooks.receivers() == (), "gone")
