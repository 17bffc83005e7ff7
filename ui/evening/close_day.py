"""The end of the day: what is still open gets its end, one tap each, and nobody is told."""

from __future__ import annotations

from datetime import date

from pos_app.bootstrap import Shop
from pos_app.desk.evening_desk import EndOfDay
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.evening.screen import EveningScreen
from ui.notices import Notices, Tone
from ui.widgets.parts import button
from ui.words import _


class CloseDayScreen(EveningScreen):
    """Shows today, or the earlier day of which something was left open."""

    def __init__(self, shop: Shop, setup: Setup, background: Background, notices: Notices) -> None:
        super().__init__(
            "close_day",
            shop,
            setup,
            background,
            notices,
            [
                ("collected", _("Collected")),
                ("not_collected", _("Not collected")),
                ("cancelled", _("Cancelled")),
            ],
            _("Nothing is open. The day can be closed."),
        )
        self._business_date = ""
        self._close = button(_("Close the day"), "close_day_now", self._close_day, role="act")
        self.foot.addWidget(button(_("Back"), "close_day_back", self.ended.emit, role="quiet"))
        self.foot.addStretch(1)
        self.foot.addWidget(self._close)

    def read(self) -> None:
        self._background.read("read the day's end", self._end_of_day, self._show)

    def _end_of_day(self) -> EndOfDay:
        """What was left of an earlier day comes first."""
        return self._desk.evening.left_open() or self._desk.evening.end_of_day()

    def _show(self, found: EndOfDay) -> None:
        self._business_date = found.business_date
        day = f"{date.fromisoformat(found.business_date):%d.%m.%Y}"
        self.title.setText(_("Close the day: {day}").format(day=day))
        self.about.setText(
            _("This day is closed.")
            if found.closed
            else _("Nobody is told, and these times stay out of the averages.")
        )
        self.orders.show_cards(found.cards, self._setup.settings)
        self._close.setEnabled(not found.cards and not found.closed)

    def answer(self, order_ids: list[int], answer: str) -> None:
        def close_all() -> None:
            for order_id in order_ids:
                self._desk.evening.close_order(order_id, answer)

        self.act("close orders", close_all)

    def _close_day(self) -> None:
        day = self._business_date

        def closed(_done: object) -> None:
            self._notices.say(_("The day is closed."), tone=Tone.GOOD)
            self.ended.emit()

        self._background.act(
            "close the day", lambda: self._desk.evening.close_day(day), closed, self._refused
        )
