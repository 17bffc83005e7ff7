"""The only SQL of the site.

One write connection and one read connection on one SQLite file, each used by one thread at a
time; a `Session` is one transaction. What comes back is in rows.py.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from uuid_utils.compat import uuid7

from pos_app.clock import Instant
from pos_app.errors import StoreDamaged, StoreError, StoreTooNew
from pos_app.paths import make_private_folder
from pos_app.tracking.rows import (
    ActionRow,
    CodeRow,
    OrderRow,
    PushMark,
    SealedKey,
    Shop,
    Site,
    Terminal,
)
from pos_app.tracking.schema import SCHEMA, STATEMENTS
from pos_app.wire.snapshots import Link, OrderSnapshot, ShopProfile


class Session:
    """Statements inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _one(self, sql: str, *values: object) -> Sequence[object] | None:
        row: Sequence[object] | None = self._connection.execute(sql, values).fetchone()
        return row

    # site, shops, terminals, keys

    def site(self) -> Site:
        row = self._connection.execute("SELECT site_id, site_epoch FROM site").fetchone()
        if row is None:
            raise StoreDamaged("The site's database has lost its identity.")
        return Site(*row)

    def shops(self) -> list[Shop]:
        rows = self._connection.execute("SELECT shop_id, name, heard_at FROM shops ORDER BY name")
        return [Shop(*row) for row in rows]

    def shop(self, shop_id: str) -> Shop | None:
        row = self._connection.execute(
            "SELECT shop_id, name, heard_at FROM shops WHERE shop_id = ?", (shop_id,)
        ).fetchone()
        return Shop(*row) if row else None

    def shop_of_store(self, store_id: str) -> str | None:
        row = self._one("SELECT shop_id FROM terminals WHERE store_id = ?", store_id)
        return str(row[0]) if row else None

    def add_shop(self, name: str, now: Instant) -> str:
        shop_id = str(uuid7())
        self._connection.execute(
            "INSERT INTO shops (shop_id, name, created_at) VALUES (?, ?, ?)", (shop_id, name, now)
        )
        return shop_id

    def rename_shop(self, shop_id: str, name: str) -> None:
        self._connection.execute("UPDATE shops SET name = ? WHERE shop_id = ?", (name, shop_id))

    def heard(self, shop_id: str, now: Instant) -> None:
        self._connection.execute("UPDATE shops SET heard_at = ? WHERE shop_id = ?", (now, shop_id))

    def terminals(self) -> list[Terminal]:
        rows = self._connection.execute(
            "SELECT terminal_id, shop_id, store_id, name, sig_pub, check_word,"
            " revoked_at IS NOT NULL FROM terminals ORDER BY paired_at"
        )
        return [_terminal(*row) for row in rows]

    def put_terminal(self, terminal: Terminal, now: Instant) -> None:
        self._connection.execute(
            "INSERT INTO terminals (terminal_id, shop_id, store_id, name, sig_pub, check_word,"
            " paired_at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (terminal_id) DO UPDATE SET"
            " shop_id = excluded.shop_id, store_id = excluded.store_id, name = excluded.name,"
            " sig_pub = excluded.sig_pub, check_word = excluded.check_word",
            (
                terminal.terminal_id,
                terminal.shop_id,
                terminal.store_id,
                terminal.name,
                terminal.sig_pub,
                terminal.check_word,
                now,
            ),
        )

    def revoke_terminal(self, terminal_id: str, now: Instant) -> None:
        self._connection.execute(
            "UPDATE terminals SET revoked_at = ? WHERE terminal_id = ?", (now, terminal_id)
        )

    def keys(self) -> list[SealedKey]:
        rows = self._connection.execute(
            "SELECT kid, shop_id, terminal_id, gen, origin, sealed FROM link_keys"
        )
        return [SealedKey(*row) for row in rows]

    def put_key(self, key: SealedKey, now: Instant) -> None:
        self._connection.execute(
            "INSERT INTO link_keys (kid, shop_id, terminal_id, gen, origin, sealed, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kid) DO UPDATE SET"
            " shop_id = excluded.shop_id, terminal_id = excluded.terminal_id,"
            " gen = excluded.gen, origin = excluded.origin, sealed = excluded.sealed",
            (key.kid, key.shop_id, key.terminal_id, key.gen, key.origin, key.sealed, now),
        )

    def has_kid(self, kid: int) -> bool:
        return self._one("SELECT 1 FROM link_keys WHERE kid = ?", kid) is not None

    # pairing

    def add_code(self, code_hash: str, shop_id: str, expires_at: Instant) -> None:
        self._connection.execute(
            "INSERT INTO pairing_codes (code_hash, shop_id, expires_at) VALUES (?, ?, ?)",
            (code_hash, shop_id, expires_at),
        )

    def code(self, code_hash: str) -> CodeRow | None:
        row = self._connection.execute(
            "SELECT shop_id, expires_at, used_digest, answer FROM pairing_codes"
            " WHERE code_hash = ?",
            (code_hash,),
        ).fetchone()
        return CodeRow(*row) if row else None

    def use_code(self, code_hash: str, digest: bytes, answer: bytes) -> None:
        self._connection.execute(
            "UPDATE pairing_codes SET used_digest = ?, answer = ? WHERE code_hash = ?",
            (digest, answer, code_hash),
        )

    # signed requests

    def spend_nonce(self, terminal_id: str, nonce: str, expires_at: Instant) -> bool:
        """False when this nonce was used before."""
        cursor = self._connection.execute(
            "INSERT INTO nonces VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (terminal_id, nonce, expires_at),
        )
        return cursor.rowcount == 1

    def push_mark(self, shop_id: str, store_id: str) -> PushMark | None:
        row = self._connection.execute(
            "SELECT epoch, push_seq, digest, answer FROM push_marks"
            " WHERE shop_id = ? AND store_id = ?",
            (shop_id, store_id),
        ).fetchone()
        return PushMark(*row) if row else None

    def put_push_mark(self, shop_id: str, store_id: str, mark: PushMark) -> None:
        self._connection.execute(
            "INSERT INTO push_marks VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (shop_id, store_id) DO UPDATE SET epoch = excluded.epoch,"
            " push_seq = excluded.push_seq, digest = excluded.digest, answer = excluded.answer",
            (shop_id, store_id, mark.epoch, mark.push_seq, mark.digest, mark.answer),
        )

    # profiles and orders

    def profile(self, shop_id: str) -> bytes | None:
        row = self._one("SELECT body FROM profiles WHERE shop_id = ?", shop_id)
        return row[0] if row and isinstance(row[0], bytes) else None

    def put_profile(self, shop_id: str, profile: ShopProfile, body: bytes) -> None:
        self._connection.execute(
            "INSERT INTO profiles VALUES (?, ?, ?, ?) ON CONFLICT (shop_id) DO UPDATE SET"
            " epoch = excluded.epoch, version = excluded.version, body = excluded.body",
            (shop_id, profile.epoch, profile.version, body),
        )

    def put_order(self, shop_id: str, order: OrderSnapshot, body: bytes, now: Instant) -> bool:
        """Keep `order` if it is newer than what is kept; whether it was.

        The same rule as `wire.snapshots.newest`, inside one statement.
        """
        cursor = self._connection.execute(
            "INSERT INTO orders (shop_id, uid, epoch, revision, body, stored_at, ended_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (shop_id, uid) DO UPDATE SET"
            " epoch = excluded.epoch, revision = excluded.revision, body = excluded.body,"
            " stored_at = excluded.stored_at, ended_at = excluded.ended_at"
            " WHERE (excluded.epoch, excluded.revision) > (orders.epoch, orders.revision)",
            (shop_id, order.uid, order.epoch, order.revision, body, now, order.stages.ended_at),
        )
        return cursor.rowcount == 1

    def links_of(self, shop_id: str, uid: str) -> list[str]:
        rows = self._connection.execute(
            "SELECT hash FROM links WHERE shop_id = ? AND uid = ?", (shop_id, uid)
        )
        return [row[0] for row in rows]

    def put_links(self, shop_id: str, uid: str, links: Iterable[Link]) -> None:
        self._connection.execute("DELETE FROM links WHERE shop_id = ? AND uid = ?", (shop_id, uid))
        self._connection.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?) ON CONFLICT (shop_id, hash) DO UPDATE SET"
            " uid = excluded.uid, scope = excluded.scope, revoked = excluded.revoked",
            [(shop_id, link.hash, uid, link.scope, link.revoked) for link in links],
        )

    def order_of_link(self, shop_id: str, token_hash: str) -> OrderRow | None:
        row = self._connection.execute(
            "SELECT uid, body, stored_at, arrived_at, revoked FROM links"
            " JOIN orders USING (shop_id, uid) WHERE shop_id = ? AND hash = ?",
            (shop_id, token_hash),
        ).fetchone()
        return _order_row(*row) if row else None

    def is_stub(self, shop_id: str, token_hash: str) -> bool:
        found = self._one("SELECT 1 FROM stubs WHERE shop_id = ? AND hash = ?", shop_id, token_hash)
        return found is not None

    # customers' acts

    def mark_arrived(self, shop_id: str, uid: str, now: Instant) -> bool:
        """Record the first "I'm here" of an order; False when there was one."""
        cursor = self._connection.execute(
            "UPDATE orders SET arrived_at = ? WHERE shop_id = ? AND uid = ? AND arrived_at IS NULL",
            (now, shop_id, uid),
        )
        return cursor.rowcount == 1

    def add_action(self, shop_id: str, kind: str, order_uid: str, now: Instant) -> None:
        self._connection.execute(
            "INSERT INTO actions (shop_id, action_id, kind, order_uid, received_at)"
            " VALUES (?, ?, ?, ?, ?)",
            (shop_id, str(uuid7()), kind, order_uid, now),
        )

    def actions_after(self, shop_id: str, after: int, limit: int) -> list[ActionRow]:
        rows = self._connection.execute(
            "SELECT seq, action_id, kind, order_uid, received_at FROM actions"
            " WHERE shop_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            (shop_id, after, limit),
        )
        return [ActionRow(*row) for row in rows]

    # purge

    def purge_orders(
        self, ended_before: Instant, stored_before: Instant, forget_at: Instant
    ) -> list[tuple[str, str]]:
        """Remove long-ended and forgotten orders, leaving hash stubs; whose: `(shop_id, hash)`."""
        stubs: list[tuple[str, str]] = []
        old = self._connection.execute(
            "SELECT shop_id, uid FROM orders WHERE ended_at < ? OR stored_at < ?",
            (ended_before, stored_before),
        ).fetchall()
        for shop_id, uid in old:
            hashes = self.links_of(shop_id, uid)
            stubs += [(shop_id, token_hash) for token_hash in hashes]
            self._connection.executemany(
                "INSERT INTO stubs VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [(shop_id, token_hash, forget_at) for token_hash in hashes],
            )
            for sql in (
                "DELETE FROM links WHERE shop_id = ? AND uid = ?",
                "DELETE FROM actions WHERE shop_id = ? AND order_uid = ?",
                "DELETE FROM orders WHERE shop_id = ? AND uid = ?",
            ):
                self._connection.execute(sql, (shop_id, uid))
        return stubs

    def purge_expired(self, now: Instant) -> None:
        self._connection.execute("DELETE FROM nonces WHERE expires_at < ?", (now,))
        self._connection.execute("DELETE FROM stubs WHERE forget_at < ?", (now,))
        self._connection.execute("DELETE FROM pairing_codes WHERE expires_at < ?", (now,))


