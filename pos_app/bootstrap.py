"""The only composition root: from a data folder to a shop that can work."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app import keys, paths
from pos_app.automation.defaults import DEFAULT_RULES
from pos_app.changes import ChangeFeed
from pos_app.clock import Clock, SystemClock
from pos_app.config import SHOP, ShopSettings, WayOut, checked
from pos_app.desk import copied_stores
from pos_app.desk.desk import Desk
from pos_app.desk.leaping import follow_the_confirmed
from pos_app.errors import OrderbellError, Refused
from pos_app.progress import Progress, silent
from pos_app.shop_clock import clock_kept_in
from pos_app.store import (
    copies,
    documents,
    high_water,
    journal,
    rules,
    schema,
    settings,
    terminals,
    upgrading,
    words,
)
from pos_app.store.copies import StoreCopy
from pos_app.store.database import WRITER, Database
from pos_app.store.presence import Presence, Replacing
from pos_app.store.watch import StoreWatch

if TYPE_CHECKING:
    from pos_app.desk.restoring import Restored
    from pos_app.desk.setup import Setup
    from pos_app.insights.summary import Summary
    from pos_app.lanes.local_site import LocalSite
    from pos_app.lanes.runner import Lanes
    from pos_app.lanes.state import LaneStatus
    from pos_app.receipts import Printer
    from pos_app.store.printers import StoredPrinter


@dataclass(frozen=True, slots=True)
class Shop:
    """One open data folder. `close` gives everything back.

    `missing` is how many of the newest changes were saved here once and are gone.
    """

    data: Path
    database: Database
    desk: Desk
    feed: ChangeFeed
    clock: Clock
    keys: keys.KeyStore
    identity: schema.Identity
    terminal_id: str
    watch: StoreWatch
    presence: Presence
    mark: high_water.HighWater
    missing: int = 0

    def close(self) -> None:
        self.watch.stop()
        self.database.close()
        self.mark.close()
        self.presence.end()


def exists(data: Path) -> bool:
    """Whether a shop lives in this folder."""
    return paths.store_file(data).exists()


def needs_update(data: Path) -> bool:
    """Whether opening this shop will take a while: its store is an older program's."""
    return upgrading.is_older(paths.store_file(data))


def newest_backup(data: Path) -> StoreCopy | None:
    """The newest copy beside the store, for one that cannot be opened any more."""
    return copies.newest_backup(copies.found_in(copies.folder_of(paths.store_file(data))))


def init_shop(
    data: Path,
    shop: ShopSettings,
    *,
    practice: bool = False,
    sample_menu: bool = True,
    clock: Clock | None = None,
) -> None:
    """Make a shop in `data`. Raises Refused when there is one, BadInput naming the field."""
    if exists(data):
        raise Refused(
            "There is a shop in this folder",
            "{folder}",
            "Choose another with --data.",
            folder=data,
        )
    from pos_app.desk.menus import seed_menu

    checked(shop)
    paths.make_private_folder(data)
    now = (clock or SystemClock()).now()
    # Made beside and renamed, so that an interrupted init leaves no half a shop.
    part = data / f".store.{os.getpid()}.part"
    for leftover in data.glob(f"{part.name}*"):
        leftover.unlink()
    database = schema.create_store(part, practice=practice, now=now)
    try:
        with database.write() as connection:
            settings.write(connection, SHOP, shop, now)
            for position, rule in enumerate(DEFAULT_RULES):
                rules.add(
                    connection,
                    rule_id=rule.id,
                    document=documents.dump(rule),
                    position=position,
                    is_enabled=True,
                    now=now,
                )
            if sample_menu:
                seed_menu(connection, shop.currency)
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connected pool entry has its driver
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()
    part.rename(paths.store_file(data))


def open_shop(
    data: Path,
    *,
    clock: Clock | None = None,
    staff_id: str = "",
    progress: Progress = silent,
) -> Shop:
    """Open the shop in `data`. Raises Refused when there is none, StoreError kinds.

    `progress` is told how far an update of the store has come, when it needs one.
    """
    if not exists(data):
        raise Refused(
            "There is no shop in this folder",
            "{folder}",
            "Make one with `orderbell init`.",
            folder=data,
        )
    with ExitStack() as given_back:
        presence = Presence(data)
        given_back.callback(presence.end)
        mark = high_water.HighWater(paths.mark_file(data))
        given_back.callback(mark.close)
        now = (clock or SystemClock()).now()
        database = schema.open_store(paths.store_file(data), now, progress)
        given_back.callback(database.close)
        shop = _compose(data, database, presence, mark, clock, staff_id)
        given_back.pop_all()
        return shop


