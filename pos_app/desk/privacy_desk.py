"""What a guest may ask for, and what happens without asking: shown, erased, forgotten by age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pos_app import config, phones
from pos_app.changes import MessagesChanged, SettingsChanged
from pos_app.clock import DAY_MS, Instant
from pos_app.desk import exporting, forgetting, owning
from pos_app.desk.browsers import PUSH
from pos_app.desk.doors import Doors
from pos_app.errors import BadInput, NotFound
from pos_app.store import aging, compacting, contacts, erasing, erasure_list, traces
from pos_app.store.database import Connection

SMALL_BYTES = 64 * 1024 * 1024
LONGEST_DAYS = 3650
_STEP_PEOPLE = 10
_STEP_ORDERS = 50


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. `is_clean`: the file was looked through and holds no word of him.

    False where copies wait for the night, when the file is written anew.
    """

    people: int
    orders: int
    withdrawn: int
    is_clean: bool


@dataclass(frozen=True, slots=True)
class Anonymised:
    """How many guests, and how many orders, lost their words."""

    people: int
    orders: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many guests are known, and when the next are forgotten; None when never."""

    people: int
    next_at: Instant | None


class PrivacyDesk:
    """Reading, erasing and forgetting guests; nothing here waits for a person."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def export(self, phone: str = "", people_id: int | None = None) -> dict[str, Any]:
        """Everything held about a guest, by his number as typed or by his row; journalled.

        Raises NotFound, BadInput for no number.
        """
        with self._doors.act() as act:
            ids = self._found(act.connection, phone, people_id)
            told = exporting.told(act.connection, act.setup, ids, act.now)
            act.record(exporting.EXPORTED, None, {"people_ids": ids})
        return told

    def erase(self, phone: str = "", people_id: int | None = None) -> Erased:
        """Forget a guest at once and for good, by his number as typed or by his row.

        Raises NotFound, Refused while an order of his is open, BadInput for no number.
        """
        store = self._doors.database.file
        with self._doors.act() as act:
            ids = self._found(act.connection, phone, people_id)
            order_ids = erasing.orders_of(act.connection, ids)
            words = traces.words_of(act.connection, ids, order_ids)
            gone = forgetting.erase(act, ids)
            # Before the commit: a list that names too many erases what was to be erased anyway.
            erasure_list.append(store, gone.subjects, act.now)
            forgetting.change_last(act.connection, act.now, to_clean=True)
        self._doors.feed.publish(MessagesChanged(gone.order_ids))
        is_clean = self._clean(words)
        return Erased(len(ids), len(gone.order_ids), gone.withdrawn, is_clean)

    def repeat_erasures(self) -> int:
        """After a restore: erase again whom the list beside the store names. Returns how many."""
        subjects = erasure_list.read(self._doors.database.file)
        with self._doors.act() as act:
            store_id = act.setup.identity.store_id
            again = erasing.repeat(act.connection, store_id, subjects.keys(), act.now)
            if again:
                act.record(forgetting.ERASED, None, {"people_ids": again, "why": "restored"})
                forgetting.change_last(act.connection, act.now, to_clean=True)
        return len(again)

    def keep_days(self, days: int) -> None:
        """Forget guests after `days` without an order; 0 keeps them until they ask.

        Raises BadInput naming `people_days`.
        """
        if not 0 <= days <= LONGEST_DAYS:
            raise BadInput("people_days", "From 0 (never) to {most} days", most=LONGEST_DAYS)
        with self._doors.act() as act:
            owning.write_setting(act, config.PRIVACY, config.Privacy(days))
        self._doors.feed.publish(SettingsChanged((config.PRIVACY,)))

    def kept(self) -> Kept:
        """How things stand, for a person who looks."""
        settings = self._doors.setup().settings
        with self._doors.database.read() as connection:
            people, last = aging.kept(connection), forgetting.read_last(connection)
        if not settings.privacy.people_days:
            return Kept(people, None)
        return Kept(people, forgetting.next_at(last, settings.shop, self._doors.clock.now()))

    def next_work_at(self) -> Instant:
        """When there is something to forget or to clean; now, when there is."""
        shop, now = self._doors.setup().settings.shop, self._doors.clock.now()
        with self._doors.database.read() as connection:
            last = forgetting.read_last(connection)
        return forgetting.next_at(last, shop, now)

    def anonymise_due(self) -> Anonymised:
        """Forget every guest and every loose word that is old enough, in many short steps.

        Interrupted, it goes on with what is left the next time; done twice, it does nothing.
        """
        people = orders = 0
        for people_ids, order_ids in self._due():
            with self._doors.act() as act:
                orders += forgetting.forget(act, people_ids, order_ids)
            people += len(people_ids)
        with self._doors.act() as act:
            last = forgetting.read_last(act.connection)
            # A browser is told of one order: it goes with the page on which it asked.
            page_ended = Instant(act.now - owning.PAGE_ENDED_DAYS * DAY_MS)
            browsers = contacts.remove_of_ended(act.connection, PUSH, page_ended)
            to_clean = last.to_clean or bool(people or orders or browsers)
            forgetting.change_last(act.connection, act.now, at=act.now, to_clean=to_clean)
        return Anonymised(people, orders)

    def clean(self) -> bool:
        """Write the file anew when something was erased since. False: it is not the time for it.

        A small store takes a moment; a bigger one waits until no order is open.
        """
        with self._doors.database.read() as connection:
            last = forgetting.read_last(connection)
            is_busy = aging.has_open(connection)
        database = self._doors.database
        if last.to_clean:
            if is_busy and compacting.size(database) >= SMALL_BYTES:
                return False
            compacting.rewrite(database)
            self._note(to_clean=False, to_cut=True)
        elif not last.to_cut:
            return True
        if not compacting.cut_log(database):
            return False
        self._note(to_cut=False)
        return True

    def _clean(self, words: set[str]) -> bool:
        """Look for erased words in the file, and write it anew when any is left there."""
        database = self._doors.database
        is_cut = compacting.cut_log(database)
        if is_cut and not traces.in_store(database.file, words):
            self._note(to_clean=False, to_cut=False)
            return True
        if not self.clean():
            return False
        left = traces.in_store(database.file, words)
        with database.read() as connection:
            return left <= traces.held(connection, left)

    def _note(self, **values: bool) -> None:
        with self._doors.act() as act:
            forgetting.change_last(act.connection, act.now, **values)

    def _due(self) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
        """Steps of people, then of orders that belong to nobody; each found in a short reading."""
        days = self._doors.setup().settings.privacy.people_days
        if not days:
            return
        now = self._doors.clock.now()
        before = Instant(now - days * DAY_MS)
        offers_before = Instant(now - max(days, forgetting.OFFERS_DAYS) * DAY_MS)
        after: int | None = 0
        while after is not None:
            with self._doors.database.read() as connection:
                due = aging.people_due(connection, after, before, offers_before)
            yield from ((ids, ()) for ids in _steps(due.ids, _STEP_PEOPLE))
            after = due.after
        after = 0
        while after is not None:
            with self._doors.database.read() as connection:
                due = aging.orders_due(connection, after, before)
            yield from (((), ids) for ids in _steps(due.ids, _STEP_ORDERS))
            after = due.after

    def _found(self, connection: Connection, typed: str, people_id: int | None) -> list[int]:
        if people_id is not None:
            ids = [people_id] if erasing.exists(connection, people_id) else []
        else:
            country = self._doors.setup().settings.shop.country
            ids = erasing.of_phone(connection, phones.parse(typed, country, "phone"))
        if not ids:
            raise NotFound("No guest of this shop has that number")
        return ids


def _steps(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
