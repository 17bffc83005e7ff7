"""Orders found again, and what can still be done with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.domain.order import Customer
from pos_app.domain.workflow import Kind
from tests.support.shops import pickup
from tests.support.window import Till
from ui.orders import found_list


@pytest.fixture
def orders(till: Till) -> Till:
    """Three orders, the window on Orders."""
    for name, phone in (("Iryna", "0671234567"), ("Taras", "0509876543"), ("Олена", "")):
        guest = Customer(name, phone and f"+38{phone}")
        till.shop.desk.place(replace(pickup(till.shop), customer=guest))
    till.tap("rail:orders")
    till.wait(lambda: till.sees("order:A3"), "the list")
    return till


def test_the_newest_order_stands_first(orders: Till) -> None:
    tops = [orders.find(f"order:A{no}").y() for no in (3, 2, 1)]
    assert tops == sorted(tops)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("A2", "A2"),
        ("а2", "A2"),
        ("123456", "A1"),
        ("987654", "A2"),
        ("Олена", "A3"),
        ("олен", "A3"),
        ("iryn marg", "A1"),
    ],
)
def test_an_order_is_found_by_number_phone_or_name(orders: Till, words: str, number: str) -> None:
    orders.enter_into("orders_search", words)
    others = {"A1", "A2", "A3"} - {number}
    orders.wait(
        lambda: (
            orders.sees(f"order:{number}")
            and not any(orders.sees(f"order:{other}") for other in others)
        ),
        number,
    )
    orders.press(Qt.Key.Key_Return)
    orders.wait(lambda: orders.sees("details_number"), "details")
    assert orders.text("details_number") == number


def test_older_orders_come_page_by_page(orders: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_list, "PAGE", 2)
    orders.enter_into("orders_search", "margherita")
    orders.wait(lambda: orders.sees("orders_older"), "the first page")
    assert not orders.sees("order:A1")
    orders.tap("orders_older")
    orders.wait(lambda: orders.sees("order:A1"), "the second page")
    assert not orders.sees("orders_older")
    tops = [orders.find(f"order:A{no}").y() for no in (3, 2, 1)]
    assert tops == sorted(tops)


def test_the_last_question_is_the_one_that_is_answered(orders: Till) -> None:
    screen, settings = orders.window.orders, orders.shop.desk.setup().settings
    shown: list[tuple[str, int]] = []
    screen.found.shown.connect(lambda words, count: shown.append((words, count)))
    screen.search.setText("A2")
    for words in ("A1", "zzz", "A2"):
        screen.found.read(words, settings)
    orders.wait(lambda: bool(shown) and not orders.background.busy, "the answer")
    assert set(shown) == {("A2", 1)}
    assert orders.sees("order:A2")
    assert not orders.sees("order:A1")


def test_nothing_found_says_so(orders: Till) -> None:
    orders.enter_into("orders_search", "zzz")
    orders.wait(lambda: orders.sees("orders_empty"), "empty")
    assert "zzz" in orders.text("orders_empty")


def test_an_order_is_cancelled_with_a_reason(orders: Till) -> None:
    orders.tap("order:A2")
    orders.tap("act:cancel")
    orders.tap("cancel_do")
    assert orders.text("cancel_reason_error") == "Say why the order is cancelled"
    orders.enter_into("cancel_reason", "no dough")
    orders.tap("cancel_do")
    orders.wait(lambda: orders.text("details_state") == "Cancelled", "cancelled")
    found = orders.shop.desk.order(orders.shop.desk.find("A2"))
    assert found is not None
    assert (found.order.kind, found.order.cancel_reason) == (Kind.CANCELLED, "no dough")


def test_a_payment_is_recorded(orders: Till) -> None:
    orders.tap("order:A2")
    orders.tap("act:pay:cash")
    orders.wait(lambda: orders.text("details_pay") == "PAID", "paid")


def test_a_ready_order_is_brought_back(orders: Till) -> None:
    order_id = orders.shop.desk.find("A2")
    for _ in range(2):
        orders.shop.desk.bump(order_id)
    orders.tap("order:A2")
    orders.wait(lambda: orders.sees("act:recall"), "the act")
    orders.tap("act:recall")
    orders.wait(lambda: orders.text("details_state") == "Preparing", "brought back")


def test_printing_again_without_a_printer_says_what_to_do(orders: Till) -> None:
    orders.tap("order:A2")
    orders.tap("act:reprint")
    orders.wait(lambda: bool(orders.said), "a notice")
    assert orders.refused() == ["No printer prints slips."]
    assert "Settings" in orders.text("notice")


def test_an_order_that_changes_elsewhere_is_shown_as_it_is_now(orders: Till) -> None:
    orders.tap("order:A2")
    orders.wait(lambda: orders.sees("details_state"), "details")
    orders.shop.desk.bump(orders.shop.desk.find("A2"))
    orders.wait(lambda: orders.text("details_state") == "Preparing", "it follows")


def test_the_counter_writes_to_the_guest_of_an_order(orders: Till) -> None:
    orders.tap("order:A1")
    orders.wait(lambda: orders.sees("guest:write"), "the details")
    orders.tap("guest:write")
    orders.tap("write_do")
    assert orders.sees("write_part"), "the shop's name alone is no text"
    QTest.keyClicks(orders.find("write_words"), "your umbrella is here")
    orders.tap("write_do")
    orders.wait(lambda: not orders.sees("write_part"), "it is taken")
    [said] = orders.shop.desk.messages.page().messages
    assert (said.number, said.about, said.state) == ("A1", "written", "dropped")
    assert "was not sent" in orders.text("notice"), "no way out is set up here"
    orders.settle()
