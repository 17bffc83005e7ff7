"""What a slip's page is told, for one phone: nothing of the delivery before it is claimed."""

from __future__ import annotations

from typing import Literal

import msgspec

from pos_app.clock import Instant
from pos_app.tracking.drop_rows import DropActRow, DropRow
from pos_app.tracking.drop_standing import Standing
from pos_app.wire.drops import TAKE_BACK_MS

Phase = Literal["unreported", "free", "taken", "mine", "ended"]


class Tap(msgspec.Struct, frozen=True):
    """An act that stands: `at` is the true time, `until` when it can be taken back no more."""

    kind: str
    reason: str
    at: int
    until: int


class DropView(msgspec.Struct, frozen=True):
    """The state as JSON. `now` is the site's clock; `sealed` only for the phone that has it.

    `ends_at`: from then on that phone shows nothing any more, with or without a network.
    """

    phase: Phase
    now: int
    number: str = ""
    taken_at: int | None = None
    generation: int = 0
    sealed: str = ""
    ends_at: int | None = None
    cancelled: bool = False
    taps: list[Tap] = []


def view_of(
    drop: DropRow | None, stands: Standing | None, device: str, now: Instant, *, was_known: bool
) -> DropView:
    """`was_known`: the site has forgotten this slip because its time was over."""
    if drop is None or stands is None:
        return DropView("ended" if was_known else "unreported", now)
    if stands.is_over(now):
        return DropView("ended", now)
    if stands.claim is None:
        return DropView("free", now, drop.number)
    taken_at = stands.claim.claimed_at
    if not stands.is_of(device):
        return DropView("taken", now, drop.number, taken_at)
    return DropView(
        "mine",
        now,
        drop.number,
        taken_at,
        drop.generation,
        drop.sealed,
        stands.ends_at,
        drop.state == "cancelled",
        [_tap(act) for act in stands.acts],
    )


def _tap(act: DropActRow) -> Tap:
    return Tap(act.kind, act.reason, act.occurred_at, act.received_at + TAKE_BACK_MS)
