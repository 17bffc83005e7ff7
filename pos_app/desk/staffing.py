"""Acts about staff: added, changed, gone, proven. The journal holds ids only."""

from __future__ import annotations

from pos_app import phones
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk import pins, setup
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import new_uid
from pos_app.domain.menu import folded
from pos_app.domain.staff import NOBODY, Role, StaffMember, proven_managers, wait_after_s
from pos_app.errors import BadInput, NotFound, PinRefused, Refused
from pos_app.fields import clean
from pos_app.store import staff

LONGEST_NAME = 40


def add(act: Transaction, name: str, role: Role, pin_hash: str, phone: str) -> StaffMember:
    """A new member. Raises BadInput naming the field."""
    new = StaffMember(
        new_uid(),
        _free_name(act, name, NOBODY),
        role,
        _phone(act, phone),
        has_pin=bool(pin_hash),
        hidden=False,
    )
    staff.add(act.connection, new, pin_hash, act.now)
    _record(act, "staff_added", new.id, role=role.value)
    if pin_hash:
        _record(act, "pin_set", new.id)
    return new


def change(act: Transaction, staff_id: str, name: str, role: Role, phone: str) -> StaffMember:
    """Another name, role or phone. Raises BadInput naming the field, NotFound, Refused."""
    known = who(act, staff_id)
    if role is not Role.MANAGER:
        _keep_a_manager(act, known)
    name, phone = _free_name(act, name, staff_id), _phone(act, phone)
    staff.change(act.connection, staff_id, name=name, role=role, phone=phone)
    _record(act, "staff_changed", staff_id, role=role.value)
    return StaffMember(staff_id, name, role, phone, known.has_pin, known.hidden)


def set_pin(act: Transaction, staff_id: str, pin_hash: str) -> None:
    who(act, staff_id)
    staff.set_pin(act.connection, staff_id, pin_hash)
    _record(act, "pin_set" if pin_hash else "pin_removed", staff_id)


def remove(act: Transaction, staff_id: str) -> None:
    _keep_a_manager(act, who(act, staff_id))
    staff.hide(act.connection, staff_id)
    _record(act, "staff_removed", staff_id)


def begin_try(act: Transaction, staff_id: str, pin: str) -> staff.Proof:
    """Count one try before it is looked at, so that tries made at once cannot outrun the delay.

    Raises PinRefused while an earlier wrong PIN makes him wait, BadInput (not counted) for what
    could be no PIN.
    """
    found = staff.proof(act.connection, staff_id)
    if found is None:
        raise NotFound("Nobody of this name works here")
    if not found.pin_hash:
        return found
    pins.checked(pin)
    if found.wait_until is not None and found.wait_until > act.now:
        # A clock that was set back must not make anybody wait for longer than was meant.
        left_ms = min(found.wait_until - act.now, wait_after_s(found.wrong) * SECOND_MS)
        raise PinRefused(
            "A wrong PIN was typed before",
            hint="Wait {seconds} s, then type it again.",
            seconds=-(-left_ms // SECOND_MS),
        )
    wrong = found.wrong + 1
    until = Instant(act.now + wait_after_s(wrong) * SECOND_MS)
    staff.count_tries(act.connection, staff_id, wrong, until)
    return staff.Proof(found.pin_hash, wrong, until)


def end_try(act: Transaction, staff_id: str, *, right: bool) -> None:
    """The try was `right`, and everything before is forgotten; or it is journaled as refused."""
    if right:
        staff.count_tries(act.connection, staff_id, 0, None)
    else:
        _record(act, "pin_refused", staff_id)


def who(act: Transaction, staff_id: str) -> StaffMember:
    """The one who works here under this id. Raises NotFound."""
    for one in act.setup.staff:
        if one.id == staff_id and not one.hidden:
            return one
    raise NotFound("Nobody of this name works here")


def _keep_a_manager(act: Transaction, leaving: StaffMember) -> None:
    """Without the last of them nobody could open the settings any more."""
    if [one.id for one in proven_managers(act.setup.staff)] == [leaving.id]:
        raise Refused(
            "{name} is the last manager with a PIN",
            hint="Give another manager a PIN first, or take this PIN off.",
            name=leaving.name,
        )


def _free_name(act: Transaction, name: str, staff_id: str) -> str:
    name = clean(name, "name", LONGEST_NAME)
    if not name:
        raise BadInput("name", "A name is needed")
    others = (one for one in act.setup.staff if one.id != staff_id and not one.hidden)
    if folded(name) in {folded(one.name) for one in others}:
        raise BadInput("name", "Somebody of this name works here already")
    return name


def _phone(act: Transaction, phone: str) -> str:
    return phones.parse(phone, act.setup.settings.shop.country, "phone")


def _record(act: Transaction, kind: str, staff_id: str, **payload: str) -> None:
    act.record(kind, None, {"staff_id": staff_id, **payload})
    if kind != "pin_refused":
        setup.touch(act.connection)
