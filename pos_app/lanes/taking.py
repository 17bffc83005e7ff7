"""Which texts of a channel are for one of its ways: never the same text for two of them.

What was tried belongs to the way that tried it until that way has surely said no; what it may have
taken once stays its own for good. What waits goes by the first way that has not refused it and is
not left alone just now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.desk.setup import Setup
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.precedence import Precedence
from pos_app.store import tries
from pos_app.store.database import Connection
from pos_app.store.messages import Message
from pos_app.store.tries import NEVER_TRIED, Tries


@dataclass(frozen=True, slots=True)
class Shared:
    """`ours` may leave by this way, or were tried by it.

    `orphans`: a way that is not set up any more may have them. `stranded`: every way there is has
    refused them. The first way of a channel sees to both.
    """

    ours: tuple[Message, ...] = ()
    orphans: tuple[Message, ...] = ()
    stranded: tuple[Message, ...] = ()


NOTHING = Shared()


class Taking:
    """Speaks for one place among the ways of a channel."""

    def __init__(self, outlet: Outlet, precedence: Precedence) -> None:
        self._outlet = outlet
        self._precedence = precedence

    @property
    def way(self) -> str:
        """The name of the way that stands at this place now; empty in practice."""
        return self._outlet.way_name

    def tried(self, connection: Connection, setup: Setup, found: Sequence[Message]) -> Shared:
        """Of texts that are being sent or were taken: those that this way answers for."""
        outlet = self._outlet
        busy = self._precedence.in_other_hands(outlet.channel_name, outlet.place)
        found = [message for message in found if message.id not in busy]
        known, names = tries.of(connection, [m.id for m in found]), self._names(setup)
        ours, orphans = list[Message](), list[Message]()
        for message in found:
            way = self._holder(known.get(message.id, NEVER_TRIED), names)
            if way == self.way:
                ours.append(message)
            elif self._is_first and way not in names:
                orphans.append(message)
        return Shared(tuple(ours), tuple(orphans))

    def waiting(self, connection: Connection, setup: Setup, due: Sequence[Message]) -> Shared:
        """Of texts that wait: those that may leave by this way now."""
        known, names = self._known(connection, due), self._names(setup)
        ours, orphans, stranded = list[Message](), list[Message](), list[Message]()
        for message in due:
            one = known.get(message.id, NEVER_TRIED)
            holder = self._holder(one, names) if one.is_bound else None
            if holder is not None and holder not in (*names, self.way):
                orphans.append(message)
            elif holder is not None:
                ours += [message] if holder == self.way else []
            elif names and one.refused.issuperset(names):
                stranded.append(message)
            elif self.way not in one.refused and self._others_cannot(names, one.refused):
                ours.append(message)
        if not self._is_first:
            return Shared(tuple(ours))
        return Shared(tuple(ours), tuple(orphans), tuple(stranded))

    def left(
        self, connection: Connection, setup: Setup, found: Sequence[Message]
    ) -> Sequence[Message]:
        """Of texts that have left: those by this way; all where the channel has no other."""
        if len(self._names(setup)) < 2:
            return found
        return self.tried(connection, setup, found).ours

    def may_go_on(self, connection: Connection, setup: Setup, message: Message) -> bool:
        """Whether another way may still take what this one surely does not."""
        names = self._names(setup)
        if len(names) < 2:
            return False
        one = tries.of(connection, [message.id]).get(message.id, NEVER_TRIED)
        others = [name for name in names if name != self.way and name not in one.refused]
        return bool(others) and not one.is_bound

    @property
    def _is_first(self) -> bool:
        return self._outlet.place == 0

    def _holder(self, one: Tries, names: Sequence[str]) -> str:
        """Which way answers for it; the first where a program of before wrote none."""
        return one.way or next(iter(names), "")

    def _known(self, connection: Connection, found: Sequence[Message]) -> dict[int, Tries]:
        return tries.of(connection, [m.id for m in found if m.tries])

    def _names(self, setup: Setup) -> list[str]:
        if setup.identity.practice:
            return []
        return [way.name for way in setup.settings.ways_of(self._outlet.channel_name)]

    def _others_cannot(self, names: Sequence[str], refused: frozenset[str]) -> bool:
        channel, before = self._outlet.channel_name, names[: self._outlet.place]
        return all(
            name in refused or self._precedence.is_left_alone(channel, place)
            for place, name in enumerate(before)
        )
