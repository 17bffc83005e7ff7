"""Reports in the real window: one day on one page, and the orders behind each number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.clock import VirtualClock
from pos_app.domain.staff import Rights, Role
from tests.support.clipping import clipped
from tests.support.played_day import DAY, MORNING, SIX, Play
from tests.support.shops import copied_shop, open_test_shop
from tests.support.window import Till
from ui import rights
from ui.reports.day_stepper import DayStepper

OpenTill = Callable[..., Till]
NEXT_MORNING = SIX + MORNING * 60_000


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "shop"
    with open_test_shop(folder, clock=VirtualClock(SIX), practice=False) as shop:
        Play(shop).play()
    return folder


@pytest.fixture
def reports(open_till: OpenTill, played: Path, tmp_path: Path) -> Till:
    """The morning after, at the page."""
    data = tmp_path / "played"
    copied_shop(played, data)
    till = open_till(data=data, clock=VirtualClock(NEXT_MORNING))  # type: ignore[arg-type]
    till.tap("rail:reports")
    till.wait(lambda: till.sees("figure:orders"), "the page")
    till.settle()
    return till


def rows(till: Till) -> list[str]:
    QApplication.processEvents()
    page = till.find("report_list")
    found = [w for w in page.findChildren(QWidget) if w.objectName().startswith("behind:")]
    return [w.accessibleName().replace("\u00a0", " ") for w in found if w.isVisible()]


def value(till: Till, key: str) -> str:
    return till.text(f"value:{key}").replace("\u00a0", " ")


def line(till: Till, key: str) -> str:
    return till.text(f"line:{key}").replace("\u00a0", " ")


def test_the_page_opens_with_yesterday_and_its_ten_numbers(reports: Till) -> None:
    assert reports.text("report_title") == "Yesterday"
    assert reports.text("report_day") == "Sunday, 22 November 2026"
    shown = {
        key: value(reports, key)
        for key in (
            "orders", "on_time", "times", "stations", "unfetched", "cancelled", "unpaid",
            "remade", "texts", "couriers", "ratings", "brought_back",
        )
    }  # fmt: skip
    assert shown == {
        "orders": "16 · 2 563 ₴",
        "on_time": "53 %",
        "times": "13 min",
        "stations": "Cold 27 min",
        "unfetched": "2",
        "cancelled": "1",
        "unpaid": "2",
        "remade": "1",
        "texts": "4 sent",
        "couriers": "3 deliveries",
        "ratings": "4.0 of 5",
        "brought_back": "1",
    }
    assert "left out" in line(reports, "times")


def test_a_tap_opens_the_orders_behind_a_number(reports: Till) -> None:
    reports.tap("figure:on_time")
    assert rows(reports)[0] == "A3, Taras, +7 min, New"
    assert "A2, Table 6, +5 min, Kitchen · Pizza" in rows(reports)
    reports.tap("figure:cancelled")
    assert rows(reports) == [
        "A7, Petro, 195 ₴, Cancelled · Guest changed plans · Bohdan · 18:30",
        "A7, Petro, −195 ₴, Refunded · card · Guest changed plans · Bohdan",
        "A10, Table 2, −50 ₴, Refunded · cash · Bohdan",
    ]
    reports.tap("figure:remade")
    assert rows(reports) == ["A10, Table 2, 1 Cheeseburger · burnt · Olha"]
    reports.tap("figure:couriers")
    assert rows(reports)[0] == "Oleh, 2 deliveries · took 265 ₴ in cash · to hand in 65 ₴"


def test_a_tap_on_an_order_opens_it(reports: Till) -> None:
    reports.tap("figure:brought_back")
    reports.tap("behind:A13")
    reports.wait(lambda: reports.window.current == "orders", "the order")


def test_days_are_stepped_through_but_not_into_the_future(reports: Till) -> None:
    assert not reports.find("report_day_before").isEnabled()
    reports.tap("report_day_after")
    reports.wait(lambda: reports.text("report_title") == "Today so far", "today")
    assert value(reports, "orders") == "1 · 0 ₴"
    assert value(reports, "on_time") == "—"
    assert line(reports, "on_time") == "No order of which the end is known."
    assert not reports.find("report_day_after").isEnabled()
    reports.press(Qt.Key.Key_Left)
    reports.wait(lambda: reports.text("report_title") == "Yesterday", "yesterday")
    assert reports.window.reports.day == DAY


def test_the_page_follows_what_changes_while_somebody_looks(reports: Till) -> None:
    assert value(reports, "unpaid") == "2"
    order_id = reports.shop.desk.find("A9@2026-11-22")
    reports.shop.desk.pay(order_id, "cash")
    reports.wait(lambda: value(reports, "unpaid") == "1", "the payment")


def test_the_numbers_fit_the_smallest_screen_without_scrolling(reports: Till) -> None:
    reports.window.resize(1366, 768)
    for key in ("orders", "stations", "cancelled", "texts", "couriers"):
        reports.tap(f"figure:{key}")
        reports.wait(lambda: clipped(reports.window) == [], f"{key}, laid out")
    for key in ("orders", "brought_back"):
        card = reports.find(f"figure:{key}")
        bottom = card.mapTo(reports.window, card.rect().bottomRight())
        assert reports.window.rect().contains(bottom)


def test_whoever_sees_no_prices_sees_no_takings(reports: Till) -> None:
    rights.take(Rights(Role.KITCHEN, in_force=True))
    try:
        reports.window.reports.read_again()
        reports.wait(lambda: value(reports, "orders") == "16", "no amounts")
        for key in ("orders", "cancelled", "unpaid", "couriers"):
            reports.tap(f"figure:{key}")
            said = " ".join([value(reports, key), line(reports, key), *rows(reports)])
            assert "₴" not in said, said
    finally:
        rights.take(Rights())


def test_a_tap_before_the_day_is_read_leads_to_no_other_day(qapp: QApplication) -> None:
    stepper = DayStepper()
    stepped: list[str] = []
    stepper.wanted.connect(stepped.append)
    for name in ("report_day_before", "report_day_after"):
        arrow = stepper.findChild(QPushButton, name)
        assert arrow is not None
        arrow.click()
    assert stepped == []
    stepper.show_day("2026-11-22", "2026-11-23", "2026-11-22")
    stepper.step(+1)
    assert stepped == ["2026-11-23"]
    stepper.deleteLater()
