"""A window at which names are changed: Marta, Olha, Taras and Oleh work here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QAbstractButton, QLabel

from pos_app.clock import VirtualClock
from pos_app.domain.staff import Role
from tests.support.shops import EVENING, pickup
from tests.support.window import Till
from ui.main_window import MainWindow

PIN = "4711"


def hire(till: Till, name: str, role: Role, pin: str = "") -> str:
    """A new member of staff; his id."""
    return till.shop.desk.staff.add(name, role, pin).id


def with_staff(open_till: Callable[..., Till]) -> Till:
    """Marta (manager), Olha (cashier), Taras (kitchen, no PIN), Oleh (courier); A1 is to pay."""
    till = open_till(clock=VirtualClock(EVENING))
    hire(till, "Olha", Role.CASHIER, "2222")
    hire(till, "Taras", Role.KITCHEN)
    hire(till, "Oleh", Role.COURIER)
    hire(till, "Marta", Role.MANAGER, PIN)
    till.shop.desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
    till.wait(lambda: till.sees("rail:who"), "the names are known")
    till.settle()
    return till


def switch(till: Till, name: str, pin: str = "") -> None:
    """`name` stands at the window from now on."""
    till.tap("rail:who")
    choose(till, name, pin)
    till.wait(lambda: till.text("rail:who") == name, f"{name} stands here")
    till.settle()


def choose(till: Till, name: str, pin: str) -> None:
    """Tap a name in the open sheet, and type the PIN."""
    till.tap(f"who:{name}")
    for digit in pin:
        till.tap(f"key:{digit}")
    if pin:
        till.tap("pin_enter")


def said(window: MainWindow) -> str:
    """Every text in sight: labels, buttons, rows, cards, and what a screen reader is told."""
    parts = [widget.text() for widget in window.findChildren(QLabel) if widget.isVisible()]
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            parts += [button.text(), button.accessibleName()]
    if window.board.isVisible():
        slots = [slot for column in window.board.columns.all for slot in column.model.slots]
        parts += [slot.layout.content.spoken for slot in slots]
    return "\n".join(parts)
