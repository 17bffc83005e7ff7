"""Noticing what other processes commit to the same file.

SQLite's `data_version` changes on a kept connection whenever somebody else commits; only then
is the journal read. Our own commits are announced by the desk itself and skipped here. That the
set-up has changed is told by its revision, not by a list of kinds that somebody could forget.
"""

from __future__ import annotations

import threading

from pos_app.changes import (
    ChangeFeed,
    LanesChanged,
    MenuChanged,
    OrdersChanged,
    PrintJobsChanged,
    SettingsChanged,
)
from pos_app.errors import StoreError
from pos_app.store import journal, revision
from pos_app.store.database import Database
from pos_app.store.plain_words import told_plainly

POLL_S = 0.05
RETRY_S = 1.0
_MENU = {"sold_out", "on_sale", "menu_imported", "menu_changed"}
_TO_PRINT = {"slips_released", "tickets_printed"}


class StoreWatch:
    """A thread that turns other processes' journal rows into changes of our feed."""

    def __init__(self, database: Database, feed: ChangeFeed) -> None:
        self._database = database
        self._feed = feed
        self._own: set[int] = set()
        self._own_lock = threading.Lock()
        self._stopping = threading.Event()
        self._failing = False
        self._thread = threading.Thread(target=self._run, name="store-watch", daemon=True)
        with database.read() as connection:
            self._seen, _ = journal.last(connection)
            self._revision = revision.read(connection)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    @property
    def is_well(self) -> bool:
        """Whether what others commit is noticed now; true as well before it was started."""
        begun = self._thread.ident is not None
        return not self._failing and (self._thread.is_alive() or not begun)

    def skip(self, seqs: list[int]) -> None:
        """These events were committed, and announced, by this process."""
        with self._own_lock:
            self._own.update(seqs)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._follow()
            except StoreError:
                self._failing = True
                self._stopping.wait(RETRY_S)

    def _follow(self) -> None:
        with told_plainly(self._database.file), self._database.engine.connect() as raw:
            driver = raw.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connected pool entry has its driver
            version = None
            while not self._stopping.wait(POLL_S):
                now = driver.execute("PRAGMA data_version").fetchone()[0]
                if now != version:
                    version = now
                    self._read_news()
                self._failing = False

    def _read_news(self) -> None:
        with self._database.read() as connection:
            news = journal.after(connection, self._seen)
            found = revision.read(connection)
        has_risen, self._revision = found != self._revision, found
        if not news and not has_risen:
            return
        self._seen = news[-1].seq if news else self._seen
        with self._own_lock:
            others = [entry for entry in news if entry.seq not in self._own]
            self._own = {seq for seq in self._own if seq > self._seen}
        if others or (has_risen and not news):
            self._announce(others, is_setup_new=has_risen)

    def _announce(self, news: list[journal.Entry], *, is_setup_new: bool) -> None:
        ids = {entry.order_id for entry in news if entry.order_id is not None}
        if ids:
            self._feed.publish(OrdersChanged(tuple(sorted(ids)), news[-1].device_id))
        kinds = {entry.kind for entry in news if entry.order_id is None}
        if "lane_changed" in kinds:
            self._feed.publish(LanesChanged())
        if kinds & _MENU:
            self._feed.publish(MenuChanged())
        keys = [k for e in news if e.order_id is None for k in e.payload.get("keys", [])]
        printed = {entry.kind for entry in news} & {*_TO_PRINT, "slips_dropped"}
        if printed:
            self._feed.publish(PrintJobsChanged(by_hand=bool(printed & _TO_PRINT)))
        if keys or (is_setup_new and not kinds & _MENU):
            self._feed.publish(SettingsChanged(tuple(keys)))
