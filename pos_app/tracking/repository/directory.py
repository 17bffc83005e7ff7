"""Who may speak to the site: shops, terminals, keys, codes, nonces, push marks."""

from __future__ import annotations

from uuid_utils.compat import uuid7

from pos_app.clock import Instant
from pos_app.errors import StoreDamaged
from pos_app.tracking.repository.connection import Statements
from pos_app.tracking.rows import (
    CodeRow,
    PushMark,
    Shop,
    Site,
    Terminal,
    Till,
)
from pos_app.wire.epochs import next_epoch

FIRST_EPOCH = 1


class Directory(Statements):
    """Rows about tills."""

    def site(self) -> Site:
        row = self._connection.execute("SELECT site_id, site_epoch FROM site").fetchone()
        if row is None:
            raise StoreDamaged("The site's database has lost its identity.")
        return Site(*row)

    def raise_epoch(self, now: Instant) -> None:
        """Have every till start over: it tells all pages and reads all acts again.

        At most once a minute, so that one till cannot keep all others busy.
        """
        was = self.site().epoch
        epoch = next_epoch(was, now)
        if epoch == was + 1 and was > FIRST_EPOCH:
            return
        self._connection.execute("UPDATE site SET site_epoch = ?", (epoch,))

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

    def heard(self, terminal: Terminal, now: Instant) -> None:
        """One of the shop's tills has spoken."""
        for sql, whose in (
            ("UPDATE shops SET heard_at = ? WHERE shop_id = ?", terminal.shop_id),
            ("UPDATE terminals SET heard_at = ? WHERE terminal_id = ?", terminal.terminal_id),
        ):
            self._connection.execute(sql, (now, whose))

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

    def tills(self) -> list[Till]:
        """Every pairing there ever was, the oldest first."""
        rows = self._connection.execute(
            "SELECT terminal_id, terminals.shop_id, store_id, name, sig_pub, check_word,"
            " revoked_at IS NOT NULL, paired_at, heard_at, revoked_at, max(gen), max(withdrawn_at)"
            " FROM terminals LEFT JOIN link_keys USING (terminal_id)"
            " GROUP BY terminal_id ORDER BY paired_at, terminal_id"
        )
        return [_till(_terminal(*row[:7]), *row[7:]) for row in rows]

    def revoke_terminal(self, terminal_id: str, now: Instant) -> None:
        """From now on nothing that is signed with this terminal's key is taken.

        Under whichever name: a till that was paired twice has one key and two names.
        """
        self._connection.execute(
            "UPDATE terminals SET revoked_at = ? WHERE revoked_at IS NULL AND sig_pub ="
            " (SELECT sig_pub FROM terminals WHERE terminal_id = ?)",
            (now, terminal_id),
        )

    def is_revoked(self, terminal_id: str) -> bool:
        sql = "SELECT 1 FROM terminals WHERE terminal_id = ? AND revoked_at IS NOT NULL"
        return self._one(sql, terminal_id) is not None

    def is_revoked_key(self, sig_pub: bytes) -> bool:
        """Whether a terminal that was cut off signed with this key."""
        sql = "SELECT 1 FROM terminals WHERE sig_pub = ? AND revoked_at IS NOT NULL"
        return self._one(sql, sig_pub) is not None

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


def _till(
    terminal: Terminal,
    paired_at: Instant,
    heard_at: Instant | None,
    revoked_at: Instant | None,
    gen: int | None,
    links_ended_at: Instant | None,
) -> Till:
    return Till(terminal, paired_at, heard_at, revoked_at, gen or 0, links_ended_at)
