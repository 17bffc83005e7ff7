"""Duties as a screen shows them: the words, the order's number, the phone."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.desk.desk import Desk
from pos_app.domain.order import Order

CALL_BACK, WROTE = "call_back", "wrote"


@dataclass(frozen=True, slots=True)
class Duty:
    """`order` None: it is about no order. `calls`: somebody is to phone the guest; `wrote`: the
    words are the guest's own.
    """

    id: int
    said: str
    calls: bool
    sounds: bool
    order: Order | None
    wrote: bool = False


def read(desk: Desk) -> list[Duty]:
    """What nobody has done yet, the oldest first."""
    tasks = desk.rules.tasks()
    ids = sorted({task.order_id for task in tasks if task.order_id is not None})
    cards = desk.cards(ids) if ids else {}
    return [
        Duty(
            task.id,
            task.said,
            task.kind == CALL_BACK,
            task.sound,
            cards[task.order_id].order if task.order_id in cards else None,
            task.kind == WROTE,
        )
        for task in tasks
    ]
