"""What guests see and do: profiles, orders, links, actions, and their end."""

from __future__ import annotations

from collections.abc import Iterable

from uuid_utils.compat import uuid7

from pos_app.clock import Instant
from pos_app.tracking.repository.connection import Statements
from pos_app.tracking.rows import (
    ActionRow,
    GuestMarks,
    OrderRow,
)
from pos_app.wire.snapshots import (
    ARRIVED,
    CANCEL_ASKED,
    RATED,
    TEXTS_STOPPED,
    Link,
    OrderSnapshot,
    Scope,
    ShopProfile,
)

_MARKS = {
    kind: f"UPDATE orders SET {column} = ? WHERE shop_id = ? AND uid = ? AND {column} IS NULL"  # noqa: S608 - our own names
    for kind, column in {
        ARRIVED: "arrived_at",
        CANCEL_ASKED: "cancel_asked_at",
        RATED: "stars",
        TEXTS_STOPPED: "texts_stopped_at",
    }.items()
}


class Pages(Statements):
    """Rows about orders and their guests."""

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
            "SELECT uid, body, stored_at, scope, revoked, arrived_at, cancel_asked_at,"
            " texts_stopped_at, stars FROM links"
            " JOIN orders USING (shop_id, uid) WHERE shop_id = ? AND hash = ?",
            (shop_id, token_hash),
        ).fetchone()
        return _order_row(*row) if row else None

    def is_stub(self, shop_id: str, token_hash: str) -> bool:
        found = self._one("SELECT 1 FROM stubs WHERE shop_id = ? AND hash = ?", shop_id, token_hash)
        return found is not None

    # customers' acts

    def mark(self, shop_id: str, uid: str, kind: str, value: int) -> bool:
        """Record the first act `kind` of an order; False when there was one.

        `value` is the rating's stars, for every other kind when it came (Instant).
        """
        cursor = self._connection.execute(_MARKS[kind], (value, shop_id, uid))
        return cursor.rowcount == 1

    def add_action(
        self,
        shop_id: str,
        kind: str,
        order_uid: str,
        now: Instant,
        value: int | None = None,
        sealed: str = "",
    ) -> None:
        self._connection.execute(
            "INSERT INTO actions (shop_id, action_id, kind, order_uid, received_at, value, sealed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (shop_id, str(uuid7()), kind, order_uid, now, value, sealed),
        )

    def count_push_act(self, shop_id: str, uid: str, most: int) -> bool:
        """Count one wish of a browser about an order; False when there have been `most`."""
        cursor = self._connection.execute(
            "UPDATE orders SET push_acts = push_acts + 1"
            " WHERE shop_id = ? AND uid = ? AND push_acts < ?",
            (shop_id, uid, most),
        )
        return cursor.rowcount == 1

    def drop_sealed(self, shop_id: str, through: int) -> None:
        """What the till has read up to `through` is kept no longer; the bare acts stay."""
        self._connection.execute(
            "UPDATE actions SET sealed = '' WHERE shop_id = ? AND seq <= ? AND sealed != ''",
            (shop_id, through),
        )

    def actions_after(self, shop_id: str, after: int, limit: int) -> list[ActionRow]:
        rows = self._connection.execute(
            "SELECT seq, action_id, kind, order_uid, received_at, value, sealed FROM actions"
            " WHERE shop_id = ? AND seq > ? ORDER BY seq LIMIT ?",
            (shop_id, after, limit),
        )
        return [ActionRow(*row) for row in rows]

    def newest_action(self) -> int:
        """The highest sequence number that an act has ever had here."""
        row = self._connection.execute(
            "SELECT seq FROM sqlite_sequence WHERE name = 'actions'"
        ).fetchone()
        return 0 if row is None else int(row[0])

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


def _order_row(
    uid: str,
    body: bytes,
    stored_at: Instant,
    scope: Scope,
    revoked: int,
    arrived_at: Instant | None,
    cancel_asked_at: Instant | None,
    texts_stopped_at: Instant | None,
    stars: int | None,
) -> OrderRow:
    marks = GuestMarks(arrived_at, cancel_asked_at, texts_stopped_at, stars)
    return OrderRow(uid, body, stored_at, marks, scope, bool(revoked))
