"""The status columns side by side: each ticket in the one where it stands, moved one by one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.clock import Clock
from pos_app.domain.board import StageLimits
from pos_app.domain.workflow import Phase
from ui.board.column import Column
from ui.board.content import Content
from ui.board.layout import CardLayout, arrange
from ui.board.measures import measures
from ui.board.shelf import Shelf
from ui.board.slots import Bodies
from ui.board.touch import TouchGuard
from ui.theme import Tokens

PHASES = (Phase.NEW, Phase.IN_KITCHEN, Phase.READY, Phase.ON_THE_WAY)
_SMALLEST_WIDTH_PX = 120


class Columns(QWidget):
    """Signals are those of the columns' views, for any of them."""

    act_wanted = Signal(object)
    line_wanted = Signal(int, int, bool)
    head_wanted = Signal(int)

    def __init__(self, clock: Clock, tokens: Tokens, guard: TouchGuard) -> None:
        super().__init__()
        self._shelf: Shelf | None = None
        self._scale = 1.0
        self._room = (0, 0)
        bodies = Bodies()
        self.all = [Column(phase, clock, tokens, guard, bodies) for phase in PHASES]
        self._of_phase = dict(zip(PHASES, self.all, strict=True))
        self._where: dict[int, Phase] = {}
        self._in_hand: set[int] = set()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for place, column in enumerate(self.all):
            column.delegate.in_hand = self._in_hand
            row.addWidget(column, 1)
            column.view.act_wanted.connect(self.act_wanted)
            column.view.line_wanted.connect(self.line_wanted)
            column.view.head_wanted.connect(self.head_wanted)
            column.view.sideways.connect(lambda step, at=place: self._go_sideways(at + step))
            column.view.room_changed.connect(self._room_changed)
        self._arrange_soon = QTimer(self)
        self._arrange_soon.setSingleShot(True)
        self._arrange_soon.setInterval(0)
        self._arrange_soon.timeout.connect(self._arrange_for_room)

    def set_scale(self, scale: float) -> None:
        self._scale = scale
        self._room = (0, 0)
        self._room_changed()

    def show_shelf(self, shelf: Shelf) -> None:
        """Show all of `shelf`, in place of whatever stood here."""
        self._shelf = shelf
        self._arrange_all()

    def change(self, ids: Iterable[int]) -> None:
        """Show again only the tickets `ids`."""
        if self._shelf is None or not self._has_room():
            return
        for order_id in ids:
            self._show(order_id, self._shelf.content(order_id))
        # At once, so that all columns are painted in one go.
        for column in self.all:
            column.view.executeDelayedItemsLayout()

    def set_limits(self, limits: StageLimits) -> None:
        for column in self.all:
            column.delegate.limits = limits

    def take_in_hand(self, order_id: int) -> bool:
        """The act of a ticket is under way; False when it already was."""
        if order_id in self._in_hand:
            return False
        self._in_hand.add(order_id)
        return True

    def put_down(self, order_id: int) -> None:
        """The act came back: where the ticket did not move, its button is shown free again."""
        self._in_hand.discard(order_id)
        phase = self._where.get(order_id)
        if phase is not None:
            self._of_phase[phase].view.repaint_ticket(order_id)

    def tick(self) -> None:
        for column in self.all:
            column.tick()

    def phase_of(self, order_id: int) -> Phase | None:
        return self._where.get(order_id)

    def column(self, phase: Phase) -> Column:
        return self._of_phase[phase]

    def focus_first(self) -> None:
        """Give the keys to the first column that holds a ticket."""
        filled = (column for column in self.all if column.model.slots)
        next(filled, self.all[0]).view.take_keys()

    def _show(self, order_id: int, content: Content | None) -> None:
        before = self._where.get(order_id)
        after = content.phase if content is not None else None
        if before is not None and before is not after:
            self._of_phase[before].take(order_id)
            del self._where[order_id]
        if content is not None and self._of_phase[content.phase].shows(content):
            return
        if content is not None:
            self._where[order_id] = content.phase
            self._of_phase[content.phase].put(self._arrange(content))

    def _arrange(self, content: Content) -> tuple[CardLayout, ...]:
        width, tallest = self._room
        return arrange(content, width, tallest, measures(self._scale))

    def _has_room(self) -> bool:
        return self._room[0] >= _SMALLEST_WIDTH_PX

    def _room_changed(self) -> None:
        self._arrange_soon.start()

    def _arrange_for_room(self) -> None:
        # One width for all, so that a ticket looks the same wherever it goes.
        rooms = [column.room() for column in self.all]
        room = (min(width for width, _ in rooms), min(height for _, height in rooms))
        if room != self._room:
            self._room = room
            self._arrange_all()

    def _arrange_all(self) -> None:
        if self._shelf is None or not self._has_room():
            return
        m = measures(self._scale)
        piles: dict[Phase, list[tuple[CardLayout, ...]]] = {phase: [] for phase in PHASES}
        self._where.clear()
        for order_id in self._shelf.ids():
            content = self._shelf.content(order_id)
            if content is not None:
                self._where[order_id] = content.phase
                piles[content.phase].append(self._arrange(content))
        for phase, pile in piles.items():
            self._of_phase[phase].delegate.measures = m
            self._of_phase[phase].replace_all(pile)

    def _go_sideways(self, place: int) -> None:
        if 0 <= place < len(self.all):
            self.all[place].view.take_keys()
