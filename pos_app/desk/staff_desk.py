"""Names and PINs: who works here, and who stands at this screen."""

from __future__ import annotations

from pos_app.changes import SettingsChanged
from pos_app.desk import pins, staffing
from pos_app.desk.doors import Doors
from pos_app.domain.staff import (
    NOBODY,
    Rights,
    Role,
    StaffMember,
    proven_managers,
    rights_of,
    wait_after_s,
)
from pos_app.errors import PinRefused, Refused

STAFF = "staff"


class StaffDesk:
    """One method is one transaction, and PINs are hashed outside of it: a tenth of a second.

    Who may call what is decided at the doors, window and command line; the desk counts wrong PINs.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def everyone(self) -> list[StaffMember]:
        """All who work here now."""
        return [member for member in self._doors.setup().staff if not member.hidden]

    def rights(self) -> Rights:
        """What the one who stands at this screen may see and do."""
        return rights_of(self._doors.setup().staff, self._doors.staff_id)

    def add(
        self, name: str, role: Role, pin: str = "", phone: str = "", *, stand: bool = False
    ) -> StaffMember:
        """A new member. `pin` 4 to 8 digits or empty. Raises BadInput naming the field.

        With `stand` he stands at this screen from then on: his PIN was typed here.
        """
        pin_hash = pins.hashed(pin)
        with self._doors.act() as act:
            added = staffing.add(act, name, role, pin_hash, phone)
        if stand:
            self._stand(added.id)
        self._tell()
        return added

    def change(self, staff_id: str, *, name: str, role: Role, phone: str) -> StaffMember:
        """Another name, role or phone; his events keep his id. The last manager stays one."""
        with self._doors.act() as act:
            changed = staffing.change(act, staff_id, name, role, phone)
        self._tell()
        return changed

    def set_pin(self, staff_id: str, pin: str, *, stand: bool = False) -> None:
        """A new PIN (4 to 8 digits), or none when empty; `stand` as for `add`."""
        pin_hash = pins.hashed(pin)
        with self._doors.act() as act:
            staffing.set_pin(act, staff_id, pin_hash)
        if stand:
            self._stand(staff_id)
        self._tell()

    def remove(self, staff_id: str) -> None:
        """He works here no longer. The last manager with a PIN cannot go."""
        with self._doors.act() as act:
            staffing.remove(act, staff_id)
        self._tell()

    def prove(self, staff_id: str, pin: str) -> StaffMember:
        """Who taps his name and types this PIN; who has none is taken at his word.

        Raises BadInput naming `pin`, PinRefused: wrong, or wait so long. Each try is counted
        before it is looked at.
        """
        with self._doors.act() as act:
            proof = staffing.begin_try(act, staff_id, pin)
            found = staffing.who(act, staff_id)
        if not proof.pin_hash:
            return found
        right = pins.fits(proof.pin_hash, pin)
        with self._doors.act() as act:
            staffing.end_try(act, staff_id, right=right)
        if not right:
            raise PinRefused(
                "This PIN is wrong",
                hint="Wait {seconds} s, then type it again.",
                seconds=wait_after_s(proof.wrong),
            )
        return found

    def switch(self, staff_id: str, pin: str = "") -> StaffMember:
        """He stands at this screen from now on; every event of it carries his name."""
        found = self.prove(staff_id, pin)
        self._stand(staff_id)
        return found

    def leave(self) -> None:
        """Nobody stands at this screen from now on."""
        self._stand(NOBODY)

    def prove_manager(self, staff_id: str, pin: str) -> StaffMember:
        """A manager with a PIN agrees to one act of the command line. Raises PinRefused, Refused.

        His name is journaled beside that of the operating system's user.
        """
        managers = [member.id for member in proven_managers(self._doors.setup().staff)]
        if staff_id not in managers:
            raise Refused("Only a manager with a PIN may do this")
        found = self.prove(staff_id, pin)
        with self._doors.act() as act:
            act.record("manager_agreed", None, {"staff_id": staff_id})
        return found

    def _stand(self, staff_id: str) -> None:
        with self._doors.act() as act:
            # In the name of the one who came; where nobody did, of the one who left.
            act.staff_id = staff_id or act.staff_id
            act.record("staff_switched", None, {"staff_id": staff_id})
        self._doors.staff_id = staff_id

    def _tell(self) -> None:
        self._doors.feed.publish(SettingsChanged((STAFF,)))
