"""Scenes of the counter, of the names that stand at it, and of the first start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.config import Stop
from pos_app.domain.order import Address, Customer, Draft
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Fulfilment
from pos_app.store import orders as stored_orders
from tests.support.pictures_stage import (
    ALLERGY,
    NAMES,
    QUESTIONS,
    STREET,
    Scene,
    Scenes,
    drop,
    of_till,
    settle,
    till_of,
)
from tests.support.shops import EVENING, line, pickup
from tests.support.window import Till
from ui.settings.first_start import FirstStart
from ui.settings.places import Guess

PHONE = "0671234567"
STAFF = {
    "en": ("Marta Kovalenko", "Olha", "Taras", "Oleksandra-Viktoriia", "Oleh", "Iryna"),
    "uk": ("Марта Коваленко", "Ольга", "Тарас", "Олександра-Вікторія", "Олег", "Ірина"),
}
_ROLES = (Role.MANAGER, Role.CASHIER, Role.KITCHEN, Role.KITCHEN, Role.COURIER, Role.COURIER)
PIN = "4711"


def first_start(_work: Path, language: str) -> Scenes:
    """The five questions: as they come, with the page on the Wi-Fi, and refused."""
    window = FirstStart(Guess(language, "UA", "Europe/Kyiv", "UAH"), ["192.168.1.17"])
    window.show()
    known = frozenset({"English", "Українська", "Europe/Kyiv", "Україна", "Ukraine", "₴"})
    known |= {window.currency.currentText(), window.country.currentText()}

    def rest() -> None:
        settle(window, lambda: False)

    for name, tap in (
        ("first-start", ""),
        ("first-start-wifi", "first_page:wifi"),
        ("first-start-hosted", "first_page:hosted"),
        ("first-start-printer", "first_printer:network"),
        ("first-start-refused", "open_shop"),
    ):
        if tap:
            _click(window, tap)
        yield Scene(name, window, rest, known)
    drop(window)


def _click(window: QWidget, name: str) -> None:
    button = next(w for w in window.findChildren(QWidget, name) if w.isVisible())
    getattr(button, "click")()  # noqa: B009 - any kind of button
    QApplication.processEvents()


def counter(work: Path, language: str) -> Scenes:
    """An order from its first dish to its slip, and what the counter is asked meanwhile."""
    with till_of(work / "shop", language) as till:
        yield of_till("counter-empty", till)
        yield from _first_order(till, language)
        yield from _second_order(till, language)
        yield from _tasks(till, language)


def _first_order(till: Till, language: str) -> Scenes:
    truffle = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Truffle")
    till.shop.desk.mark_sold_out(truffle.id, True)
    till.tap("tile:Margherita")
    till.tap("tile:Margherita")
    till.tap("phone")
    till.type(PHONE)
    till.enter_into("guest_name", NAMES[language][1])
    till.tap("order_texts")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")
    yield of_till("counter-placed", till)
    till.tap("placed_slip")
    till.wait(lambda: bool(till.find("slip_picture").property("pixmap")), "slip")
    yield of_till("counter-slip", till)
    till.tap("next_order")


def _second_order(till: Till, language: str) -> Scenes:
    for name in ("tile:Margherita", "tile:Margherita", "line:1"):
        till.tap(name)
    yield of_till("counter-line", till)
    till.tap("modifier:extra basil")
    for name in ("line_done", "category:Desserts", "tile:Tiramisu", "category:Pizza", "phone"):
        till.tap(name)
    till.type(PHONE)
    yield of_till("counter-phone", till)
    till.tap("phone_done")
    till.wait(lambda: till.sees("same_again"), "the guest is known")
    yield of_till("counter", till)
    till.tap("fulfilment:delivery")
    till.tap("address")
    yield of_till("counter-address", till)
    till.enter_into("street", STREET)
    till.tap("address_done")
    till.tap("allergy")
    till.type(ALLERGY[language])
    yield of_till("counter-allergy", till)
    till.tap("allergy_done")
    till.tap("pay:cash")
    till.tap("cash:600")
    yield of_till("counter-delivery-cash", till)
    till.tap("cash:other")
    yield of_till("counter-other-cash", till)
    till.tap("cash_sheet:close")
    yield from _full_cart(till)
    till.tap("fulfilment:dine_in")
    till.tap("later")
    yield of_till("counter-later", till)
    till.tap("taken:30")
    till.tap("hold")
    till.tap("time_sheet:close")
    yield of_till("counter-dine-in-held", till)


def _full_cart(till: Till) -> Scenes:
    """More lines than fit; the foot stays where it is."""
    for category in ("Burgers", "Soups", "Salads", "Drinks"):
        till.tap(f"category:{category}")
        dishes = till.shop.desk.setup().menu.dishes
        of_category = next(
            c.id for c in till.shop.desk.setup().menu.categories if c.names["en"] == category
        )
        for dish in [d for d in dishes if d.category_id == of_category][:3]:
            till.tap(f"tile:{dish.names['en']}")
    yield of_till("counter-full-cart", till)
    till.tap("category:Pizza")


def _tasks(till: Till, language: str) -> Scenes:
    """What the kitchen asks, who wants to cancel, and what is taken now."""
    desk = till.shop.desk
    long_name = Customer("Олександра-Вікторія", "+380501112233", language)
    asked = desk.place(
        Draft(
            Fulfilment.DELIVERY,
            (line(till.shop, "Margherita", 2, note="cut in eight"),),
            customer=long_name,
            address=Address(STREET, "2", "5"),
        )
    ).order
    desk.kitchen.ask_counter(asked.id, QUESTIONS[language])
    wish = desk.place(pickup(till.shop)).order
    with desk.act() as act:
        stored_orders.change(act.connection, wish.id, cancel_asked_at=act.now)
        act.record("cancel_asked", wish.id, {})
    till.wait(lambda: till.sees(f"cancel_asked:{wish.number}"), "the wish")
    yield of_till("counter-tasks", till)
    now = till.shop.clock.now()
    stop = Stop(
        deliveries_until=now + 45 * MINUTE_MS,  # type: ignore[arg-type]
        everything_until=now + 30 * MINUTE_MS,  # type: ignore[arg-type]
        kitchen_closes_minute=21 * 60 + 15,
    )
    desk.evening.stop(stop)
    till.wait(lambda: till.sees("stopped"), "the stop")
    till.tap("tell_guests")
    yield of_till("counter-what-we-take", till)
    till.tap("taking_sheet:close")
    till.enter_into("search", wish.number)
    till.wait(lambda: till.sees(f"found:{wish.number}"), "the orders that were found")
    yield of_till("counter-search", till)


def hire(till: Till, language: str) -> None:
    """Six people of all roles; the manager has a PIN, so that roles hold."""
    desk = till.shop.desk
    people = list(zip(STAFF[language], _ROLES, strict=True))
    for name, role in people[1:]:
        desk.staff.add(name, role, "2222" if role is Role.CASHIER else "", "+380671112233")
    till.settle()
    name, role = people[0]
    desk.staff.add(name, role, PIN, "+380671112233", stand=True)
    till.settle()


def who(work: Path, language: str) -> Scenes:
    """Who stands here: names, the PIN, a wrong one, and a cook who sees no prices."""
    with till_of(work / "shop", language, clock=VirtualClock(EVENING)) as till:
        till.shop.desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
        hire(till, language)
        till.wait(lambda: till.sees("rail:who"), "the names")
        till.settle()
        till.tap("rail:who")
        yield of_till("who", till)
        till.tap(f"who:{STAFF[language][1]}")
        for digit in "1111":
            till.tap(f"key:{digit}")
        yield of_till("who-pin", till)
        till.tap("pin_enter")
        till.wait(lambda: bool(till.text("pin_error")), "refused")
        yield of_till("who-wrong-pin", till)
        till.tap("who_back")
        till.tap(f"who:{STAFF[language][3]}")
        till.wait(lambda: not till.sees("who_sheet"), "the cook stands here")
        yield of_till("who-cook", till)
        till.tap("rail:settings")
        till.wait(lambda: till.sees("who_why"), "why it asks")
        yield of_till("who-settings", till)
