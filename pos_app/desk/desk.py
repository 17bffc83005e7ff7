"""The desk: every act of the shop, for windows, command line and lanes alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from pos_app import config, phones
from pos_app.changes import ChangeFeed, MenuChanged, OrdersChanged, SettingsChanged
from pos_app.clock import Clock, Instant, business_date
from pos_app.desk import (
    automating,
    bumping,
    cancelling,
    finding,
    guest_acts,
    guest_words,
    lines,
    owning,
    pages,
    paper,
    paying,
    placing,
    printers,
    reading,
    recalling,
    remote,
    rule_traces,
    undoing,
)
from pos_app.desk.parts import Parts
from pos_app.desk.setup import Setup, SetupReader
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import StageLimits
from pos_app.domain.consent import Consent
from pos_app.domain.order import Draft, LineDraft, Order
from pos_app.domain.quote import TellGuests
from pos_app.errors import StoreError
from pos_app.keys import STORE, KeyStore, secret
from pos_app.store import consents, orders, people, sites
from pos_app.store.database import REVISION, Connection, Database
from pos_app.wire.browsers import BrowserWish
from pos_app.wire.snapshots import Action

if TYPE_CHECKING:
    from pos_app.desk.checking import CheckReport


class Desk(Parts):
    """Acts and readings of one store. Safe to call from any thread; never from the UI's.

    `device_id` and `staff_id` stand on every event. After each commit the feed is told.
    Acts that belong together stand in a part of their own: `kitchen`, `handover`, `dispatch`,
    `evening`, `paper_queue`, `privacy`, `rules`, `screens`, `staff`, `backups`,
    `channels`, `texts`, `messages`, `wishes`, `chats`, `owner`, `updates`, `menu`.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        feed: ChangeFeed,
        keys: KeyStore,
        *,
        device_id: str,
        staff_id: str = "",
        after_commit: Callable[[list[int]], None] | None = None,
    ) -> None:
        self.database = database
        self.clock = clock
        self.feed = feed
        self.keys = keys
        self.device_id = device_id
        self.staff_id = staff_id
        self._setup = SetupReader(keys)
        self._after_commit = after_commit

    def apart(self, staff_id: str = "") -> Desk:
        """The same desk under another name: for lanes, and for each further window."""
        return Desk(
            self.database,
            self.clock,
            self.feed,
            self.keys,
            device_id=self.device_id,
            staff_id=staff_id,
            after_commit=self._after_commit,
        )

    @property
    def held_settings(self) -> config.Settings | None:
        """The settings as they were read last; never waits. For whoever reports a bug."""
        held = self._setup.held
        return None if held is None else held.settings

    @contextmanager
    def act(self) -> Iterator[Transaction]:
        """One transaction; when it has committed, screens and lanes hear of it."""
        with self.database.write() as connection:
            before = self._setup.of_revision(connection, connection.info[REVISION])
            act = Transaction(connection, before, self.clock.now(), self.device_id, self.staff_id)
            yield act
            automating.follow(act)
        rule_traces.remember(act)
        if self._after_commit is not None:
            self._after_commit(act.seqs)
        if act.changed:
            self.feed.publish(OrdersChanged(tuple(sorted(act.changed)), self.device_id))

    # Orders

    def place(self, draft: Draft, *, pushed: bool = True) -> placing.Placed:
        with self.act() as act:
            return placing.place(act, draft, pushed=pushed)

    def bump(
        self, order_id: int, from_entry: int | None = None, station_id: int | None = None
    ) -> bumping.Bumped:
        with self.act() as act:
            return bumping.bump(act, order_id, from_entry, station_id)

    def undo(self, order_id: int, seq: int | None = None) -> Order:
        with self.act() as act:
            return undoing.undo(act, order_id, seq)

    def recall(self, order_id: int, station_id: int | None = None) -> Order:
        """Bring back one stage; with `station_id` only that station's share."""
        with self.act() as act:
            if station_id is not None:
                return recalling.recall_station(act, order_id, station_id)
            return undoing.recall(act, order_id)

    def cancel(self, order_id: int, reason: str) -> Order:
        with self.act() as act:
            return cancelling.cancel(act, order_id, reason)

    def pay(self, order_id: int, payment_type: str) -> Order:
        with self.act() as act:
            return paying.pay(act, order_id, payment_type)

    def add_line(self, order_id: int, line: LineDraft) -> Order:
        with self.act() as act:
            return lines.add(act, order_id, line)

    def void_line(self, order_id: int, no: int) -> Order:
        with self.act() as act:
            return lines.void(act, order_id, no)

    def check_off(self, order_id: int, line_id: int, made: bool) -> Order:
        with self.act() as act:
            return lines.check_off(act, order_id, line_id, made)

    def decline_cancel(self, order_id: int) -> Order:
        """Answer a guest who asked to cancel: no. Raises Refused when nobody asked."""
        with self.act() as act:
            return guest_acts.decline_cancel(act, order_id)

    def reprint(self, order_id: int) -> int:
        with self.act() as act:
            return paper.reprint(act, order_id)

    def apply_action(self, action: Action, wish: BrowserWish | None = None) -> str:
        """`wish` is what was sealed in it, where it is a browser's."""
        with self.act() as act:
            return remote.apply(act, action, wish)

    def skip_action(self, action_id: str, kind: str) -> str:
        with self.act() as act:
            return remote.skip(act, action_id, kind)

    # Reading

    def setup(self) -> Setup:
        with self.database.read() as connection:
            return self._setup.read(connection)

    def board(self) -> list[reading.Card]:
        """Every open order: what goes first, then the oldest."""
        with self.database.read() as connection:
            return reading.board(connection, practice=self._practice(connection))

    def cards(self, ids: list[int]) -> dict[int, reading.Card]:
        with self.database.read() as connection:
            return reading.cards(connection, ids, practice=self._practice(connection))

    def _practice(self, connection: Connection) -> bool:
        return self._setup.read(connection).identity.practice

    def order(self, order_id: int) -> reading.Card | None:
        return self.cards([order_id]).get(order_id)

    def find(self, wanted: str) -> int:
        """The id of `NUMBER[@DATE]`. Raises NotFound, Ambiguous, BadInput."""
        with self.database.read() as connection:
            return finding.order_id(connection, wanted)

    def search(
        self, words: str, limit: int = 50, *, before: int | None = None
    ) -> list[reading.Card]:
        """Orders by number, phone fragment, name, dish, table or day, newest first.

        Several words must all fit. `before` is the id of the last order of the page before.
        """
        self._let_newest_be_found()
        with self.database.read() as connection:
            ids = self._found(connection, words, limit, before)
            found = reading.cards(connection, ids, practice=self._practice(connection))
            return [found[order_id] for order_id in ids if order_id in found]

    def search_list(
        self, words: str, limit: int = 50, *, before: int | None = None
    ) -> list[reading.Card]:
        """What `search` finds, as a list shows it: no lines, no tickets, no message."""
        self._let_newest_be_found()
        with self.database.read() as connection:
            ids = self._found(connection, words, limit, before)
            return [reading.Card(order, None) for order in orders.heads(connection, ids)]

    def _let_newest_be_found(self) -> None:
        # A store that cannot be written is told elsewhere; what it holds is still searched.
        with suppress(StoreError):
            guest_words.keep_up(self.database)

    def _found(
        self, connection: Connection, words: str, limit: int, before: int | None
    ) -> list[int]:
        from pos_app.store import search

        shop = self._setup.read(connection).settings.shop
        today = business_date(self.clock.now(), shop.zone, shop.cutover_hour)
        return search.find(connection, words, limit, before=before, today=today)

    def timeline(self, order_id: int) -> list[reading.TimelineEntry]:
        with self.database.read() as connection:
            return reading.timeline(connection, order_id)

    def undoable(self, station_id: int | None = None) -> list[reading.Undoable]:
        """The last three acts that can be undone; with `station_id` only those of its tickets."""
        with self.database.read() as connection:
            return reading.undoable(connection, self.clock.now(), station_id)

    def recallable(self) -> list[reading.Card]:
        with self.database.read() as connection:
            return reading.recallable(connection, self.clock.now())

    def tracking_url(self, order_id: int, scope: str = pages.PAPER) -> str | None:
        """The address in the QR code; None while nobody can open a page."""
        with self.database.read() as connection:
            return pages.url(connection, self._setup.read(connection), order_id, scope)

    def acquaintance(self, typed_phone: str) -> people.Acquaintance | None:
        """The guest with this number as typed. Raises BadInput for no valid number."""
        phone = phones.parse(typed_phone, self.setup().settings.shop.country)
        with self.database.read() as connection:
            return people.acquaintance(connection, phone) if phone else None

    def consents(self, people_id: int) -> list[Consent]:
        """What one guest has answered when he was asked, oldest first."""
        with self.database.read() as connection:
            return consents.of_person(connection, people_id)

    def check(self, progress: Callable[[int, int], None] | None = None) -> CheckReport:
        from pos_app.desk import checking

        return checking.check(self.database, progress)

    # The owner

    def change_shop(self, shop: config.ShopSettings) -> None:
        with self.act() as act:
            owning.change_shop(act, shop)
        self.feed.publish(SettingsChanged((config.SHOP,)))

    def move_tell_guests(self, step_minutes: int) -> TellGuests:
        with self.act() as act:
            told = owning.move_tell_guests(act, step_minutes)
        self.feed.publish(SettingsChanged((config.TELL_GUESTS,)))
        return told

    def set_limits(self, limits: StageLimits) -> None:
        with self.act() as act:
            owning.set_limits(act, limits)
        self.feed.publish(SettingsChanged((config.LIMITS,)))

    def set_sms(self, sms: config.SmsSettings, password: str | None = None) -> None:
        with self.act() as act:
            owning.set_sms(act, sms, password, secret(self.keys, STORE))
        self.feed.publish(SettingsChanged((config.SMS,)))

    def add_printer(
        self,
        *,
        name: str,
        kind: str,
        address: str,
        width_mm: int = 80,
        prints: printers.Prints | None = None,
    ) -> int:
        with self.act() as act:
            printer_id = printers.add(
                act,
                name=name,
                kind=kind,
                address=address,
                width_mm=width_mm,
                prints=prints or printers.Prints(),
            )
        self.feed.publish(SettingsChanged(("printers",)))
        return printer_id

    def change_printer(self, printer_id: int, prints: printers.Prints) -> None:
        with self.act() as act:
            printers.change(act, printer_id, prints)
        self.feed.publish(SettingsChanged(("printers",)))

    def remove_printer(self, printer_id: int) -> None:
        with self.act() as act:
            printers.remove(act, printer_id)
        self.feed.publish(SettingsChanged(("printers",)))

    def mark_sold_out(self, dish_id: int, sold_out: bool) -> None:
        with self.act() as act:
            owning.mark_sold_out(act, dish_id, sold_out)
        self.feed.publish(MenuChanged())

    def use_site(self, site: sites.Site, key: bytes, keys: tuple[bytes, ...] = ()) -> int:
        with self.act() as act:
            count = owning.use_site(act, site, key, keys or (key,))
        self.feed.publish(SettingsChanged(("site",)))
        return count

    def use_link_key(self, site: sites.Site, kid: int, generation: int) -> None:
        with self.act() as act:
            owning.use_link_key(act, site, kid, generation)
        self.feed.publish(SettingsChanged(("site",)))

    def stop_site(self) -> None:
        with self.act() as act:
            owning.stop_site(act)
        self.feed.publish(SettingsChanged(("site",)))

    def now(self) -> Instant:
        return self.clock.now()