class Repository:
    """The site's database file. Close it when the site ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        make_private_folder(file.parent)
        _make_private_file(file)
        self._writer = _connect(file)
        self._write_lock = threading.Lock()
        try:
            self._set_up()
            self._reader = _connect(file)
        except BaseException:
            self._writer.close()
            raise
        self._read_lock = threading.Lock()

    def close(self) -> None:
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One durable transaction: all of it or nothing."""
        with self._write_lock, _transaction(self._writer, "BEGIN IMMEDIATE"):
            yield Session(self._writer)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view."""
        with self._read_lock, _transaction(self._reader, "BEGIN"):
            yield Session(self._reader)

    def foreign_changes(self) -> int:
        """A number that moves when another process wrote to the file."""
        with self._write_lock:
            try:
                return int(self._writer.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise _unavailable(error) from error

    def _set_up(self) -> None:
        with _transaction(self._writer, "BEGIN IMMEDIATE"):
            found = int(self._writer.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA:
                raise StoreTooNew(
                    "The site's database was written by a newer Orderbell.",
                    f"It has schema {found}, this program knows {SCHEMA}.",
                    "Update Orderbell on this machine.",
                )
            if found == SCHEMA:
                return
            for statement in STATEMENTS:
                self._writer.execute(statement)
            self._writer.execute("INSERT INTO site VALUES (1, ?, 1)", (str(uuid7()),))
            self._writer.execute(f"PRAGMA user_version = {SCHEMA}")


def _terminal(
    terminal_id: str,
    shop_id: str,
    store_id: str,
    name: str,
    sig_pub: bytes,
    word: str,
    revoked: int,
) -> Terminal:
    return Terminal(terminal_id, shop_id, store_id, name, sig_pub, word, bool(revoked))


def _order_row(
    uid: str, body: bytes, stored_at: Instant, arrived_at: Instant | None, revoked: int
) -> OrderRow:
    return OrderRow(uid, body, stored_at, arrived_at, bool(revoked))


def _connect(file: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, timeout=5.0
        )
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        raise StoreError("The site's database cannot be opened.", str(error)) from error
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    try:
        connection.execute(begin)
    except sqlite3.Error as error:
        raise _unavailable(error) from error
    try:
        yield
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(connection)
        raise _unavailable(error) from error
    except BaseException:
        _roll_back(connection)
        raise


def _unavailable(error: sqlite3.Error) -> StoreError:
    return StoreError("The site's database does not answer.", str(error))


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _make_private_file(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
