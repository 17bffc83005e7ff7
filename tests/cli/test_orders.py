"""The acts on orders, as a script or a web shop calls them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.till import Till

WEB_ORDER: dict[str, Any] = {
    "ref": "web-1017",
    "fulfilment": "pickup",
    "source": "phone",
    "lines": [{"dish": "Margherita", "quantity": 2, "modifiers": [], "note": ""}],
    "customer": {
        "name": "Iryna",
        "phone": "+380671234567",
        "language": "uk",
        "order_texts": True,
    },
    "promised_at": None,
    "payment": {"type": "card", "state": "paid"},
    "tags": ["VIP"],
    "allergy": None,
    "note": "",
    "address": None,
}


def test_placing_answers_with_number_total_and_times(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "order.json"
    file.write_text(json.dumps(WEB_ORDER), encoding="utf-8")
    answer = till.done("order", "place", str(file)).json
    assert answer["number"] == "A1"
    assert answer["status"] == "accepted"
    assert answer["total"] == {"amount": 44_000, "currency": "UAH"}
    assert answer["due"]["amount"] == 0
    assert answer["tracking_url"] is None
    assert answer["created"] is True
    placed, promised = (datetime.fromisoformat(answer[k]) for k in ("placed_at", "promised_at"))
    assert promised - placed == timedelta(minutes=20)
    assert placed.utcoffset() == placed.astimezone(ZoneInfo("Europe/Kyiv")).utcoffset()
    assert answer["message"]["about"] == "accepted"
    assert answer["customer"]["phone"] == "+380671234567"


def test_the_same_reference_is_the_same_order(till: Till) -> None:
    first = till.place(**WEB_ORDER)
    again = till.place(**WEB_ORDER)
    assert again["order_id"] == first["order_id"]
    assert (first["created"], again["created"]) == (True, False)
    assert len(till.done("orders", "--json").json) == 1


def test_the_same_reference_with_another_content_is_refused(till: Till) -> None:
    till.place(**WEB_ORDER)
    other = json.dumps({**WEB_ORDER, "note": "no onion"})
    said = till("order", "place", "-", stdin=other)
    assert said.code == 1
    assert "web-1017" in said.error
    assert said.raw == b""


def test_an_order_goes_from_the_counter_to_the_guest(till: Till) -> None:
    till.place(payment={"type": "cash"})
    states = [till.done("order", "bump", "A1").json["status"] for _ in range(3)]
    assert states == ["preparing", "ready", "picked_up"]
    assert till.done("orders", "--json").json == []
    assert [o["number"] for o in till.done("orders", "--all", "--json").json] == ["A1"]
    said = till("order", "bump", "A1")
    assert said.code == 1
    assert said.error.count("\n") == 1


def test_a_station_moves_its_own_ticket_only(till: Till) -> None:
    till.place(lines=[{"dish": "Margherita"}, {"dish": "Borscht"}])
    till.done("order", "bump", "A1", "--station", "grill")
    after = till.done("order", "bump", "A1", "--station", "Гриль").json
    assert after["status"] == "preparing"
    assert after["moved"] is True
    assert {s["station"]: s["status"] for s in after["stations"]} == {
        "Pizza": "accepted",
        "Grill": "ready",
    }
    said = till("order", "bump", "A1", "--station", "Sushi")
    assert said.code == 1
    assert "Pizza, Grill" in said.error


def test_undo_recall_and_show_tell_one_history(till: Till) -> None:
    till.place()
    till.done("order", "bump", "A1")
    assert till.done("order", "undo", "A1").json["status"] == "accepted"
    till.done("order", "bump", "A1")
    till.done("order", "bump", "A1")
    assert till.done("order", "recall", "A1").json["status"] == "preparing"
    shown = till.done("order", "show", "A1").json
    events = [entry["event"] for entry in shown["history"]]
    assert events == ["order_placed", "bumped", "undone", "bumped", "bumped", "recalled"]
    assert all(entry["by"].startswith("os:") for entry in shown["history"])


def test_cancelling_needs_a_reason(till: Till) -> None:
    till.place()
    assert till("order", "cancel", "A1").code == 2
    assert till("order", "cancel", "A1", "--reason", " ").code == 2
    cancelled = till.done("order", "cancel", "A1", "--reason", "guest left").json
    assert cancelled["status"] == "cancelled"
    assert cancelled["cancel_reason"] == "guest left"


def test_paying_records_what_is_due_once(till: Till) -> None:
    till.place()
    paid = till.done("order", "pay", "A1", "cash").json
    assert paid["paid"]["amount"] == 22_000
    assert paid["due"]["amount"] == 0
    assert till("order", "pay", "A1", "cash").code == 1
    till.place()
    said = till("order", "pay", "A2", "gold")
    assert said.code == 2
    assert said.error.startswith("type: ")


def test_lines_are_added_and_voided(till: Till) -> None:
    till.place()
    added = till.done(
        "order", "add-line", "A1", "cola", "--quantity", "2", "--modifier", "0.3 l", "--note", "ice"
    ).json
    assert added["total"]["amount"] == 22_000 + 2 * 3_500
    assert [line["dish"] for line in added["lines"]] == ["Margherita", "Cola"]
    voided = till.done("order", "void-line", "A1", "1").json
    assert voided["total"]["amount"] == 7_000
    assert till("order", "void-line", "A1", "2").code == 1
    assert till("order", "void-line", "A1", "x").code == 2
    assert till("order", "add-line", "A1", "Sushi").code == 2


def test_numbers_are_found_whatever_alphabet_they_were_typed_in(till: Till) -> None:
    order_id = till.place()["order_id"]
    assert till.done("order", "show", "а1").json["order_id"] == order_id
    day = till.done("order", "show", "A1").json["business_date"]
    assert till.done("order", "show", f"A1@{day}").json["order_id"] == order_id
    assert till("order", "show", "A9").code == 1
    assert till("order", "show", "A1@yesterday").code == 2


def test_orders_is_a_table_for_people(till: Till) -> None:
    assert till.done("orders").text == "No open orders.\n"
    till.place(customer={"name": "Олена"})
    head, row = till.done("orders").text.splitlines()
    assert head.split()[0] == "NUMBER"
    assert row.startswith("A1")
    assert "220 ₴" in row
    assert "Олена" in row


def test_a_sold_out_dish_is_refused_until_it_is_on_sale(till: Till) -> None:
    till.done("dish", "sold-out", "truffle")
    order = json.dumps({"fulfilment": "pickup", "lines": [{"dish": "Truffle"}]})
    said = till("order", "place", "-", stdin=order)
    assert said.code == 1
    assert "Truffle" in said.error
    till.done("dish", "on-sale", "Трюфельна")
    till.place(lines=[{"dish": "Truffle"}])


def test_everything_that_was_done_is_proven_by_check(till: Till) -> None:
    till.place(lines=[{"dish": "Margherita"}, {"dish": "Cola", "quantity": 3}])
    till.done("order", "bump", "A1")
    till.done("order", "void-line", "A1", "2")
    till.done("order", "cancel", "A1", "--reason", "test")
    assert till.done("check").text.endswith("all right\n")
    assert till.done("check", "--json").json["ok"] is True


@pytest.mark.parametrize("source", ["counter", "phone", "web"])
def test_texts_are_asked_for_by_default_only_away_from_the_counter(till: Till, source: str) -> None:
    customer = {"name": "Iryna", "phone": "067 123 45 67"}
    placed = till.place(source=source, customer=customer)
    assert placed["customer"]["order_texts"] is (source != "counter")
    assert placed["customer"]["phone"] == "+380671234567"


def test_orders_are_found_page_by_page(till: Till) -> None:
    for name in ("Олена", "Тарас", "Оленка"):
        till.place(customer={"name": name})

    def numbers(*words: str) -> list[str]:
        return [order["number"] for order in till.done("orders", "--json", *words).json]

    assert numbers("--find", "олен") == ["A3", "A1"]
    assert numbers("--find", "олен", "--limit", "1") == ["A3"]
    assert numbers("--find", "олен", "--limit", "1", "--before", "A3") == ["A1"]
    assert till.done("orders", "--find", "nobody").text == "No order is found.\n"
    assert till("orders", "--before", "A3").code == 2
    assert till("orders", "--find", "A", "--limit", "0").code == 2
