"""The words of a kitchen card: short, so that they can be large."""

from __future__ import annotations

from pos_app.domain.board import Band, Standing
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment
from ui.board import wording
from ui.words import _

MOST_MINUTES = 99


def band(standing: Standing) -> str:
    """`LATE 7`, `soon`; on time the clock speaks for itself."""
    if standing.band is Band.ON_TIME:
        return wording.clock(standing.age_ms)
    if standing.band is Band.SOON:
        return _("waiting") if standing.waiting else _("soon")
    shown = str(standing.minutes) if standing.minutes <= MOST_MINUTES else f"{MOST_MINUTES}+"
    return _("LATE {minutes}").format(minutes=shown)


def longest_bands() -> tuple[str, ...]:
    """What a card's head keeps room for."""
    late = _("LATE {minutes}").format(minutes=f"{MOST_MINUTES}+")
    return ("88:88", _("soon"), _("waiting"), late)


def place(order: Order) -> str:
    """Where it goes: a table where one is known."""
    if order.fulfilment is Fulfilment.DINE_IN and order.table:
        return _("Table {table}").format(table=order.table)
    return wording.fulfilment(order)


def elsewhere(names: list[str], *, done: bool) -> str:
    """`also at: Pizza` while others still cook, `done at: Pizza` once they wait for us."""
    if not names:
        return ""
    listed = ", ".join(names)
    if done:
        return _("done at: {stations}").format(stations=listed)
    return _("also at: {stations}").format(stations=listed)
