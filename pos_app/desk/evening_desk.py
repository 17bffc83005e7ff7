"""The shift as a whole: stop and closing time, catch-up after a power cut, the end of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app import config
from pos_app.changes import LanesChanged, PrintJobsChanged, SettingsChanged
from pos_app.clock import Instant
from pos_app.config import Stop
from pos_app.desk import (
    catching_up,
    closing,
    guest_words,
    leaping,
    open_tickets,
    reading,
    stop_keys,
)
from pos_app.desk.reading import Card
from pos_app.domain.board import is_later
from pos_app.keys import STORE
from pos_app.store import closed_days, held

if TYPE_CHECKING:
    from pos_app.desk.channels_desk import KeyDoors


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """The till was dead from `since` to `until`. `cards`: what was open then and is not answered.

    `held`: customer messages that wait for a person. `why`: see `config.CatchUp`. `stops_lost`:
    guests have stopped texts whom this computer cannot recognise.
    """

    since: Instant
    until: Instant
    cards: tuple[Card, ...]
    held: int
    why: str = config.GAP
    stops_lost: bool = False


@dataclass(frozen=True, slots=True)
class EndOfDay:
    """Open orders to answer before the day closes; `business_date` is the day being closed."""

    business_date: str
    cards: tuple[Card, ...]
    closed: bool


class EveningDesk:
    """One method is one transaction."""

    def __init__(self, doors: KeyDoors) -> None:
        self._doors = doors

    def stop(self, stop: Stop) -> None:
        """Set what the shop does not take and when the kitchen closes."""
        with self._doors.act() as act:
            closing.stop(act, stop)
        self._doors.feed.publish(SettingsChanged((config.STOP,)))

    def after_closing(self) -> list[Card]:
        """Open orders whose promise lies after the kitchen closes today."""
        settings, now = self._doors.setup().settings, self._doors.clock.now()
        shop = settings.shop
        closes_at = closing.closing_at(settings.stop.kitchen_closes_minute, shop, now)
        if closes_at is None:
            return []
        return [
            card
            for card in self._open()
            if closing.is_after_closing(card.order, closes_at, shop, now)
        ]

    def later(self) -> list[Card]:
        """Orders that have not entered the kitchen yet, the next one first."""
        now = self._doors.clock.now()
        found = [card for card in self._open() if is_later(card.order, now)]
        return sorted(found, key=lambda card: (card.order.enters_at, card.order.id))

    def begin_catch_up(self, since: Instant) -> bool:
        """After a gap: hold waiting customer messages and open the catch-up. False if needless."""
        with self._doors.act() as act:
            has_begun = catching_up.begin(act, since)
        if has_begun:
            self._doors.feed.publish(SettingsChanged((config.CATCH_UP,)))
        return has_begun

    def confirm_clock(self) -> int:
        """The computer's clock has leapt and is right now. Returns the leap in ms.

        Raises Refused when it has not leapt.
        """
        with self._doors.act() as act:
            leap_ms = leaping.confirm(act, self._doors.clock)
        # Every process follows the wall clock when it hears of this, ours at once.
        self._doors.feed.publish(SettingsChanged((leaping.CLOCK, config.CATCH_UP)))
        self._doors.feed.publish(LanesChanged())
        return leap_ms

    def catching_up(self) -> CatchingUp | None:
        """What the catch-up screen asks; None when there is nothing to catch up."""
        setup = self._doors.setup()
        gap = setup.settings.catch_up
        if gap.since is None or gap.until is None:
            return None
        with self._doors.database.read() as connection:
            ids = catching_up.unanswered(connection, gap)
            waiting = held.count(connection, catching_up.REASON)
            cards = reading.cards(connection, ids, practice=setup.identity.practice)
            store_key = self._doors.keys.get(STORE) if gap.pauses_texts else None
            lost = gap.pauses_texts and stop_keys.are_lost(connection, store_key)
        if not cards and not waiting and not gap.pauses_texts:
            return None
        return CatchingUp(gap.since, gap.until, tuple(cards.values()), waiting, gap.why, lost)

    def settle(self, order_ids: list[int], answer: str) -> None:
        """`gone`, `here` or `cancelled` for each; silently: no text, times marked unknown.

        With the last answer, and nothing held, the catch-up ends by itself.
        """
        with self._doors.act() as act:
            has_ended = catching_up.settle(act, order_ids, answer)
        if has_ended:
            self._doors.feed.publish(SettingsChanged((config.CATCH_UP,)))

    def finish_catch_up(self, *, send: bool) -> int:
        """Release (or drop) the held messages and end the catch-up. Returns how many.

        Released are those that still are true; the others are dropped, and the card says so.
        """
        with self._doors.act() as act:
            released = catching_up.finish(act, send=send)
        self._doors.feed.publish(SettingsChanged((config.CATCH_UP,)))
        return released.sent if send else released.dropped

    def print_open(self) -> int:
        """Kitchen slips of all open tickets, on paper. Returns how many slips."""
        with self._doors.act() as act:
            slips = open_tickets.print_all(act)
        self._doors.feed.publish(PrintJobsChanged(by_hand=True))
        return slips

    def left_open(self) -> EndOfDay | None:
        """Orders left open on an earlier business date; None when there are none.

        One that is promised for today or later is not left, it is ahead.
        """
        setup = self._doors.setup()
        shop = setup.settings.shop
        today = closing.today(shop, self._doors.clock.now())
        cards = [card for card in self._open() if closing.day_of(card.order, shop) < today]
        if not cards:
            return None
        return self._end_of(max(closing.day_of(card.order, shop) for card in cards), cards)

    def end_of_day(self) -> EndOfDay:
        """Today's open orders (and older ones), to be answered one tap each."""
        shop = self._doors.setup().settings.shop
        today = closing.today(shop, self._doors.clock.now())
        cards = [card for card in self._open() if closing.day_of(card.order, shop) <= today]
        return self._end_of(today, cards)

    def _end_of(self, day: str, cards: list[Card]) -> EndOfDay:
        with self._doors.database.read() as connection:
            return EndOfDay(day, tuple(cards), closed_days.is_closed(connection, day))

    def close_order(self, order_id: int, answer: str) -> None:
        """`collected`, `not_collected` or `cancelled`; sends nothing, its end time is unknown."""
        with self._doors.act() as act:
            closing.close_order(act, order_id, answer)

    def close_day(self, business_date: str) -> None:
        """The day is over. Raises Refused while one of its orders is open."""
        with self._doors.act() as act:
            closing.close_day(act, business_date)
        guest_words.complete(self._doors.database)
        self._doors.feed.publish(SettingsChanged((closing.CLOSED_DAYS,)))

    def _open(self) -> list[Card]:
        practice = self._doors.setup().identity.practice
        with self._doors.database.read() as connection:
            return reading.board(connection, practice=practice)
