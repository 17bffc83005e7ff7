"""The owner sets up ways out, limits and stops by command line; no secret is ever an argument."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos_app.store.sites import Site
from tests.cli.till import Till, call
from tests.support import any_gateway
from tests.support.any_gateway import AnyGateway
from tests.support.bot_api import TOKEN, BotApi, message, refused
from tests.support.providers import running
from tests.support.receiver import receiving
from tests.support.shops import open_test_shop


@pytest.fixture
def shop(tmp_path: Path) -> Till:
    said = call("init", "--name", "Trattoria", "--data", str(tmp_path / "shop"))
    assert said.code == 0, said
    return Till(tmp_path / "shop")


@pytest.fixture
def gateway() -> Iterator[tuple[AnyGateway, str]]:
    place = AnyGateway()
    with running(place) as url:
        yield place, url


def set_up(till: Till, url: str, name: str = "own", *more: str) -> str:
    return till.done(
        "channel", "add", name, "http", "--lan",
        "--set", f"url={url}/send",
        "--json", '{"headers": [["X-Key", "{secret}"]], "success_path": "state",'
                  ' "body": "{\\"to\\": \\"{to}\\", \\"text\\": \\"{text}\\"}"}',
        *more, stdin=f"{any_gateway.SECRET}\n",
    ).text  # fmt: skip


def test_the_owner_says_which_of_two_ways_is_tried_first(
    shop: Till, gateway: tuple[AnyGateway, str]
) -> None:
    set_up(shop, gateway[1], "one")
    assert "one comes first; two is tried where it cannot" in set_up(shop, gateway[1], "two")
    assert shop.done("channel", "order", "two").text == "sms: two, then one\n"
    ways = shop.done("channel", "list", "--json").json["ways"]
    assert [(way["name"], way["place"], way["used"]) for way in ways] == [
        ("two", 1, True),
        ("one", 2, False),
    ]
    assert shop("channel", "order", "three").code == 2


def test_a_way_out_is_set_up_tried_priced_and_removed(
    shop: Till, gateway: tuple[AnyGateway, str]
) -> None:
    place, url = gateway
    assert shop.done("channel", "list").text.startswith("No texts leave")
    assert "texts on sms can leave" in set_up(shop, url, "own", "--price", "0,65")
    listed = shop.done("channel", "list", "--json").json
    [way] = listed["ways"]
    assert (way["name"], way["channel"], way["used"]) == ("own", "sms", True)
    assert way["price_hundredths"] == 6_500
    assert any_gateway.SECRET not in str(listed)
    assert shop.done("channel", "test", "own", "--to", "+380671234567").text == (
        "The text was taken.\n"
    )
    assert place.taken == 1
    assert "0.65" in shop.done("channel", "list").text
    shop.done("channel", "price", "own", "0.7")
    assert "  0.7\n" in shop.done("channel", "list").text
    shop.done("channel", "remove", "own")
    assert shop.done("channel", "list", "--json").json["ways"] == []
    files = shop.data.glob("store.sqlite*")
    assert not any(any_gateway.SECRET.encode() in file.read_bytes() for file in files)


def test_a_wrong_secret_is_told_by_the_trial(shop: Till, gateway: tuple[AnyGateway, str]) -> None:
    _, url = gateway
    shop.done(
        "channel", "add", "own", "http", "--lan", "--set", f"url={url}/send",
        "--json", '{"headers": [["X-Key", "{secret}"]], "body": "{\\"to\\": \\"{to}\\",'
                  ' \\"text\\": \\"{text}\\"}"}',
        stdin="wrong\n",
    )  # fmt: skip
    said = shop("channel", "test", "own", "--to", "+380671234567")
    assert (said.code, "credentials" in said.error) == (1, True)


def test_a_bot_is_known_by_its_token(shop: Till) -> None:
    with receiving(BotApi(name="roma_bot")) as url:
        adding = ("channel", "add", "telegram", "telegram", "--lan", "--set", f"url={url}")
        said = shop(*adding, stdin=f"{TOKEN}x\n")
        assert (said.code, said.error.partition(":")[0]) == (2, "token")
        shop.done(*adding, stdin=f"{TOKEN}\n")
    [way] = shop.done("channel", "list", "--json").json["ways"]
    assert way["setup"]["bot"] == "roma_bot"


def test_set_up_anew_without_a_secret_a_way_keeps_the_one_it_has(
    shop: Till, gateway: tuple[AnyGateway, str]
) -> None:
    place, url = gateway
    set_up(shop, url)
    sealed = _sealed(shop)
    shop.done(
        "channel", "add", "own", "http", "--lan", "--set", f"url={url}/other",
        "--json", '{"headers": [["X-Key", "{secret}"]], "body": "{\\"to\\": \\"{to}\\",'
                  ' \\"text\\": \\"{text}\\"}"}',
        stdin="\n",
    )  # fmt: skip
    assert _sealed(shop) == sealed
    shop.done("channel", "test", "own", "--to", "+380671234567")
    assert place.requests[-1].path == "/other"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("own", "pigeon"), "kind"),
        (("own", "twilio", "--set", "acount_sid=AC1"), "acount_sid"),
        (("own", "twilio"), "account_sid"),
        (("Own!", "turbosms", "--set", "sender=Trattoria"), "name"),
        (("phone", "turbosms", "--set", "sender=Trattoria"), "name"),
        (("own", "turbosms", "--set", "sender"), "set"),
        (("own", "turbosms", "--json", "[]"), "json"),
        (("own", "turbosms", "--set", "sender=Trattoria", "--price", "much"), "price"),
        (("own", "telegram", "--set", "bot=trattoria_bot"), "token"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(
    shop: Till, words: tuple[str, ...], field: str
) -> None:
    said = shop("channel", "add", *words, stdin="secret\n")
    assert (said.code, said.error.partition(":")[0]) == (2, field)


def test_web_push_has_a_secret_of_our_own(shop: Till) -> None:
    adding = ("channel", "add", "push", "push", "--set", "contact=mailto:me@example.com")
    shop.done(*adding)
    [way] = shop.done("channel", "list", "--json").json["ways"]
    assert (way["channel"], way["used"], way["subscribers"]) == ("push", True, 0)
    assert "Browsers told of open orders: 0." in shop.done("channel", "list").text
    sealed = _sealed(shop)
    shop.done(*adding[:-1], "contact=mailto:you@example.com")
    assert _sealed(shop) == sealed, "a new key would end every subscription"


def _sealed(till: Till) -> list[str]:
    with closing(sqlite3.connect(till.data / "store.sqlite")) as connection:
        return [row[0] for row in connection.execute("SELECT sealed FROM secrets ORDER BY key")]


def test_the_doctor_says_where_nobody_can_ask_for_push(shop: Till) -> None:
    assert "push" not in _found(shop), "without it nobody needs to know"
    shop.done("channel", "add", "push", "push", "--set", "contact=mailto:me@example.com")
    assert _found(shop)["push"] == "trouble", "there is no page"
    with open_test_shop(shop.data) as opened:
        for origin, mode, state in (
            ("http://192.168.1.20:8123", "shop_network", "trouble"),
            ("https://t.example.ua", "hosted", "ok"),
        ):
            site = Site(origin, mode, origin, "shop", "till", 17, 1, 1, 0, 0, 0, None)
            opened.desk.use_site(site, bytes(32))
            assert _found(shop)["push"] == state


def _found(till: Till) -> dict[str, str]:
    findings = till("doctor", "--json").json["findings"]
    return {finding["subject"]: finding["state"] for finding in findings}


def test_limits_and_legs_are_kept(shop: Till) -> None:
    told = shop.done(
        "channel", "limits", "--abroad", "yes", "--prefix", "+38067", "--prefix", "+48",
        "--to-number", "3", "--month-budget", "500",
    ).json  # fmt: skip
    assert told["prefixes"] == ["+38067", "+48"]
    assert (told["abroad"], told["to_number_a_day"], told["month_budget"]) == (True, 3, 5_000_000)
    assert shop.done("channel", "limits", "--any-prefix").json["prefixes"] == []
    assert shop("channel", "limits", "--prefix", "067").error.startswith("prefixes:")
    assert "telegram after 3 min" in shop.done("channel", "legs", "telegram:3", "mail").text
    assert shop("channel", "legs", "sms", "sms").error.startswith("legs:")
    assert shop("channel", "legs", "pigeon").error.startswith("channel:")
    assert "only" in shop.done("channel", "legs").text


def test_a_guest_who_calls_is_stopped_and_resumed(till: Till) -> None:
    till.place(customer={"name": "Iryna", "phone": "+380671234567", "order_texts": True})
    assert "No texts go there" in till.done("customer", "stop", "067 123 45 67").text
    assert till.done("customer", "resume", "+380671234567").text == "Texts go there again.\n"
    assert "Nobody had stopped" in till.done("customer", "resume", "+380671234567").text
    assert till("customer", "stop", "12").code == 2
    assert till("customer", "by-hand", "+380671234567", "on").code == 0
    assert till("customer", "by-hand", "+380501112233", "on").error == "Nobody has this number.\n"


def test_an_order_is_set_to_by_hand_and_its_texts_say_so(till: Till) -> None:
    guest = {"name": "Iryna", "phone": "+380671234567", "order_texts": True}
    order = till.place(customer=guest)
    assert till.done("order", "by-hand", order["number"], "on").json["by_hand"] is True
    till.done("order", "bump", order["number"])
    till.done("order", "bump", order["number"])
    [text] = till.done("texts", "--json").json
    assert (text["channel"], text["state"], text["reason"]) == ("sms", "dropped", "by_hand")
    assert (text["parts"], text["cost_hundredths"]) == (0, 0)
    assert "dropped (by_hand)" in till.done("texts").text
    assert till.done("order", "by-hand", order["number"], "off").json["by_hand"] is False


def test_the_listing_and_the_doctor_say_who_reads_the_bot_and_what_opens_it(
    shop: Till, tmp_path: Path
) -> None:
    assert shop.done("channel", "list", "--json").json["bot"] is None
    api = BotApi(opened={42})
    with receiving(api) as url:
        shop.done(
            "channel", "add", "bot", "telegram", "--lan", "--set", "bot=trattoria_bot",
            "--set", f"url={url}", stdin=f"{TOKEN}\n",
        )  # fmt: skip
        told = shop.done("channel", "list", "--json").json["bot"]
        assert (told["bot"], told["heard_at"]) == ("trattoria_bot", None)
        assert told["opened_by"] == "slip"
        assert "is not read yet" in shop.done("channel", "list").text
        placed = shop.place()
        word = placed["tracking_url"].rpartition("=")[2]
        api.hears(message(42, f"/start {word}"))
        assert "heard by the bot: 1" in shop.done("sync", "--once").text
        assert placed["number"] in api.sent[0]["text"]
        told = shop.done("channel", "list", "--json").json["bot"]
        assert told["reader"] == socket.gethostname()
        assert told["heard_at"]
        assert "by the code on their slip" in shop.done("channel", "list").text
        assert _doctor(shop)["inbox"]["state"] == "ok"
        assert "@trattoria_bot" in _doctor(shop)["page"]["said"]
        api.plan.append(refused(409, "Conflict: terminated by other getUpdates request"))
        said = shop("sync", "--once")
        assert (said.code, "inbox: conflict" in said.error) == (1, True)
        found = _doctor(shop)["inbox"]
        assert found["state"] == "trouble"
        assert found["said"].startswith("Another program reads our Telegram bot since 20")
        assert f"read by {socket.gethostname()}" in found["said"]


def _doctor(shop: Till) -> dict[str, dict[str, str]]:
    return {one["subject"]: one for one in shop("doctor", "--json").json["findings"]}
