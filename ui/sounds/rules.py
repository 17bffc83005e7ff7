"""When a screen rings, as pure rules: no loudspeaker, no window, a clock from outside.

A new order rings at once on the boards that show it and every 20 s until somebody touches that
board, or the ticket is started or seen; louder after a minute, at the counter too after three. An
edit or an allergy rings until *Seen*. Late rings once. What has not entered the kitchen yet, what
is held, and what is made at the counter rings nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.domain.board import Band, StageLimits, is_held, is_later, standing
from pos_app.domain.order import Order, Ticket
from pos_app.domain.screens import Sounds
from pos_app.domain.workflow import PHASES, Kind, Phase, Source, has_ended

REPEAT_MS = 20 * SECOND_MS
LOUDER_AFTER_MS = MINUTE_MS
COUNTER_AFTER_MS = 3 * MINUTE_MS
# Two sounds at once cannot be told apart.
APART_MS = 2 * SECOND_MS
# Of the volume that was chosen: the rest is for what has been let lie.
USUAL_SHARE = 0.6


class Sound(StrEnum):
    """The four sounds, the most urgent first. The value names its file."""

    CHANGED = "changed"
    WEB = "web"
    NEW = "new"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Ring:
    """One sound to be made now, at `volume` from 0 to 1."""

    sound: Sound
    volume: float


@dataclass(slots=True)
class _Alarm:
    """What rings again and again: since when, whether it has rung, whether a touch has ended it."""

    since: Instant
    has_rung: bool = False
    heard: bool = False


class Rings:
    """What one screen rings for. `station_ids` None is the pass, which shows every order.

    `at_counter`: it only helps out when a new order has been let lie for three minutes.
    """

    def __init__(
        self,
        sounds: Sounds,
        *,
        station_ids: frozenset[int] | None = None,
        at_counter: bool = False,
    ) -> None:
        self.sounds = sounds
        self.limits = StageLimits()
        self._station_ids = station_ids
        self._at_counter = at_counter
        self._orders: dict[int, Order] = {}
        self._alarms: dict[tuple[int, Sound], _Alarm] = {}
        self._were_late: set[int] = set()
        self._late_news: set[int] = set()
        self._rang: dict[Sound, Instant] = {}
        self._rang_last = Instant(-APART_MS)
        self._is_open = False

    def show(self, orders: Mapping[int, Order], now: Instant) -> None:
        """Take in orders as they are now, by id; those that have ended are forgotten.

        The first call says what stands there already: its age counts, its lateness is no news.
        """
        for order_id, order in orders.items():
            known = self._orders.get(order_id)
            if known is not None and known.revision > order.revision:
                continue
            if has_ended(order.kind):
                self._forget(order_id)
                continue
            self._orders[order_id] = order
            if self._is_open:
                self._follow(order, now, now)
                continue
            since = max(order.placed_at, order.enters_at)
            self._follow(order, now, Instant(min(since, now)))
            if self._is_late(order, now):
                self._were_late.add(order_id)
        self._is_open = True

    def pass_time(self, now: Instant) -> None:
        """What time alone does, once a second: later orders enter, tickets become late."""
        for order_id, order in self._orders.items():
            self._follow(order, now, now)
            if order_id not in self._were_late and self._is_late(order, now):
                self._were_late.add(order_id)
                self._late_news.add(order_id)

    def choose(self, station_ids: frozenset[int] | None, now: Instant) -> None:
        """Show other stations from now on: whoever chose them has seen what stands there."""
        if station_ids == self._station_ids:
            return
        self._station_ids = station_ids
        for order in self._orders.values():
            self._follow(order, now, now)
        for alarm in self._alarms.values():
            alarm.has_rung = True
        self.touched()

    def touched(self) -> None:
        """Somebody is at this screen: what has rung for a new order is heard.

        A change or an allergy rings on: only *Seen* proves that it was read.
        """
        for (_, sound), alarm in self._alarms.items():
            alarm.heard = alarm.heard or (alarm.has_rung and sound is not Sound.CHANGED)

    def due(self, now: Instant) -> Ring | None:
        """What to ring at `now`, one sound after the other. None is silence."""
        if now - self._rang_last < APART_MS:
            return None
        for sound in Sound:
            ring = self._late_ring() if sound is Sound.LATE else self._ring(sound, now)
            if ring is not None:
                self._rang[sound] = self._rang_last = now
                return ring
        return None

    def _follow(self, order: Order, now: Instant, since: Instant) -> None:
        """Begin and end the alarms of one order."""
        calls = self._calls(order, now)
        for sound in (Sound.CHANGED, Sound.WEB, Sound.NEW):
            key = (order.id, sound)
            if sound not in calls:
                self._alarms.pop(key, None)
            elif key not in self._alarms:
                self._alarms[key] = _Alarm(since)

    def _calls(self, order: Order, now: Instant) -> set[Sound]:
        calls: set[Sound] = set()
        if not _is_in_the_kitchen(order, now):
            return calls
        if self._is_new(order):
            calls.add(Sound.WEB if order.source is Source.WEB else Sound.NEW)
        if not self._at_counter and self._is_unseen(order):
            calls.add(Sound.CHANGED)
        return calls

    def _tickets(self, order: Order) -> list[Ticket]:
        wanted = self._station_ids
        return [t for t in order.tickets if wanted is None or t.station_id in wanted]

    def _is_new(self, order: Order) -> bool:
        if self._station_ids is None:
            return PHASES[order.kind] is Phase.NEW and order.allergy_seen_at is None
        return any(
            ticket.kind is Kind.ACCEPTED and ticket.allergy_seen_at is None
            for ticket in self._tickets(order)
        )

    def _is_unseen(self, order: Order) -> bool:
        if self._station_ids is None:
            return order.unseen_allergy or bool(order.unseen_changes)
        return any(
            ticket.changes
            or (order.allergy and ticket.allergy_seen_at is None and ticket.kind is not Kind.READY)
            for ticket in self._tickets(order)
        )

    def _is_late(self, order: Order, now: Instant) -> bool:
        if self._at_counter or not _is_in_the_kitchen(order, now):
            return False
        if self._station_ids is not None and all(
            ticket.kind is Kind.READY for ticket in self._tickets(order)
        ):
            return False
        return standing(order, now, self.limits).band is Band.LATE

    def _ring(self, sound: Sound, now: Instant) -> Ring | None:
        if not self._is_on(sound):
            return None
        calling = [
            alarm
            for (_, called), alarm in self._alarms.items()
            if called is sound
            and not alarm.heard
            and (not self._at_counter or now - alarm.since >= COUNTER_AFTER_MS)
        ]
        is_news = any(not alarm.has_rung for alarm in calling)
        if not calling or not (is_news or now - self._rang.get(sound, 0) >= REPEAT_MS):
            return None
        for alarm in calling:
            alarm.has_rung = True
        louder = any(now - alarm.since >= LOUDER_AFTER_MS for alarm in calling)
        return self._at_volume(sound, louder=louder)

    def _late_ring(self) -> Ring | None:
        is_news = bool(self._late_news) and self._is_on(Sound.LATE)
        self._late_news.clear()
        return self._at_volume(Sound.LATE, louder=False) if is_news else None

    def _is_on(self, sound: Sound) -> bool:
        return bool(getattr(self.sounds, sound.value)) and self.sounds.volume > 0

    def _at_volume(self, sound: Sound, *, louder: bool) -> Ring:
        return Ring(sound, self.sounds.volume / 100 * (1.0 if louder else USUAL_SHARE))

    def _forget(self, order_id: int) -> None:
        self._orders.pop(order_id, None)
        self._were_late.discard(order_id)
        self._late_news.discard(order_id)
        for sound in Sound:
            self._alarms.pop((order_id, sound), None)


def _is_in_the_kitchen(order: Order, now: Instant) -> bool:
    """Whether the kitchen has to do with it now: entered, not held, and something to cook."""
    return (
        not is_later(order, now)
        and not is_held(order)
        and PHASES[order.kind] in (Phase.NEW, Phase.IN_KITCHEN, Phase.READY)
        and any(line.prep_minutes > 0 for line in order.open_lines)
    )
