"""Who works here, by the command line; and what it may not do without a manager."""

from __future__ import annotations

import getpass
import json
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import SECOND_MS, Instant
from pos_app.shop_clock import ShopClock
from pos_app.store import journal
from tests.cli.till import Till

PIN = "4711"


@pytest.fixture
def managed(till: Till) -> Till:
    """A shop in which Marta is a manager with a PIN."""
    till.done("staff", "add", "Marta", "--role", "manager")
    till.done("staff", "pin", "marta", stdin=f"{PIN}\n")
    return till


def opened(till: Till) -> Shop:
    return open_shop(till.data)


def kinds(till: Till) -> list[tuple[str, str]]:
    """What the journal says about the shop itself, and who did it."""
    shop = opened(till)
    try:
        with shop.database.read() as connection:
            found = journal.after(connection, 0)
    finally:
        shop.close()
    return [(event.kind, event.staff_id) for event in found if event.order_id is None]


def test_names_are_added_listed_and_removed(till: Till) -> None:
    assert till.done("staff", "list").text == "Nobody has a name here.\n"
    till.done("staff", "add", "Oleh", "--role", "courier", "--phone", "067 123 45 67")
    assert "Oleh" in till.done("staff", "list").text
    (oleh,) = till.done("staff", "list", "--json").json
    assert (oleh["role"], oleh["phone"], oleh["pin"]) == ("courier", "+380671234567", False)
    assert till("staff", "add", "oleh", "--role", "cashier").error.startswith("name: ")
    assert till("staff", "add", "Ivan", "--role", "boss").code == 2
    till.done("staff", "remove", "oleh")
    assert till("staff", "remove", "oleh").code == 1


def test_a_pin_comes_by_standard_input_and_never_as_an_argument(till: Till) -> None:
    till.done("staff", "add", "Olha", "--role", "cashier")
    assert till("staff", "pin", "Olha", PIN).code == 2
    assert till("staff", "pin", "Olha", stdin="12\n").error.startswith("pin: ")
    assert "new PIN" in till.done("staff", "pin", "Olha", stdin=f"{PIN}\n").text
    assert till.done("staff", "list", "--json").json[0]["pin"] is True
    assert "no PIN" in till.done("staff", "pin", "Olha", stdin="\n").text


def test_what_the_command_line_does_carries_the_user_of_the_system(managed: Till) -> None:
    user = f"os:{getpass.getuser()}"[:36]
    number = managed.place()["number"]
    managed.done("order", "bump", number)
    history = managed.done("order", "show", number).json["history"]
    assert [event["by"] for event in history] == [user, user]
    assert kinds(managed) == [("staff_added", user), ("pin_set", user)]


@pytest.mark.parametrize(
    "words",
    [
        ("staff", "add", "Ivan", "--role", "manager"),
        ("staff", "pin", "Marta"),
        ("staff", "remove", "Marta"),
        ("pair",),
        ("menu", "import", "MENU"),
        ("menu", "empty"),
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_some_acts_need_a_manager_once_one_has_a_pin(
    managed: Till, tmp_path: Path, words: tuple[str, ...]
) -> None:
    menu = tmp_path / "menu.json"
    managed.done("menu", "export", str(menu))
    words = tuple(str(menu) if word == "MENU" else word for word in words)
    before = managed.done("staff", "list", "--json").raw
    alone = managed(*words)
    assert alone.code == 1
    assert "--as" in alone.error
    stranger = managed(*words, "--as", "Ivan", stdin=f"{PIN}\n")
    assert (stranger.code, "Ivan" in stranger.error) == (1, True)
    wrong = managed(*words, "--as", "Marta", stdin="0000\n")
    assert wrong.code == 1
    assert "Wait 5 s" in wrong.error
    assert managed.done("staff", "list", "--json").raw == before
    assert kinds(managed)[-1][0] == "pin_refused"


def test_a_manager_who_types_his_pin_agrees(
    managed: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed = ("--as", "Marta")
    managed.done("staff", "add", "Ivan", "--role", "kitchen", *agreed, stdin=f"{PIN}\n")
    assert kinds(managed)[-2:][0][0] == "manager_agreed"
    managed.done("staff", "pin", "Ivan", *agreed, stdin=f"{PIN}\n2222\n")
    menu = tmp_path / "menu.json"
    managed.done("menu", "export", str(menu))
    managed.done("menu", "import", str(menu), *agreed, stdin=f"{PIN}\n")
    said = managed("pair", *agreed, stdin=f"{PIN}\nOB1.example.com.wrong.code\n")
    assert said.error.startswith("code: "), "the code comes after the PIN"
    assert managed("staff", "remove", "Marta", *agreed, stdin=f"{PIN}\n").code == 1, "the last one"
    assert managed("menu", "import", "-", *agreed, stdin="{}").error.startswith("file: ")


def test_a_cashier_s_pin_is_no_manager_s(managed: Till) -> None:
    agreed = ("--as", "Marta")
    managed.done("staff", "add", "Olha", "--role", "cashier", *agreed, stdin=f"{PIN}\n")
    managed.done("staff", "pin", "Olha", *agreed, stdin=f"{PIN}\n2222\n")
    said = managed("staff", "remove", "Olha", "--as", "Olha", stdin="2222\n")
    assert (said.code, "Only a manager" in said.error) == (1, True)


def test_after_the_wait_the_right_pin_works(managed: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    add = ("staff", "add", "Ivan", "--role", "kitchen", "--as", "Marta")
    assert managed(*add, stdin="0000\n").code == 1
    assert managed(*add, stdin=f"{PIN}\n").code == 1
    real = ShopClock.now
    monkeypatch.setattr(ShopClock, "now", lambda clock: Instant(real(clock) + 6 * SECOND_MS))
    managed.done(*add, stdin=f"{PIN}\n")


def test_offers_are_agreed_to_by_an_order_from_outside(till: Till) -> None:
    guest = {"name": "Iryna", "phone": "067 123 45 67", "offers": True}
    placed = till.place(source="phone", customer=guest)
    assert "offers" not in placed["customer"], "it belongs to the guest, not to the order"
    shop = opened(till)
    try:
        card = shop.desk.order(shop.desk.find("A1"))
        assert card is not None
        assert card.order.people_id is not None
        given = {c.kind.value: c.given for c in shop.desk.consents(card.order.people_id)}
    finally:
        shop.close()
    assert given == {"order_texts": True, "offers": True}
    whole = {"fulfilment": "pickup", "lines": [{"dish": "Margherita"}]}
    for answer in ("yes", 1):
        refused = till(
            "order", "place", "-", stdin=json.dumps({**whole, "customer": {"offers": answer}})
        )
        assert refused.error.startswith("customer.offers: ")
