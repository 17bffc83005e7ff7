"""How a slip stands for one phone at one moment: pure, so that page and acts never disagree."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import Instant
from pos_app.tracking.drop_rows import ClaimRow, DropActRow, DropRow
from pos_app.wire.drops import (
    CLAIM_MS,
    DELIVERED,
    EVIDENCE_MS,
    TAKE_BACK_MS,
    TOOK,
    TOOK_BACK,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`acts` are those of the present claim that count, in order, without what was taken back.

    `ends_at` is when the slip stops opening for whoever has it; until `evidence_until` acts that
    waited in a phone are still taken.
    """

    claim: ClaimRow | None
    acts: tuple[DropActRow, ...]
    ends_at: Instant
    evidence_until: Instant

    def is_over(self, now: Instant) -> bool:
        return now >= self.ends_at

    def is_of(self, device: str) -> bool:
        """Whether this phone has the delivery now."""
        return self.claim is not None and self.claim.device == device

    @property
    def last(self) -> DropActRow | None:
        """What stands last, from at the restaurant to delivered or failed."""
        return self.acts[-1] if self.acts else None


def standing(drop: DropRow, claims: list[ClaimRow], acts: list[DropActRow]) -> Standing:
    """From rows to how the slip stands; `claims` and `acts` of all generations."""
    claim = next((found for found in claims if found.generation == drop.generation), None)
    counting = _counting(drop, acts) if claim is not None else ()
    ends_at = _ends_at(drop, claim, counting)
    return Standing(claim, counting, ends_at, Instant(ends_at + EVIDENCE_MS))


def _counting(drop: DropRow, acts: list[DropActRow]) -> tuple[DropActRow, ...]:
    found: list[DropActRow] = []
    for act in acts:
        if act.late or act.generation != drop.generation or act.kind == TOOK:
            continue
        if act.kind == TOOK_BACK:
            found = found[:-1]
        else:
            found.append(act)
    return tuple(found)


def _ends_at(drop: DropRow, claim: ClaimRow | None, acts: tuple[DropActRow, ...]) -> Instant:
    if drop.state == "revoked":
        return drop.ended_at or Instant(0)
    if claim is None:
        return drop.closes_at if drop.ended_at is None else drop.ended_at
    ends = [claim.claimed_at + CLAIM_MS]
    if drop.ended_at is not None:
        ends.append(drop.ended_at + TAKE_BACK_MS)
    # Counted from its arrival: one that waited in a phone can be taken back as well.
    ends += [act.received_at + TAKE_BACK_MS for act in acts if act.kind == DELIVERED]
    return Instant(min(ends))
