"""The owner's part about the ways out: which there are, what they cost, what they may cost."""

from __future__ import annotations

from typing import Protocol

from pos_app import config
from pos_app.changes import SettingsChanged
from pos_app.clock import local
from pos_app.desk import bot_changes, channelling
from pos_app.desk.browsers import PUSH
from pos_app.desk.doors import Doors
from pos_app.desk.rule_saving import RULES
from pos_app.domain.cascade import Leg
from pos_app.keys import STORE, KeyStore, secret
from pos_app.store import contacts, spend
from pos_app.store.spend import Spent

__all__ = ["ChannelsDesk", "KeyDoors", "Spent"]


class KeyDoors(Doors, Protocol):
    """A desk that can seal."""

    keys: KeyStore


class ChannelsDesk:
    """Acts and readings; whether an adapter could use what is given is asked before (bootstrap)."""

    def __init__(self, doors: KeyDoors) -> None:
        self._doors = doors

    def ways(self) -> tuple[config.WayOut, ...]:
        """All ways out; of one channel the one that is tried first before the others."""
        return self._doors.setup().settings.ways

    def way(self, name: str) -> config.WayOut:
        """Raises NotFound."""
        return channelling.way_called(self._doors.setup().settings, name)

    def add(self, way: config.WayOut, password: str) -> None:
        """Set up a way out; an empty `password` keeps the sealed one. Raises BadInput."""
        before = self._doors.setup().bot
        with self._doors.act() as act:
            channelling.add(act, way, password, secret(self._doors.keys, STORE))
        self._tell_chats(before)
        self._tell()

    def keeps(self, way: config.WayOut) -> bool:
        """Whether a way of this name and kind is there: set up anew, it keeps what is sealed."""
        return (way.name, way.kind) in [(one.name, one.kind) for one in self.ways()]

    def subscribers(self) -> int:
        """How many browsers are told of open orders by push."""
        with self._doors.database.read() as connection:
            return contacts.of_channel(connection, PUSH)

    def remove(self, name: str) -> None:
        before = self._doors.setup().bot
        with self._doors.act() as act:
            channelling.remove(act, name)
        self._tell_chats(before)
        self._tell()

    def set_order(self, names: tuple[str, ...]) -> None:
        """Which ways come first where a channel has several. Raises BadInput."""
        with self._doors.act() as act:
            channelling.set_order(act, names)
        self._tell()

    def set_price(self, name: str, price: int) -> None:
        with self._doors.act() as act:
            channelling.set_price(act, name, price)
        self._tell()

    def limits(self) -> config.TextLimits:
        return self._doors.setup().settings.channels.limits

    def set_limits(self, limits: config.TextLimits) -> None:
        with self._doors.act() as act:
            channelling.set_limits(act, limits)
        self._tell()

    def set_legs(self, legs: tuple[Leg, ...]) -> None:
        with self._doors.act() as act:
            channelling.set_legs(act, legs)
        self._tell()

    def spent(self, month: str = "") -> list[Spent]:
        """What a month (`2026-11`, the running one when empty) has cost by channel and text."""
        zone = self._doors.setup().settings.shop.zone
        wanted = month or f"{local(self._doors.clock.now(), zone):%Y-%m}"
        with self._doors.database.read() as connection:
            return spend.of_month(connection, wanted)

    def _tell_chats(self, before: str) -> None:
        """Another bot, the first or none: open orders and rules follow."""
        if self._doors.setup().bot != before:
            with self._doors.act() as act:
                bot_changes.follow(act)

    def _tell(self) -> None:
        self._doors.feed.publish(SettingsChanged((config.CHANNELS, config.SMS, RULES)))
