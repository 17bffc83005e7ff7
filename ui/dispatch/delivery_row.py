"""One delivery in a list: number, where to, until when, what is to be collected."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from pos_app.clock import Instant, local
from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.domain.board import Band, standing
from ui.courier_words import leg_word
from ui.order_words import address_line, kind_word, pay_words, time_word
from ui.theme import tokens
from ui.widgets.ink import GAP_PX, Words, write
from ui.words import _

LEAST_PX = 64
_NUMBER_PX, _EDGE_PX, _PAD_PX, _BELOW_PX = 92, 15, 10, 19
_BOLD = QFont.Weight.DemiBold
_BAND_INK = {Band.ON_TIME: "second", Band.SOON: "to_pay_text", Band.LATE: "late_text"}


class DeliveryRow(QAbstractButton):
    """Named `delivery:A43`. Checked means chosen, and says so with a tick, not by colour alone.

    `phone_since`: a phone that scanned its slip has it since then.
    """

    def __init__(
        self,
        card: Card,
        settings: Settings,
        now: Instant,
        phone_since: Instant | None = None,
    ) -> None:
        super().__init__()
        order = card.order
        self.card = card
        self.setObjectName(f"delivery:{order.number}")
        self.setCheckable(True)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._number = order.number
        self._where = _kept_together(address_line(order)) or order.customer.name
        band = standing(order, now, settings.limits).band
        self._when, self._when_ink = time_word(order, settings), _BAND_INK[band]
        self._state = " · ".join(part for part in (kind_word(order.kind), leg_word(order)) if part)
        if phone_since is not None:
            since = f"{local(phone_since, settings.shop.zone):%H:%M}"
            self._state += " · " + _("on a phone since {time}").format(time=since)
        self._money, self._due = pay_words(order), bool(order.due)
        self.setAccessibleName(
            f"{self._number}, {self._where}, {self._when}, {self._state}, {self._money}"
        )

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, LEAST_PX)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """An address is never cut off: it takes the rows that it needs."""
        room = width - 2 * _EDGE_PX - _NUMBER_PX
        below = _BELOW_PX if self._fits_below(room) else 2 * _BELOW_PX
        return max(LEAST_PX, round(self._where_height(room)) + below + 2 * _PAD_PX)

    def _fits_below(self, room: float) -> bool:
        state, money = self._words_below()
        return state.width(self.font()) + GAP_PX + money.width(self.font()) <= room

    def _where_height(self, room: float) -> float:
        when = Words(self._when, 15, _BOLD, self._when_ink).width(self.font())
        return Words(self._where, 15, _BOLD, "text").height(self.font(), room - when - GAP_PX)

    def _words_below(self) -> tuple[Words, Words]:
        ink = "to_pay_text" if self._due else "second"
        state = Words(self._state, 13, QFont.Weight.Normal, "second")
        return state, Words(self._money, 13, _BOLD, ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        pen = painter.pen()
        pen.setColor(theme.colour("text" if chosen else "line"))
        pen.setWidth(2 if chosen or self.hasFocus() else 1)
        if self.hasFocus() and not chosen:
            pen.setColor(theme.colour("next_act"))
        painter.setPen(pen)
        painter.setBrush(theme.colour("raised" if chosen or self.isDown() else "surface"))
        painter.drawRoundedRect(box, 12, 12)
        inside = QRectF(self.rect()).adjusted(_EDGE_PX, _PAD_PX, -_EDGE_PX, -_PAD_PX)
        centre = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        number = f"✓ {self._number}" if chosen else self._number
        write(painter, theme, inside, Words(number, 20, QFont.Weight.Bold, "text"), centre)
        self._write_beside(painter, inside.adjusted(_NUMBER_PX, 0, 0, 0))
        painter.end()

    def _write_beside(self, painter: QPainter, box: QRectF) -> None:
        theme = tokens("light")
        top, low = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        when = Words(self._when, 15, _BOLD, self._when_ink)
        taken = write(painter, theme, box, when, right | top)
        where = box.adjusted(0, 0, -taken - GAP_PX, 0)
        write(painter, theme, where, Words(self._where, 15, _BOLD, "text"), left | top, wrap=True)
        state, money = self._words_below()
        if self._fits_below(box.width()):
            write(painter, theme, box, money, right | low)
            write(painter, theme, box, state, left | low)
        else:
            write(painter, theme, box, money, left | low)
            write(painter, theme, box.adjusted(0, 0, 0, -_BELOW_PX), state, left | low)


def _kept_together(address: str) -> str:
    """Rows end between `floor 5` and its neighbours, never inside of it."""
    return ", ".join(part.replace(" ", "\u00a0") for part in address.split(", "))
