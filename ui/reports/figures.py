"""The page: ten numbers in the order of a morning's questions, ratings and bring-backs beside."""

from __future__ import annotations

from pos_app.desk.setup import Setup
from pos_app.insights import Yesterday
from ui.reports import mishaps, money, time
from ui.reports.figure import Figure, Speech


def figures(told: Yesterday, setup: Setup) -> tuple[Figure, ...]:
    """All twelve, in the language of the screens and with what may be seen here."""
    past = {one.station_id: one.names for one in told.stations}
    speech = Speech(setup, told.currency, past)
    return (
        money.takings(told, speech),
        time.promises(told, speech),
        time.times(told),
        time.stations(told, speech),
        mishaps.unfetched(told, speech),
        money.cancelled(told, speech),
        money.left_unpaid(told, speech),
        mishaps.remade(told, speech),
        mishaps.texts(told),
        money.couriers(told, speech),
        mishaps.ratings(told),
        mishaps.brought_back(told, speech),
    )
