"""What may still be said at what spend. Pure.

As a month's money runs out *offers* stop first, then feedback, then texts such as *accepted*;
a fifth of the budget is kept for *ready* and what corrects it.
"""

from __future__ import annotations

from pos_app.automation.urgency import Urgency

SHARES = {
    Urgency.OFFER: 60,
    Urgency.FEEDBACK: 70,
    Urgency.ORDER: 80,
    Urgency.READY: 100,
}
"""How much of the budget, in per cent, texts of each kind may carry the spend to."""


def may_leave(urgency: Urgency, *, spent: int, cost: int, budget: int) -> bool:
    """Whether a text may cost `cost` when `spent` is gone of `budget` (0: there is none).

    All in hundredths of the minor unit. What costs nothing always may.
    """
    if not budget or not cost:
        return True
    return (spent + cost) * 100 <= budget * SHARES[urgency]
