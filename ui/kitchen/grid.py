"""The flowing grid: tickets on it, one page at a time, painted and repainted where they change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.clock import MINUTE_MS, Clock
from pos_app.domain.board import Band, StageLimits, Standing, standing
from ui.board.text_sizes import line_height
from ui.board.touch import TouchGuard
from ui.kitchen import painter as cards
from ui.kitchen.card import Card, Ticket
from ui.kitchen.content import Content
from ui.kitchen.finger import Finger, Spot, Target
from ui.kitchen.flow import Cell, Flow, Room, flow
from ui.kitchen.painter import Brush
from ui.kitchen.sign import Hidden, Sign, make_sign, paint_sign, sign_height
from ui.kitchen.sizes import EDGE_PX, GAP_PX, Sizes
from ui.theme import Tokens

_PRESSED = QColor(255, 255, 255, 64)
_PRESSED_SOFT = QColor(255, 255, 255, 28)


class Grid(QWidget):
    """`act_wanted` and `more_wanted` carry the content that the person saw.

    `line_wanted` carries an order's id, a line's id and whether it is made now.
    """

    act_wanted = Signal(object)
    more_wanted = Signal(object)
    line_wanted = Signal(int, int, bool)
    paged = Signal(int)

    def __init__(self, clock: Clock, tokens: Tokens, guard: TouchGuard, sizes: Sizes) -> None:
        super().__init__()
        self.setObjectName("kitchen_grid")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._clock, self._tokens, self._sizes = clock, tokens, sizes
        self.limits = StageLimits()
        self.empty_words = ""
        self.page = 0
        self.chosen: int | None = None
        self.in_hand: set[int] = set()
        self._contents: list[Content] = []
        self._tickets: dict[int, Ticket] = {}
        self._bodies: dict[Card, tuple[Band, float, QPixmap]] = {}
        self._flow: Flow | None = None
        self._shown: list[Cell] = []
        self._sign: Sign | None = None
        self.finger = Finger(self, guard)

    # What is shown

    @property
    def sizes(self) -> Sizes:
        return self._sizes

    @property
    def shown(self) -> Sequence[Cell]:
        """The cells of this page."""
        return self._shown

    @property
    def sign(self) -> Sign | None:
        """What this page does not show, said; None when it shows everything."""
        return self._sign

    def set_sizes(self, sizes: Sizes) -> None:
        if sizes is not self._sizes:
            self._sizes = sizes
            self._tickets.clear()
            self._arrange()

    def show_contents(self, contents: list[Content]) -> None:
        """Show these tickets, in the order in which they stand on every screen."""
        wanted = sorted(contents, key=lambda content: content.key)
        if wanted != self._contents:
            self._contents = wanted
            self._arrange()

    def show_page(self, page: int) -> None:
        pages = self._flow.pages if self._flow is not None else 1
        wanted = min(max(page, 0), pages - 1)
        if wanted != self.page:
            self.page = wanted
            self._take_page()
            self.paged.emit(wanted)

    def room(self) -> Room:
        columns = self._sizes.columns(self.width())
        wide = (self.width() - 2 * EDGE_PX - (columns - 1) * GAP_PX) // columns
        height = self.height() - EDGE_PX
        return Room(columns, wide, height, sign_height(self._sizes, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self.width() < 2 * EDGE_PX or self.height() < self._sizes.foot_px:
            return
        room = self.room()
        before, self._tickets = self._tickets, {}
        for content in self._contents:
            known = before.get(content.order.id)
            if known is None or known.content != content or known.width != room.column_px:
                known = Ticket(content, room.column_px, self._sizes)
            self._tickets[content.order.id] = known
        self._flow = flow(self._tickets.values(), room)
        self.page = min(self.page, self._flow.pages - 1)
        self._take_page()

    def _take_page(self) -> None:
        if self._flow is None:
            return
        self._shown = self._flow.on(self.page)
        self._sign = self._make_sign(self._flow)
        kept = {cell.card for cell in self._shown}
        self._bodies = {card: body for card, body in self._bodies.items() if card in kept}
        if self.chosen is not None and self.chosen not in self._tickets:
            self.chosen = None
        self.finger.note_places(self._shown)
        self.setAccessibleName(". ".join(dict.fromkeys(c.card.content.spoken for c in self._shown)))
        self.update()

    def _make_sign(self, whole: Flow) -> Sign | None:
        left = whole.sign_room(self.page)
        if left is None:
            return None
        behind, before = whole.behind(self.page), whole.before(self.page)
        ages = [self._standing(card.content).age_ms for card in behind or before]
        hidden = Hidden(
            behind=tuple(card.content.number for card in behind),
            before=tuple(card.content.number for card in before),
            oldest_minutes=max(ages, default=0) // MINUTE_MS,
        )
        return make_sign(hidden, left, self._sizes)

    def _standing(self, content: Content) -> Standing:
        return standing(content.order, self._clock.now(), self.limits)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._tokens.colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = Brush(self._sizes, self._tokens, self.devicePixelRatioF())
        for cell in self._shown:
            if event.rect().intersects(cell.place):
                self._paint_cell(painter, cell, brush)
        if self._sign is not None and event.rect().intersects(self._sign.place):
            paint_sign(painter, self._sign, brush, self._pressed_of(self._sign))
        if not self._shown:
            painter.setPen(self._tokens.colour("second"))
            painter.setFont(self._sizes.note)
            middle = self.rect().adjusted(EDGE_PX * 4, 0, -EDGE_PX * 4, 0)
            height = 3 * line_height(self._sizes.note)
            middle.setTop(max(0, middle.height() // 2 - height))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(middle, flags, self.empty_words)
        painter.end()

    def _paint_cell(self, painter: QPainter, cell: Cell, brush: Brush) -> None:
        card, at = cell.card, cell.place.topLeft()
        stands = self._standing(card.content)
        painter.drawPixmap(at, self._body(card, stands, brush))
        cards.live(painter, card, at, stands, brush)
        pressed = self.finger.pressed
        order_id = card.content.order.id
        if card.button is not None and order_id in self.in_hand:
            self._fill(painter, card, at, card.button, _PRESSED)
        elif pressed is not None and pressed.order_id == order_id and pressed.part == card.part:
            place = spot_place(card, pressed)
            if place is not None:
                strong = pressed.target in (Target.BUTTON, Target.MORE)
                self._fill(painter, card, at, place, _PRESSED if strong else _PRESSED_SOFT)
        if order_id == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._tokens.colour("text"), 4))
            painter.drawPath(cards.card_outline(card, at, inset=2))

    def _body(self, card: Card, stands: Standing, brush: Brush) -> QPixmap:
        known = self._bodies.get(card)
        if known is not None and known[:2] == (stands.band, brush.ratio):
            return known[2]
        made = cards.body(card, stands.band, brush)
        self._bodies[card] = (stands.band, brush.ratio, made)
        return made

    @staticmethod
    def _fill(painter: QPainter, card: Card, at: QPoint, place: QRect, shade: QColor) -> None:
        area = QPainterPath()
        area.addRect(place.translated(at))
        painter.fillPath(area.intersected(cards.card_outline(card, at)), shade)

    def _pressed_of(self, sign: Sign) -> QRect | None:
        pressed = self.finger.pressed
        if pressed is None:
            return None
        return {Target.SHOW: sign.show, Target.BACK: sign.back}.get(pressed.target)

    def tick(self) -> None:
        """Repaint the clocks; a card whose band changed as a whole, the sign when it grew older."""
        for cell in self._shown:
            known = self._bodies.get(cell.card)
            stands = self._standing(cell.card.content)
            if known is None or known[0] is not stands.band:
                self.update(cell.place)
                continue
            for area in (cell.card.band, cell.card.age):
                self.update(area.translated(cell.place.topLeft()))
        if self._flow is not None and self._sign is not None:
            sign = self._make_sign(self._flow)
            if sign != self._sign:
                self._sign = sign
                self.update()

    # What hands and keys do

    def take_in_hand(self, order_id: int) -> bool:
        """The act of a ticket is under way; False when it already was."""
        if order_id in self.in_hand:
            return False
        self.in_hand.add(order_id)
        self.repaint_ticket(order_id)
        return True

    def put_down(self, order_id: int) -> None:
        self.in_hand.discard(order_id)
        self.repaint_ticket(order_id)

    def repaint_ticket(self, order_id: int) -> None:
        for cell in self._shown:
            if cell.card.content.order.id == order_id:
                self.update(cell.place)

    def choose(self, place: int) -> None:
        """Give the keys to the ticket at `place` of this page, from 0; the last one beyond it."""
        ids = self._ids()
        self.chosen = ids[min(place, len(ids) - 1)] if ids else None
        self.update()

    def step(self, down: int, sideways: int) -> None:
        """Move on by cards in a column, or to the same height of the next column."""
        ids = self._ids()
        if self.chosen is None or self.chosen not in ids:
            self.choose(0)
            return
        if down:
            self.choose(max(0, ids.index(self.chosen) + down))
            return
        here = next(c.place for c in self._shown if c.card.content.order.id == self.chosen)
        left = here.left() + sideways * (here.width() + GAP_PX)
        beside = [c for c in self._shown if abs(c.place.left() - left) < here.width() // 2]
        if beside:
            nearest = min(beside, key=lambda cell: abs(cell.place.top() - here.top()))
            self.choose(ids.index(nearest.card.content.order.id))

    def act_on_chosen(self) -> None:
        for cell in self._shown:
            if cell.card.content.order.id == self.chosen and cell.card.button is not None:
                self.finger.act(cell.card, cell.place.topLeft() + cell.card.button.center())

    def _ids(self) -> list[int]:
        return list(dict.fromkeys(cell.card.content.order.id for cell in self._shown))


def spot_place(card: Card, spot: Spot) -> QRect | None:
    """Where on its card `spot` is."""
    if spot.target is Target.LINE:
        return next((line.place for line in card.lines if line.line_id == spot.line_id), None)
    return {Target.BUTTON: card.button, Target.MORE: card.more, Target.HEAD: card.head}.get(
        spot.target
    )
