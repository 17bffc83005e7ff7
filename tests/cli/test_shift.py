"""Handing over, couriers, power cut and the end of the day from the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from pos_app.bootstrap import open_shop
from pos_app.clock import MINUTE_MS, Instant
from tests.cli.till import Till

ADDRESS = {"street": "Franka 12"}


def ready(till: Till, **more: object) -> None:
    number = till.place(**more)["number"]
    till.done("order", "bump", number)
    till.done("order", "bump", number)


def test_an_order_is_handed_over_and_its_payment_recorded(till: Till) -> None:
    ready(till)
    refused = till("order", "hand-over", "A1")
    assert (refused.code, refused.error.split(".")[0]) == (1, "Order A1 is not paid")
    given = till.done("order", "hand-over", "A1", "--payment", "cash").json
    assert (given["status"], given["due"]["amount"]) == ("picked_up", 0)
    assert till.done("order", "undo", "A1").json["paid"]["amount"] == 0


def test_money_is_given_back(till: Till) -> None:
    till.place(payment={"type": "card", "state": "paid"})
    part = till.done("order", "refund", "A1", "card", "--amount", "10.50").json
    assert part["refunded"]["amount"] == 1050
    assert till("order", "refund", "A1", "card", "--amount", "ten").code == 2


def test_drinks_are_served_now(till: Till) -> None:
    till.place(lines=[{"dish": "Cola"}])
    served = till.done("order", "serve-now", "A1", "--payment", "unpaid").json
    assert served["status"] == "picked_up"


def test_an_order_that_nobody_fetched_ends(till: Till) -> None:
    ready(till)
    assert till.done("order", "end", "A1", "not_collected").json["status"] == "not_collected"
    assert till("order", "end", "A1", "eaten").code == 2


def test_a_courier_leaves_comes_back_and_hands_in(till: Till) -> None:
    till.done("staff", "add", "Oleh", "--role", "courier")
    for _ in range(2):
        ready(till, fulfilment="delivery", address=ADDRESS)
    till.place(fulfilment="delivery", address=ADDRESS)
    assert till("courier", "leaves", "oleh", "A1", "A3").code == 1
    [oleh] = till.done("courier", "leaves", "oleh", "A1", "A2").json["couriers"]
    assert (oleh["out"], oleh["to_hand_in"]) == (["A1", "A2"], 0)
    assert oleh["to_collect"] > 0
    said = till.done("courier", "back", "Oleh", "A1", "--failed", "A2").json
    assert (said["failed"], said["free"], said["couriers"][0]["back"]) == (["A2"], ["A3"], ["A1"])
    assert till.done("order", "try-again", "A2").json["status"] == "ready"
    owed = said["couriers"][0]["to_hand_in"]
    till.done("courier", "assign", "Oleh", "A3")
    assert till.done("courier", "release", "A3").json["free"] == ["A2", "A3"]
    done = till.done("courier", "hand-in", "Oleh", f"{owed / 100:.2f}").json
    assert done["couriers"][0]["to_hand_in"] == 0
    assert till("courier", "hand-in", "Oleh", "1").code == 1


def cut_power(till: Till) -> None:
    """As the lanes do it when they start after twenty minutes of silence."""
    shop = open_shop(till.data)
    try:
        assert shop.desk.evening.begin_catch_up(Instant(shop.clock.now() - 20 * MINUTE_MS))
    finally:
        shop.close()


def test_a_power_cut_is_caught_up(till: Till) -> None:
    assert till("catch-up").code == 1
    for _ in range(3):
        ready(till, customer={"name": "Iryna", "phone": "+380671234567", "order_texts": True})
    cut_power(till)
    assert till.done("catch-up").json["open"] == ["A1", "A2", "A3"]
    asked = till.done("catch-up", "--gone", "A1", "--here", "A2").json
    assert (asked["open"], asked["held"]) == (["A3"], 2)
    ended = till.done("catch-up", "--cancelled", "A3", "--send").json
    assert (ended["open"], ended["held"], ended["released"]) == ([], 0, 1)
    assert till("catch-up").code == 1


def test_a_day_is_closed_when_each_order_has_been_answered(till: Till) -> None:
    ready(till)
    till.place()
    refused = till("close-day")
    assert refused.code == 1
    assert "A1, A2" in refused.error
    said = till.done("close-day", "--collected", "A1", "--cancelled", "A2").json
    assert said["left_open"] == []
    assert till("close-day", f"{datetime.now(UTC).year + 1}-01-01").code == 2