def _compose(
    data: Path,
    database: Database,
    presence: Presence,
    mark: high_water.HighWater,
    clock: Clock | None,
    staff_id: str,
) -> Shop:
    with database.read() as connection:
        identity = schema.identity(connection)
        last, committed_at = journal.last(connection)
    if clock is None:
        clock = clock_kept_in(paths.clock_file(data), committed_at)
    kept = keys.choose(paths.keys_folder(data), identity.store_id)
    feed = ChangeFeed()
    follow_the_confirmed(feed, clock)
    watch = StoreWatch(database, feed)
    terminal_id = terminals.this_computer(data)
    with database.write() as connection:
        terminals.note(connection, terminal_id, WRITER, clock.now())
        # What an older program wrote has no words to be found by.
        words.mend(connection)
    missing = mark.missing(identity.store_id, identity.epoch, last)

    def committed(seqs: list[int]) -> None:
        watch.skip(seqs)
        mark.note(seqs)

    desk = Desk(
        database,
        clock,
        feed,
        kept,
        device_id=terminal_id,
        staff_id=staff_id,
        after_commit=committed,
    )
    if missing:
        with desk.act() as act:
            act.record(high_water.EVENT, None, {"last": last, "missing": missing})
    identity = copied_stores.settle(desk, identity, committed_at)
    mark.belong_to(identity.store_id, identity.epoch)
    return Shop(
        data,
        database,
        desk,
        feed,
        clock,
        kept,
        identity,
        terminal_id,
        watch,
        presence,
        mark,
        missing,
    )


def missing_changes(shop: Shop) -> OrderbellError | None:
    """What to tell when the newest changes are gone from the store; None when they are there."""
    return high_water.told(shop.missing) if shop.missing else None


def restore_shop(
    data: Path,
    copy: Path,
    *,
    clock: Clock | None = None,
    staff_id: str = "",
    progress: Progress = silent,
) -> Restored:
    """Put the backup `copy` in the place of the shop in `data`, which nobody may have open.

    Raises Refused for another shop's backup, StoreError kinds; then everything is as it was.
    """
    from pos_app.desk import restoring

    paths.make_private_folder(data)
    with Replacing(data):
        return restoring.restore(
            paths.store_file(data),
            copy,
            clock or SystemClock(),
            keys_folder=paths.keys_folder(data),
            device_id=terminals.this_computer(data),
            staff_id=staff_id,
            progress=progress,
        )


def try_saving(shop: Shop) -> None:
    """Write something small and true into the store. Raises StoreError while it cannot be."""
    with shop.database.write() as connection:
        terminals.note(connection, shop.terminal_id, WRITER, shop.clock.now())


def lanes_of(shop: Shop) -> Lanes:
    """The lanes of an open shop, not yet started; stop them before the shop is closed."""
    from pos_app.lanes.runner import Lanes
    from pos_app.page_words import page_words

    def day_words(database: Database, setup: Setup, day: str) -> Summary:
        # Only a till that tells its owner how a day was waits for the reports.
        from pos_app.insights.summary import of_day

        return of_day(database, setup, day)

    return Lanes(replace(shop, desk=shop.desk.apart(shop.desk.staff_id)), page_words, day_words)


def lanes_status(shop: Shop, language: str = "") -> LaneStatus:
    """What is down in one sentence, and how much waits."""
    from pos_app.lanes.state import status

    return status(shop, language)


def local_site(
    shop: Shop, *, mode: str = "loopback", host: str = "127.0.0.1", port: int = 8123
) -> LocalSite:
    """The page served by this computer, not yet started. `mode`: `loopback`, `shop_network`."""
    from pos_app.lanes.local_site import LocalSite
    from pos_app.tracking.enrolment import enrol_local

    return LocalSite(shop, enrol_local, mode=mode, host=host, port=port)


def enrol_for_port(shop: Shop, port: int) -> str:
    """Report to the site beside this store at `http://127.0.0.1:port`; that address."""
    from pos_app.lanes.enrolment import LOOPBACK, origin_of, use_local_site
    from pos_app.tracking.enrolment import enrol_local

    return use_local_site(shop, origin_of("127.0.0.1", port), LOOPBACK, enrol_local).origin


def pair(shop: Shop, code: str) -> str:
    """Pair this till with a hosted site; the check word that both sides show."""
    from pos_app.lanes import pairing
    from pos_app.wire.pairing import parse_code

    return pairing.pair(shop, parse_code(code)).check_word


def gateway_answers(shop: Shop) -> bool | None:
    """Whether the way out for texts can be asked now; None when none is set up."""
    from pos_app.lanes.trying import answers

    return answers(shop)


def add_channel(shop: Shop, way: WayOut, secret: str) -> WayOut:
    """Set up a way out after its adapter has agreed. Raises BadInput naming the field.

    An empty `channel` is the one that this kind serves.
    """
    from pos_app.channels import ways

    if not way.channel:
        way = replace(way, channel=ways.channel_of(way.kind, ways.made(way.kind, way.setup)))
    secret = secret or ("" if shop.desk.channels.keeps(way) else ways.made_secret(way.kind))
    ways.checked(way, secret)
    shop.desk.channels.add(way, secret)
    return way


def try_channel(shop: Shop, name: str, to: str) -> str:
    """Send one text to `to` by the way called `name`; empty when it was taken, else a code."""
    from pos_app.lanes.trying import send_one

    return send_one(shop, name, to)


def printer_at(printer: StoredPrinter) -> Printer:
    """Where a stored printer's slips go. Raises an OrderbellError when it cannot be one."""
    from pos_app.lanes.printer_places import target

    return target(printer)
