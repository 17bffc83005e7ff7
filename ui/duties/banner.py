"""Duties on a board or at the counter: never modal, done by one touch, a sound once for each.

It stands where its growing moves no button of the screen: below the cards, above what lies at
the bottom.
"""

from __future__ import annotations

from functools import partial

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.bootstrap import Shop
from pos_app.config import Settings
from pos_app.domain.screens import Sounds
from ui.background import Background
from ui.duties.reading import Duty, read
from ui.order_words import phone_words
from ui.sounds.player import Player
from ui.sounds.rules import USUAL_SHARE, Sound
from ui.style import role, sheet
from ui.theme import measure
from ui.widgets.parts import button, column, empty, label, row, scroll
from ui.words import _, ngettext

GATHER_MS = 200
MOST_HIGH_PX = 172
BORDERS_PX = 4
IN_SIGHT = 2


class Duties(QWidget):
    """Nothing at all while there is nothing to do. Call `look_again` when orders or settings
    changed; without a `player` it is silent.
    """

    def __init__(
        self,
        shop: Shop,
        background: Background,
        theme: str,
        player: Player | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("duties")
        self.setStyleSheet(sheet(theme))
        self._shop, self._background, self._player = shop, background, player
        self._sounds = sounds or Sounds()
        self._is_board = theme == "dark"
        self._shown: list[Duty] | None = None
        self._heard: set[int] = set()
        self._reading = self._is_old = False
        content = QWidget()
        self._rows = column(content, gap=8)
        self._count = label("", "second", "duties_count")
        self._area = scroll(content)
        layout = column(self, gap=4)
        layout.addWidget(self._count)
        layout.addWidget(self._area)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._read)
        self.hide()
        self._read()

    def look_again(self, _cards: object = None) -> None:
        """Something changed: what comes together is read once."""
        if not self._gather.isActive():
            self._gather.start()

    def _read(self) -> None:
        if self._reading:
            self._is_old = True
            return
        self._reading, desk = True, self._shop.desk

        def answered(found: tuple[list[Duty], Settings]) -> None:
            if shiboken6.isValid(self):
                self._take(*found)

        self._background.read(
            "read duties",
            lambda: (read(desk), desk.setup().settings),
            answered,
            lambda _error: self._end_reading(),
        )

    def _end_reading(self) -> None:
        if not shiboken6.isValid(self):
            return
        self._reading = False
        if self._is_old:
            self._is_old = False
            self.look_again()

    def _take(self, duties: list[Duty], settings: Settings) -> None:
        self._end_reading()
        is_first = self._shown is None
        if duties == self._shown:
            return
        self._shown = duties
        empty(self._rows)
        for duty in duties:
            card = self._card(duty, settings)
            self._rows.addWidget(card)
            # Its height counts below, before the event loop would show it.
            card.show()
        self._rows.addStretch(1)
        self.setVisible(bool(duties))
        said = ngettext(
            "{count} to do, the oldest first", "{count} to do, the oldest first", len(duties)
        )
        self._count.setText(said.format(count=len(duties)))
        self._count.setVisible(len(duties) > IN_SIGHT)
        high = self._rows.totalSizeHint().height() + 4
        self._area.setFixedHeight(min(high, MOST_HIGH_PX))
        self._ring(duties, is_first=is_first)

    def _ring(self, duties: list[Duty], *, is_first: bool) -> None:
        """Once for each that has come while somebody could hear it."""
        news = [one for one in duties if one.sounds and one.id not in self._heard]
        self._heard.update(one.id for one in duties)
        volume = self._sounds.volume / 100 * USUAL_SHARE
        if news and not is_first and self._player is not None and volume > 0:
            self._player.play(Sound.CHANGED, volume)

    def _card(self, duty: Duty, settings: Settings) -> QFrame:
        made = QFrame()
        made.setObjectName(f"duty:{duty.id}")
        role(made, "card")
        line = row(made, margins=(14, 6, 8, 6), gap=12)
        words = column(gap=0)
        words.addWidget(label(said_words(duty), "strong", f"duty_says:{duty.id}", wrap=True))
        about = duty_words(duty, settings)
        if about:
            words.addWidget(label(about, "second", f"duty_about:{duty.id}", wrap=True))
        line.addLayout(words, 1)
        done = button(_("It is done"), f"duty_done:{duty.id}", partial(self._finish, duty.id))
        done.setAccessibleName(_("It is done: {words}").format(words=duty.said))
        done.setMinimumWidth(120)
        if self._is_board:
            # The border counts beside it; a style sheet is stronger than a minimum height.
            done.setStyleSheet(f"min-height: {measure().board_button_px - BORDERS_PX}px;")
        line.addWidget(done)
        return made

    def _finish(self, duty_id: int) -> None:
        desk = self._shop.desk
        self._background.act(
            "finish a duty",
            lambda: desk.rules.finish_task(duty_id),
            lambda _done: self._read() if shiboken6.isValid(self) else None,
        )


def said_words(duty: Duty) -> str:
    """A guest's own words stand in quotation marks, so that nobody takes them for the shop's."""
    return _("“{note}”").format(note=duty.said) if duty.wrote else duty.said


def duty_words(duty: Duty, settings: Settings) -> str:
    """`Call back · A43 · Iryna · 067 123 45 67`, or `Guest wrote · A43 · …`."""
    order = duty.order
    parts = [_("Call back") if duty.calls else _("Guest wrote") if duty.wrote else ""]
    if order is not None:
        parts += [
            order.number,
            order.customer.name,
            phone_words(order.customer.phone, settings),
        ]
    return " · ".join(part for part in parts if part)
