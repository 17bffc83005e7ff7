"""Words of a rule to the staff with the day's own figures in them: `{{ orders }}`, `{{ late }}`."""

from __future__ import annotations

from pos_app.automation.readable import WORD_FIELDS
from pos_app.clock import business_date
from pos_app.desk.transaction import Transaction
from pos_app.domain.money import show
from pos_app.domain.order import Order
from pos_app.store import day_figures


def filled(act: Transaction, order: Order | None, words: str) -> str:
    """`words` with the figures of today's business date, or the number of the order."""
    if "{{" not in words:
        return words
    said = words.replace("{{ number }}", order.number if order is not None else "")
    if not any("{{ " + name + " }}" in said for name in WORD_FIELDS):
        return said
    shop = act.setup.settings.shop
    day = business_date(act.now, shop.zone, shop.cutover_hour).isoformat()
    told = day_figures.of_day(act.connection, day)
    values = {
        "orders": str(told.orders),
        "takings": show(told.takings, shop.currency, shop.language),
        "late": str(told.late),
    }
    for name, value in values.items():
        said = said.replace("{{ " + name + " }}", value)
    return said
