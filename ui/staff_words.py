"""People who work here in words: roles, and who did something."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.domain.staff import COMMAND_LINE, Role, StaffMember, member
from ui.words import _


def role_word(role: Role) -> str:
    return {
        Role.MANAGER: _("Manager"),
        Role.CASHIER: _("Cashier"),
        Role.KITCHEN: _("Kitchen"),
        Role.COURIER: _("Courier"),
    }[role]


def who_did(staff_id: str, staff: Iterable[StaffMember]) -> str:
    """The name as it is now; `os:<user>` as it is; empty where nobody had said who he is."""
    if staff_id.startswith(COMMAND_LINE):
        return staff_id
    found = member(staff, staff_id)
    return found.name if found is not None else ""


def first_name(name: str, staff: Iterable[StaffMember]) -> str:
    """The first word of `name`, or all of it when two who work here share that word."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    same = [one for one in staff if not one.hidden and one.name.split(maxsplit=1)[:1] == [first]]
    return first if len(same) < 2 else name
