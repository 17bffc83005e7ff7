"""The keys that prove links: which are in use, which are followed by another, which have ended."""

from __future__ import annotations

from pos_app.clock import Instant
from pos_app.tracking.repository.connection import Statements
from pos_app.tracking.rows import SealedKey

_COLUMNS = "SELECT kid, shop_id, terminal_id, gen, origin, sealed, withdrawn_at IS NOT NULL"


class LinkKeys(Statements):
    """Rows about `K_link`, one per terminal and generation."""

    def keys(self) -> list[SealedKey]:
        return [_key(*row) for row in self._connection.execute(f"{_COLUMNS} FROM link_keys")]

    def key_of(self, terminal_id: str, gen: int) -> SealedKey | None:
        row = self._connection.execute(
            f"{_COLUMNS} FROM link_keys WHERE terminal_id = ? AND gen = ?", (terminal_id, gen)
        ).fetchone()
        return _key(*row) if row else None

    def newest_key(self, terminal_id: str) -> SealedKey | None:
        row = self._connection.execute(
            f"{_COLUMNS} FROM link_keys WHERE terminal_id = ? ORDER BY gen DESC LIMIT 1",
            (terminal_id,),
        ).fetchone()
        return _key(*row) if row else None

    def put_key(self, key: SealedKey, now: Instant) -> None:
        self._connection.execute(
            "INSERT INTO link_keys (kid, shop_id, terminal_id, gen, origin, sealed, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kid) DO UPDATE SET"
            " shop_id = excluded.shop_id, terminal_id = excluded.terminal_id,"
            " gen = excluded.gen, origin = excluded.origin, sealed = excluded.sealed",
            (key.kid, key.shop_id, key.terminal_id, key.gen, key.origin, key.sealed, now),
        )

    def kids(self) -> set[int]:
        """The handles that are taken."""
        return {int(row[0]) for row in self._connection.execute("SELECT kid FROM link_keys")}

    def made_since(self, terminal_id: str, since: Instant) -> list[Instant]:
        """When the terminal got its keys after `since`, the oldest first."""
        rows = self._connection.execute(
            "SELECT created_at FROM link_keys WHERE terminal_id = ? AND created_at > ?"
            " ORDER BY created_at",
            (terminal_id, since),
        )
        return [Instant(row[0]) for row in rows]

    def use_key(self, terminal_id: str, gen: int, now: Instant) -> Instant | None:
        """The till makes its links with this generation; when it was made, None if it is not here.

        The others are followed by it, and what was taken for followed is in use again.
        """
        row = self._one(
            "SELECT created_at FROM link_keys WHERE terminal_id = ? AND gen = ?", terminal_id, gen
        )
        if row is None:
            return None
        self._connection.execute(
            "UPDATE link_keys SET superseded_at = CASE WHEN gen = ? THEN NULL ELSE ? END"
            " WHERE terminal_id = ? AND (gen = ?) = (superseded_at IS NOT NULL)",
            (gen, now, terminal_id, gen),
        )
        return Instant(int(str(row[0])))

    def supersede_keys(self, shop_id: str, store_id: str, now: Instant) -> None:
        """This store makes no more links with the keys that it has here until now."""
        self._connection.execute(
            "UPDATE link_keys SET superseded_at = ? WHERE superseded_at IS NULL AND terminal_id IN"
            " (SELECT terminal_id FROM terminals WHERE shop_id = ? AND store_id = ?)",
            (now, shop_id, store_id),
        )

    def end_keys(self, terminal_id: str, now: Instant, *, links: bool) -> None:
        """Whoever signs as this terminal makes no more links; with `links` its links end too."""
        ended = "superseded_at = coalesce(superseded_at, :now)"
        if links:
            ended += ", withdrawn_at = coalesce(withdrawn_at, :now)"
        self._connection.execute(
            f"UPDATE link_keys SET {ended} WHERE terminal_id IN (SELECT terminal_id FROM terminals"  # noqa: S608 - our own words
            " WHERE sig_pub = (SELECT sig_pub FROM terminals WHERE terminal_id = :terminal_id))",
            {"now": now, "terminal_id": terminal_id},
        )

    def forget_keys(self, superseded_before: Instant) -> int:
        """Remove the keys whose last link has ended; how many."""
        sql = "DELETE FROM link_keys WHERE superseded_at < ?"
        return self._connection.execute(sql, (superseded_before,)).rowcount


def _key(
    kid: int, shop_id: str, terminal_id: str, gen: int, origin: str, sealed: bytes, withdrawn: int
) -> SealedKey:
    return SealedKey(kid, shop_id, terminal_id, gen, origin, sealed, bool(withdrawn))
