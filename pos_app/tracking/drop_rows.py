"""What the site keeps of couriers' slips, as small frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import Instant
from pos_app.wire.drops import DropKind, DropState


@dataclass(frozen=True, slots=True)
class DropRow:
    """A slip as the till last told it. `ended_at` is when the site first heard of its end."""

    hash: str
    uid: str
    number: str
    generation: int
    state: DropState
    closes_at: Instant
    sealed: str
    ended_at: Instant | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Which phone (SHA-256 of its cookie, bound to the shop) took the slip in a generation."""

    generation: int
    device: str
    claimed_at: Instant


@dataclass(frozen=True, slots=True)
class DropActRow:
    """One tap that was taken. `device_at` is what the phone's own clock said."""

    device: str
    action_id: str
    generation: int
    kind: DropKind
    reason: str
    of_kind: str
    device_at: Instant
    occurred_at: Instant
    received_at: Instant
    late: bool
