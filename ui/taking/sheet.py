"""The sheet behind *Tell guests*: minutes, stops that end by themselves, closing time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, instant_of, local
from pos_app.config import Settings, ShopSettings, Stop
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.notices import Notices
from ui.order_words import order_summary, time_word
from ui.style import sheet
from ui.taking.wording import minute_words, stop_words
from ui.widgets.parts import button, column, empty, label, row
from ui.widgets.sheet import Sheet
from ui.words import _

STEP_MINUTES = 5
CLOSING_STEP_MINUTES = 30
FIRST_CLOSING_MINUTE = 22 * 60
DAY_MINUTES = 24 * 60
STOP_MINUTES = (30, 60)


class TakingSheet(Sheet):
    """One per screen; `theme` is the screen's. Shows itself anew when the set-up changes."""

    def __init__(
        self,
        over: QWidget,
        shop: Shop,
        background: Background,
        notices: Notices,
        theme: str = "light",
    ) -> None:
        super().__init__(over, "taking_sheet", 440)
        self.setStyleSheet(sheet(theme))
        self._desk, self._clock = shop.desk, shop.clock
        self._background, self._notices = background, notices
        self._settings: Settings | None = None
        self.set_title(_("What we take"))
        self._minutes = label("", "heading", "taking_minutes")
        self._stopped = label("", "to_pay", "taking_stopped", wrap=True)
        self._closing = label("", "heading", "taking_closing")
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(label(_("Tell guests"), "label"))
        self.body.addLayout(
            self._stepper(self._minutes, "tell", partial(self._move, -STEP_MINUTES),
                          partial(self._move, STEP_MINUTES), "−5", "+5")
        )  # fmt: skip
        self.body.addWidget(label(_("Stop"), "label"))
        self.body.addWidget(self._stopped)
        self._go_on = button(_("Take everything again"), "stop:none", self._take_again, role="act")
        self.body.addWidget(self._go_on)
        for what, words in (("deliveries", _("Deliveries")), ("everything", _("Everything"))):
            self.body.addLayout(self._stops(what, words))
        self.body.addWidget(label(_("The kitchen closes at"), "label"))
        self.body.addLayout(
            self._stepper(self._closing, "closing", partial(self._close, -CLOSING_STEP_MINUTES),
                          partial(self._close, CLOSING_STEP_MINUTES), "−30", "+30")
        )  # fmt: skip
        self._no_closing = button(
            _("No closing time"), "closing:none", partial(self._set_closing, None), role="quiet"
        )
        self.body.addWidget(self._no_closing)
        self._after = column(gap=4)
        self.body.addLayout(self._after)
        self.body.addStretch(1)

    def _stepper(
        self,
        shown: QWidget,
        name: str,
        less: Callable[[], None],
        more: Callable[[], None],
        less_words: str,
        more_words: str,
    ) -> QHBoxLayout:
        line = row()
        line.addWidget(button(less_words, f"{name}:less", less))
        line.addWidget(shown, 1)
        line.addWidget(button(more_words, f"{name}:more", more))
        return line

    def _stops(self, what: str, words: str) -> QVBoxLayout:
        made = column(gap=4)
        made.addWidget(label(words, "strong"))
        line = row()
        for minutes in STOP_MINUTES:
            text = _("{minutes} min").format(minutes=minutes)
            act = partial(self._stop, what, minutes)
            line.addWidget(button(text, f"stop:{what}:{minutes}", act, role="chip"), 1)
        rest = partial(self._stop, what, None)
        line.addWidget(button(_("Today"), f"stop:{what}:today", rest, role="chip"), 1)
        made.addLayout(line)
        return made

    # What is shown

    def show_setup(self, setup: Setup) -> None:
        """Minutes, stops and closing time as they are now."""
        self._settings = setup.settings
        told, stop = setup.settings.tell_guests, setup.settings.stop
        self._minutes.setText(
            _("Pickup {pickup} · Delivery {delivery}").format(
                pickup=told.pickup_minutes, delivery=told.delivery_minutes
            )
        )
        words = stop_words(setup.settings, self._clock.now())
        self._stopped.setText(words)
        self._stopped.setVisible(bool(words))
        self._go_on.setVisible(bool(words))
        minute = stop.kitchen_closes_minute
        self._closing.setText(_("no time set") if minute is None else minute_words(minute))
        self._no_closing.setVisible(minute is not None)
        if self.isVisible():
            self._read_after()

    def open_for(self, setup: Setup) -> None:
        self.show_setup(setup)
        self.open_sheet()
        self._read_after()

    def _read_after(self) -> None:
        self._background.read(
            "orders after closing", self._desk.evening.after_closing, self._show_after
        )

    def _show_after(self, cards: list[Card]) -> None:
        empty(self._after)
        settings = self._settings
        if not cards or settings is None:
            return
        self._after.addWidget(label(_("Promised after the kitchen closes:"), "error"))
        for card in cards:
            words = f"{order_summary(card.order)} · {time_word(card.order, settings)}"
            self._after.addWidget(label(words, "second", wrap=True))

    # What people do

    def _move(self, step_minutes: int) -> None:
        self._do("tell guests", lambda: self._desk.move_tell_guests(step_minutes))

    def _stop(self, what: str, minutes: int | None) -> None:
        if self._settings is None:
            return
        now = self._clock.now()
        until = (
            _end_of_day(now, self._settings.shop)
            if minutes is None
            else Instant(now + minutes * MINUTE_MS)
        )
        stop = self._settings.stop
        changed = (
            replace(stop, deliveries_until=until)
            if what == "deliveries"
            else replace(stop, everything_until=until)
        )
        self._set(changed)

    def _take_again(self) -> None:
        if self._settings is not None:
            self._set(replace(self._settings.stop, deliveries_until=None, everything_until=None))

    def _close(self, step_minutes: int) -> None:
        if self._settings is None:
            return
        minute = self._settings.stop.kitchen_closes_minute
        self._set_closing(
            FIRST_CLOSING_MINUTE if minute is None else (minute + step_minutes) % DAY_MINUTES
        )

    def _set_closing(self, minute: int | None) -> None:
        if self._settings is not None:
            self._set(replace(self._settings.stop, kitchen_closes_minute=minute))

    def _set(self, stop: Stop) -> None:
        self._do("stop or take again", lambda: self._desk.evening.stop(stop))

    def _do(self, name: str, act: Callable[[], object]) -> None:
        self._background.act(name, act, None, self._refused)

    def _refused(self, error: OrderbellError) -> None:
        self._notices.tell_error(error)


def _end_of_day(now: Instant, shop: ShopSettings) -> Instant:
    """When the shop's next business day begins."""
    here = local(now, shop.zone)
    day = (here - timedelta(hours=shop.cutover_hour)).date() + timedelta(days=1)
    return instant_of(datetime.combine(day, time(shop.cutover_hour), ZoneInfo(shop.zone)))
