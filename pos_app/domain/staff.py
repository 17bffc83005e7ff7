"""Who works here: names with a role. A name stands on every event, a PIN proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NOBODY = ""
"""The member of staff where nobody has said who he is."""
COMMAND_LINE = "os:"
"""What the command line's name begins with, before the user of the operating system."""
FEWEST_DIGITS, MOST_DIGITS = 4, 8
_FIRST_WAIT_S, _LONGEST_WAIT_S = 5, 300

BOARD, DISPATCH, ORDERS, SETTINGS = "board", "dispatch", "orders", "settings"
AUTOMATIONS = "automations"
CATCH_UP = "catch_up"
SCREENS = (
    "counter",
    BOARD,
    ORDERS,
    SETTINGS,
    DISPATCH,
    "reports",
    AUTOMATIONS,
    "messages",
)
"""The main window's screens, in the order of their keys from F1 on."""


class Role(StrEnum):
    """What somebody may see and do; each may do all that stands before it, save the courier."""

    COURIER = "courier"
    KITCHEN = "kitchen"
    CASHIER = "cashier"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """`id` is a UUID that stands on events; `has_pin` whether a PIN proves the name.

    `phone` in E.164 or empty. `hidden` members work here no longer; their events stay.
    """

    id: str
    name: str
    role: Role
    phone: str
    has_pin: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Rights:
    """What may be seen and done where somebody stands. `role` None: nobody has said who he is.

    `in_force` is False until a manager has a PIN: then every screen is open to everybody.
    """

    role: Role | None = None
    in_force: bool = False

    @property
    def sees_money(self) -> bool:
        """The kitchen sees no prices; nor does a screen where nobody has said who he is."""
        if self.role is None:
            return not self.in_force
        return self.role is not Role.KITCHEN

    def may_open(self, screen: str) -> bool:
        """Whether the screen of this name (`counter`, `board`, …) is open to him."""
        if not self.in_force or self.role is Role.MANAGER:
            return True
        if self.role is Role.CASHIER:
            return screen not in (SETTINGS, AUTOMATIONS)
        if self.role is Role.COURIER:
            return screen == DISPATCH
        return screen in (BOARD, CATCH_UP, ORDERS)


def member(staff: Iterable[StaffMember], staff_id: str) -> StaffMember | None:
    """Who carries this id, also when he works here no longer."""
    return next((one for one in staff if one.id == staff_id), None)


def proven_managers(staff: Iterable[StaffMember]) -> list[StaffMember]:
    """Managers who work here and have a PIN; without one, roles are not in force."""
    return [one for one in staff if one.role is Role.MANAGER and one.has_pin and not one.hidden]


def rights_of(staff: Iterable[StaffMember], staff_id: str) -> Rights:
    """What the one with `staff_id` may see and do; an unknown or past member is nobody.

    Once a manager has a PIN, a manager without one has no more rights than a cashier: his name
    alone proves nothing.
    """
    staff = tuple(staff)
    in_force = bool(proven_managers(staff))
    found = member(staff, staff_id)
    if found is None or found.hidden:
        return Rights(None, in_force)
    if in_force and found.role is Role.MANAGER and not found.has_pin:
        return Rights(Role.CASHIER, in_force)
    return Rights(found.role, in_force)


def is_pin(text: str) -> bool:
    """Four to eight ASCII digits."""
    return FEWEST_DIGITS <= len(text) <= MOST_DIGITS and text.isascii() and text.isdigit()


def wait_after_s(wrong: int) -> int:
    """Seconds before the next try after `wrong` wrong PINs in a row: 5, 10, 20 … at most 300."""
    if wrong < 1:
        return 0
    return min(_FIRST_WAIT_S << min(wrong - 1, 8), _LONGEST_WAIT_S)
