"""What texts have cost this month, beside what they may cost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos_app.bootstrap import Shop
from pos_app.config import Settings
from pos_app.desk.channels_desk import Spent
from pos_app.domain.money import finely, symbol
from ui.background import Background
from ui.rights import sees_money
from ui.words import _, language, ngettext


class SpendLine(QLabel):
    """`This month: 412 texts, 437 parts · 12.40 € of 30 €`; without prices only how many."""

    def __init__(self, shop: Shop, background: Background) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "second")
        self.setObjectName("messages_spend")
        self.setWordWrap(True)
        self._shop, self._background = shop, background

    def read(self, settings: Settings) -> None:
        desk = self._shop.desk
        self._background.read(
            "read what texts cost",
            desk.channels.spent,
            lambda spent: self.setText(spend_words(spent, settings)),
        )


def spend_words(spent: list[Spent], settings: Settings) -> str:
    """Empty before the first text of the month."""
    count, parts = sum(one.messages for one in spent), sum(one.parts for one in spent)
    if not count:
        return ""
    said = _("This month: {texts}, {parts}").format(
        texts=ngettext("{count} text", "{count} texts", count).format(count=count),
        parts=ngettext("{count} part", "{count} parts", parts).format(count=parts),
    )
    cost = sum(one.cost for one in spent)
    if not sees_money() or not cost:
        return said
    budget = settings.channels.limits.month_budget
    amount = _money(cost, settings)
    if budget:
        amount = _("{amount} of {budget}").format(amount=amount, budget=_money(budget, settings))
    return f"{said} · {amount}"


def _money(hundredths: int, settings: Settings) -> str:
    currency = settings.shop.currency
    return f"{finely(hundredths, currency)} {symbol(currency, language())}"
