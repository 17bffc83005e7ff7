"""The waiting time the counter tells: the header's minutes become the promise."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.workflow import Fulfilment

STEP_MINUTES = 5
LONGEST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class TellGuests:
    """Minutes told to guests; dine-in uses the pickup minutes."""

    pickup_minutes: int = 20
    delivery_minutes: int = 50

    def minutes(self, fulfilment: Fulfilment) -> int:
        delivery = fulfilment is Fulfilment.DELIVERY
        return self.delivery_minutes if delivery else self.pickup_minutes

    def moved(self, step_minutes: int) -> TellGuests:
        """Both minutes moved by one tap of −5 or +5, kept between 5 minutes and four hours."""
        return TellGuests(
            _kept(self.pickup_minutes + step_minutes), _kept(self.delivery_minutes + step_minutes)
        )


def _kept(minutes: int) -> int:
    return min(LONGEST_MINUTES, max(STEP_MINUTES, minutes))


def promise(placed_at: Instant, told: TellGuests, fulfilment: Fulfilment) -> Instant:
    """When the guest may expect the order, if the cashier sets no time."""
    return Instant(placed_at + told.minutes(fulfilment) * MINUTE_MS)
