"""One tap of a courier, taken in one transaction: claimed, counted, kept as evidence or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pos_app.clock import Instant
from pos_app.tracking.drop_rows import ClaimRow, DropActRow, DropRow
from pos_app.tracking.drop_standing import Standing, standing
from pos_app.tracking.repository import Session
from pos_app.wire.drops import (
    ARRIVED,
    AT_SHOP,
    DELIVERED,
    FAILED,
    PICKED_UP,
    TAKE_BACK_MS,
    TOOK,
    TOOK_BACK,
    DropAct,
)

MOST_ACTS = 50
_WAY = {AT_SHOP: 0, PICKED_UP: 1, ARRIVED: 2, DELIVERED: 3, FAILED: 3}
"""How far along a delivery is: nothing but a take-back leads back."""
Outcome = Literal["stored", "late", "taken", "too_late", "not_now", "not_yours", "ended", "unknown"]
STATUSES: dict[Outcome, int] = {
    "stored": 200,
    "late": 200,
    "taken": 409,
    "too_late": 409,
    "not_now": 409,
    "not_yours": 403,
    "ended": 410,
    "unknown": 409,
}
"""`unknown`: the shop has not reported this delivery yet."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a tap; `is_new` says that the till has something to hear."""

    outcome: Outcome
    is_new: bool = False


def take(
    session: Session, shop_id: str, token_hash: str, device: str, act: DropAct, now: Instant
) -> Taken:
    """Take `act` of `device`. The same action again gets the same outcome and does nothing."""
    drop = session.drop(shop_id, token_hash)
    if drop is None:
        return Taken("ended" if session.is_stub(shop_id, token_hash) else "unknown")
    acts = session.drop_acts(shop_id, token_hash)
    own_acts = [known for known in acts if known.device == device]
    for known in own_acts:
        if known.action_id == act.action_id:
            return Taken("late" if known.late else "stored")
    claims = session.claims(shop_id, token_hash)
    stands = standing(drop, claims, acts)
    if act.kind == TOOK:
        return _claim(session, shop_id, drop, stands, device, act, now)
    own = [claim for claim in claims if claim.device == device]
    if not own:
        return Taken("not_yours")
    if len(own_acts) >= MOST_ACTS:
        return Taken("not_now")
    late = stands.is_over(now) or not stands.is_of(device)
    row = _row(device, act, own[-1], stands, now, late=late)
    refusal = _refusal_of_late(stands, row, now) if late else _refusal(stands, row, now)
    return Taken(refusal) if refusal else _store(session, shop_id, drop, row)


def _claim(
    session: Session,
    shop_id: str,
    drop: DropRow,
    stands: Standing,
    device: str,
    act: DropAct,
    now: Instant,
) -> Taken:
    if stands.is_over(now):
        return Taken("ended")
    if stands.claim is not None:
        return Taken("stored" if stands.is_of(device) else "taken")
    claim = ClaimRow(drop.generation, device, now)
    if not session.claim(shop_id, drop.hash, claim):
        return Taken("taken")
    return _store(session, shop_id, drop, _row(device, act, claim, stands, now, late=False))


def _refusal(stands: Standing, row: DropActRow, now: Instant) -> Outcome | None:
    """Why the phone that has the delivery cannot do this now."""
    last = stands.last
    if row.kind == TOOK_BACK:
        if last is None:
            return "not_now"
        is_in_time = row.occurred_at - last.occurred_at <= TAKE_BACK_MS
        return None if is_in_time and now - last.received_at <= TAKE_BACK_MS else "too_late"
    if last is None:
        return None
    if last.kind == row.kind:
        # Another tab had said so: nothing new, and its ten minutes run on.
        return "stored"
    if last.kind == FAILED and row.kind == DELIVERED:
        return None
    return "not_now" if _WAY[row.kind] <= _WAY[last.kind] else None


def _refusal_of_late(stands: Standing, row: DropActRow, now: Instant) -> Outcome | None:
    """Why this is not even kept as evidence."""
    if now >= stands.evidence_until:
        return "ended"
    last = stands.last
    if row.kind != TOOK_BACK or last is None or not stands.is_of(row.device):
        return None
    return "too_late" if row.occurred_at - last.occurred_at > TAKE_BACK_MS else None


def _store(session: Session, shop_id: str, drop: DropRow, row: DropActRow) -> Taken:
    session.add_drop_act(shop_id, drop, row)
    return Taken("late" if row.late else "stored", is_new=True)


def _row(
    device: str, act: DropAct, claim: ClaimRow, stands: Standing, now: Instant, *, late: bool
) -> DropActRow:
    last = stands.last
    return DropActRow(
        device=device,
        action_id=act.action_id,
        generation=claim.generation,
        kind=act.kind,
        reason=act.reason,
        of_kind=last.kind if act.kind == TOOK_BACK and last is not None else "",
        device_at=Instant(act.occurred_at),
        # A phone's clock may be wrong by hours, the age of a tap is not. He had the slip since
        # his claim, so nothing of his happened before.
        occurred_at=Instant(min(now, max(now - act.age_ms, claim.claimed_at))),
        received_at=now,
        late=late,
    )
