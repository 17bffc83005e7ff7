"""What a guest agreed to: texts about his order, and, asked apart from it, offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant


class ConsentKind(StrEnum):
    ORDER_TEXTS = "order_texts"
    OFFERS = "offers"


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer of a guest. `wording` is the sentence he was asked, empty where others asked it.

    `source` is where the order came from, `staff_id` who asked, `order_id` None outside an order.
    """

    kind: ConsentKind
    given: bool
    wording: str
    at: Instant
    source: str
    staff_id: str
    order_id: int | None
