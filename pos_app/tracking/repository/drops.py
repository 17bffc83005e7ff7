"""Couriers' slips: what the till told of them, who claimed them, and what was tapped."""

from __future__ import annotations

from dataclasses import replace

from uuid_utils.compat import uuid7

from pos_app.clock import Instant
from pos_app.tracking.drop_rows import ClaimRow, DropActRow, DropRow
from pos_app.tracking.repository.connection import Statements
from pos_app.wire.drops import CLAIM_MS, COURIER, EVIDENCE_MS, TAKE_BACK_MS, Drop
from pos_app.wire.snapshots import CourierAct

_DROP = (
    "SELECT hash, uid, number, generation, state, closes_at, sealed, ended_at"
    " FROM drops WHERE shop_id = ? AND hash = ?"
)
_ACT = (
    "SELECT device, action_id, generation, kind, reason, of_kind, device_at, occurred_at,"
    " received_at, late FROM drop_acts WHERE shop_id = ? AND hash = ?"
)
# Whichever is later: the end of the last claim, or when the slip ended or closes unclaimed.
_LAST_CLAIM = (
    "(SELECT max(claimed_at) FROM drop_claims"
    " WHERE drop_claims.shop_id = drops.shop_id AND drop_claims.hash = drops.hash)"
)
_OVER_AT = f"max(coalesce(ended_at, closes_at), coalesce({_LAST_CLAIM} + {CLAIM_MS}, 0))"
_UNSEAL = f"UPDATE drops SET sealed = '' WHERE sealed <> '' AND {_OVER_AT} <= ?"  # noqa: S608 - ours
_OVER = f"SELECT shop_id, hash FROM drops WHERE {_OVER_AT} <= ?"  # noqa: S608 - ours
_HANDLE_LENGTH = 12


class Drops(Statements):
    """Rows about slips."""

    def drop(self, shop_id: str, token_hash: str) -> DropRow | None:
        row = self._connection.execute(_DROP, (shop_id, token_hash)).fetchone()
        return DropRow(*row) if row else None

    def put_drop(self, shop_id: str, drop: Drop, ended_at: Instant | None) -> bool:
        """Keep `drop` if it is newer than what is kept; whether it was."""
        cursor = self._connection.execute(
            "INSERT INTO drops (shop_id, hash, uid, epoch, revision, number, generation, state,"
            " closes_at, sealed, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (shop_id, hash) DO UPDATE SET uid = excluded.uid,"
            " epoch = excluded.epoch, revision = excluded.revision, number = excluded.number,"
            " generation = excluded.generation, state = excluded.state,"
            " closes_at = excluded.closes_at, sealed = excluded.sealed,"
            " ended_at = excluded.ended_at"
            " WHERE (excluded.epoch, excluded.revision) > (drops.epoch, drops.revision)",
            (
                shop_id,
                drop.hash,
                drop.uid,
                drop.epoch,
                drop.revision,
                drop.number,
                drop.generation,
                drop.state,
                drop.closes_at,
                drop.sealed,
                ended_at,
            ),
        )
        return cursor.rowcount == 1

    def claims(self, shop_id: str, token_hash: str) -> list[ClaimRow]:
        rows = self._connection.execute(
            "SELECT generation, device, claimed_at FROM drop_claims"
            " WHERE shop_id = ? AND hash = ? ORDER BY generation",
            (shop_id, token_hash),
        )
        return [ClaimRow(*row) for row in rows]

    def claim(self, shop_id: str, token_hash: str, claim: ClaimRow) -> bool:
        """False when another phone was first in this generation."""
        cursor = self._connection.execute(
            "INSERT INTO drop_claims VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (shop_id, token_hash, claim.generation, claim.device, claim.claimed_at),
        )
        return cursor.rowcount == 1

    def drop_acts(self, shop_id: str, token_hash: str) -> list[DropActRow]:
        """Every tap on a slip, in the order in which they were taken."""
        rows = self._connection.execute(_ACT + " ORDER BY seq", (shop_id, token_hash))
        return [replace(DropActRow(*row), late=bool(row[-1])) for row in rows]

    def add_drop_act(self, shop_id: str, drop: DropRow, act: DropActRow) -> None:
        """Keep a tap, and the action that tells the till of it."""
        seq = self._connection.execute(
            "INSERT INTO actions (shop_id, action_id, kind, order_uid, received_at)"
            " VALUES (?, ?, ?, ?, ?)",
            (shop_id, str(uuid7()), f"{COURIER}{act.kind}", drop.uid, act.received_at),
        ).lastrowid
        self._connection.execute(
            "INSERT INTO drop_acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                seq,
                shop_id,
                drop.hash,
                act.device,
                act.action_id,
                act.generation,
                act.kind,
                act.reason,
                act.of_kind,
                act.device_at,
                act.occurred_at,
                act.received_at,
                act.late,
            ),
        )

    def courier_acts(self, seqs: list[int]) -> dict[int, CourierAct]:
        """What these actions say beyond their kind, by `seq`; guests' acts are left out."""
        if not seqs:
            return {}
        rows = self._connection.execute(
            "SELECT seq, occurred_at, device, generation, reason, of_kind, late FROM drop_acts"
            " WHERE seq BETWEEN ? AND ?",
            (min(seqs), max(seqs)),
        )
        return {
            seq: CourierAct(at, device[:_HANDLE_LENGTH], generation, reason, of_kind, bool(late))
            for seq, at, device, generation, reason, of_kind, late in rows
        }

    def purge_drops(self, now: Instant, forget_at: Instant) -> None:
        """Drop what is sealed of slips that are over, and a day later the slips.

        A hash stub stays of each until `forget_at`.
        """
        self._connection.execute(_UNSEAL, (now,))
        evidence_before = now - TAKE_BACK_MS - EVIDENCE_MS
        for shop_id, token_hash in self._connection.execute(_OVER, (evidence_before,)).fetchall():
            self._connection.execute(
                "INSERT INTO stubs VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (shop_id, token_hash, forget_at),
            )
            for sql in (
                "DELETE FROM drop_acts WHERE shop_id = ? AND hash = ?",
                "DELETE FROM drop_claims WHERE shop_id = ? AND hash = ?",
                "DELETE FROM drops WHERE shop_id = ? AND hash = ?",
            ):
                self._connection.execute(sql, (shop_id, token_hash))
