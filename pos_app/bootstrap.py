"""The only composition root: from a data folder to a shop that can work."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app import keys, paths
from pos_app.automation.defaults import DEFAULT_RULES
from pos_app.changes import ChangeFeed
from pos_app.clock import Clock, SystemClock
from pos_app.config import SHOP, ShopSettings, checked
from pos_app.desk.desk import Desk
from pos_app.desk.menus import seed_menu
from pos_app.domain.ids import new_uid
from pos_app.errors import Refused
from pos_app.store import documents, journal, rules, schema, settings, terminals, words
from pos_app.store.database import WRITER, Database
from pos_app.store.watch import StoreWatch

if TYPE_CHECKING:
    from pos_app.lanes.local_site import LocalSite
    from pos_app.lanes.runner import Lanes
    from pos_app.lanes.state import LaneStatus
    from pos_app.receipts import Printer
    from pos_app.store.printers import StoredPrinter


@dataclass(frozen=True, slots=True)
class Shop:
    """One open data folder. `close` gives everything back."""

    data: Path
    database: Database
    desk: Desk
    feed: ChangeFeed
    clock: Clock
    keys: keys.KeyStore
    identity: schema.Identity
    terminal_id: str
    watch: StoreWatch

    def close(self) -> None:
        self.watch.stop()
        self.database.close()


def exists(data: Path) -> bool:
    """Whether a shop lives in this folder."""
    return paths.store_file(data).exists()


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


def open_shop(data: Path, *, clock: Clock | None = None, staff_id: str = "") -> Shop:
    """Open the shop in `data`. Raises Refused when there is none, StoreError kinds."""
    if not exists(data):
        raise Refused(
            "There is no shop in this folder",
            "{folder}",
            "Make one with `orderbell init`.",
            folder=data,
        )
    database = schema.open_store(paths.store_file(data))
    try:
        return _compose(data, database, clock, staff_id)
    except BaseException:
        database.close()
        raise


def _compose(data: Path, database: Database, clock: Clock | None, staff_id: str) -> Shop:
    with database.read() as connection:
        identity = schema.identity(connection)
        _, committed_at = journal.last(connection)
    if clock is None:
        clock = SystemClock(floor=committed_at)
    kept = keys.choose(paths.keys_folder(data), identity.store_id)
    feed = ChangeFeed()
    watch = StoreWatch(database, feed)
    terminal_id = _terminal(data)
    with database.write() as connection:
        terminals.note(connection, terminal_id, WRITER, clock.now())
        # What an older program wrote has no words to be found by.
        words.mend(connection)
    desk = Desk(
        database,
        clock,
        feed,
        kept,
        device_id=terminal_id,
        staff_id=staff_id,
        after_commit=watch.skip,
    )
    return Shop(data, database, desk, feed, clock, kept, identity, terminal_id, watch)


def _terminal(data: Path) -> str:
    """This computer's id: one per data folder, shared by its windows and the command line."""
    file = data / "terminal"
    if not file.exists():
        part = data / f".terminal.{os.getpid()}"
        part.write_text(new_uid(), encoding="ascii")
        _first_wins(part.rename, file)
    return file.read_text(encoding="ascii").strip()


def _first_wins(rename: Callable[[Path], Path], target: Path) -> None:
    # Two first starts at once: on Windows the second rename fails, elsewhere it replaces; both
    # then read the file that is there.
    try:
        rename(target)
    except FileExistsError:
        return


def lanes_of(shop: Shop) -> Lanes:
    """The lanes of an open shop, not yet started; stop them before the shop is closed."""
    from pos_app.lanes.runner import Lanes

    return Lanes(replace(shop, desk=shop.desk.apart(shop.desk.staff_id)))


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
    from pos_app.lanes.outlet import Outlet

    outlet = Outlet(shop)
    try:
        channel = outlet.current()
        # Nobody knows this message: an answer about it shows that the gateway is there.
        return None if channel is None else channel.poll(new_uid()) is not None
    finally:
        outlet.close()


def printer_at(printer: StoredPrinter) -> Printer:
    """Where a stored printer's slips go. Raises an OrderbellError when it cannot be one."""
    from pos_app.lanes.printer_places import target

    return target(printer)
