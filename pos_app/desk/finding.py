"""`NUMBER[@DATE]`: open orders first, ambiguity refused."""

from __future__ import annotations

from datetime import date

from pos_app.domain.folding import LOOKALIKES
from pos_app.errors import Ambiguous, BadInput, NotFound
from pos_app.store import orders
from pos_app.store.database import Connection

NAMED_DAYS = 5


def order_id(connection: Connection, wanted: str) -> int:
    """The order that `wanted` names. Raises NotFound, Ambiguous, or BadInput for a wrong date."""
    number, _, day = wanted.strip().partition("@")
    if day:
        try:
            date.fromisoformat(day)
        except ValueError:
            raise BadInput(
                "number", "“{day}” is not a date", hint="Such as A43@2026-11-23.", day=day
            ) from None
    asked = number.translate(LOOKALIKES).upper()
    candidates = orders.by_number(connection, asked, day or None, NAMED_DAYS)
    if not candidates:
        raise NotFound("There is no order {number}", number=wanted)
    if len(candidates) > 1 and candidates[0].is_open:
        days = ", ".join(f"{number}@{row.business_date}" for row in candidates)
        raise Ambiguous(
            "More than one order is {number}", hint="Say which: {days}.", number=number, days=days
        )
    if len(candidates) > 1:
        days = ", ".join(f"{number}@{row.business_date}" for row in candidates)
        raise Ambiguous(
            "More than one past order was {number}",
            hint="Say which: {days}.",
            number=number,
            days=days,
        )
    return int(candidates[0].id)
