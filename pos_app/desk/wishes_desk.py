"""The part of the desk about what guests want of texts, and where else they can be reached."""

from __future__ import annotations

from pos_app.changes import MessagesChanged
from pos_app.desk import stop_keys, wishes
from pos_app.desk.channels_desk import KeyDoors
from pos_app.keys import STORE, secret
from pos_app.store import contacts
from pos_app.store.contacts import Contact


class WishesDesk:
    """One method is one transaction."""

    def __init__(self, doors: KeyDoors) -> None:
        self._doors = doors

    def opt_out(self, address: str, channel: str = "sms", source: str = "desk") -> int:
        """No text goes to this address any more. Returns how many that waited were dropped."""
        with self._doors.act() as act:
            dropped = wishes.opt_out(act, address, channel, source, self._key())
        self._tell()
        return dropped

    def opt_in_again(self, address: str, channel: str = "sms", source: str = "desk") -> bool:
        """False when he never opted out."""
        with self._doors.act() as act:
            return wishes.opt_in_again(act, address, channel, source, self._key())

    def heard(self, address: str, channel: str, said: str) -> str:
        """A guest has written back: `stop` and `start` are done, anything else answers empty."""
        with self._doors.act() as act:
            found = wishes.heard(act, address, channel, said, self._key())
        self._tell()
        return found

    def stops_are_lost(self) -> bool:
        """Whether guests stopped texts whom this computer cannot recognise."""
        with self._doors.database.read() as connection:
            return stop_keys.are_lost(connection, self._doors.keys.get(STORE))

    def forget_lost_stops(self) -> int:
        """Drop the stops that nobody can recognise here; how many they were."""
        with self._doors.act() as act:
            return stop_keys.forget_lost(act, self._doors.keys.get(STORE))

    def order_by_hand(self, order_id: int, on: bool) -> None:
        """Whether rules say nothing about this order. Raises NotFound."""
        with self._doors.act() as act:
            wishes.order_by_hand(act, order_id, on=on)
        self._tell()

    def guest_by_hand(self, phone: str, on: bool) -> int:
        """Whether rules say nothing to the guest with this number. Raises NotFound."""
        with self._doors.act() as act:
            found = wishes.guest_by_hand(act, phone, on=on)
        self._tell()
        return found

    def contacts(self, people_id: int) -> list[Contact]:
        """Where the guest can be reached beside his phone."""
        with self._doors.database.read() as connection:
            return contacts.of_person(connection, people_id)

    def add_contact(
        self, people_id: int, channel: str, address: str, order_id: int | None = None
    ) -> int:
        """Raises BadInput naming the field, NotFound."""
        with self._doors.act() as act:
            return wishes.add_contact(act, people_id, channel, address, order_id)

    def remove_contact(self, contact_id: int) -> bool:
        """False when it is gone already."""
        with self._doors.act() as act:
            is_gone = contacts.remove(act.connection, contact_id)
            if is_gone:
                act.record("contact_removed", None, {})
            return is_gone

    def _key(self) -> bytes:
        return secret(self._doors.keys, STORE)

    def _tell(self) -> None:
        self._doors.feed.publish(MessagesChanged(()))
