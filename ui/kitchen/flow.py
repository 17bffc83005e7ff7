"""Tickets flow down a column, then into the next; what does not fit goes on another page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.kitchen.card import Card, Ticket
from ui.kitchen.sizes import EDGE_PX, GAP_PX

_SPARE_SHARE, _LONG_LINES = 0.4, 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One card at its place in the grid, on page `page`."""

    card: Card
    page: int
    place: QRect


@dataclass(frozen=True, slots=True)
class Room:
    """The grid: `columns` of `column_px`, each `height` high.

    `sign_px` is what the sign *+6 more* takes of a page's last column.
    """

    columns: int
    column_px: int
    height: int
    sign_px: int

    def left_px(self, column: int) -> int:
        return EDGE_PX + (column % self.columns) * (self.column_px + GAP_PX)


@dataclass(frozen=True, slots=True)
class Flow:
    """All cells of all tickets, and how many pages they take."""

    cells: tuple[Cell, ...]
    pages: int
    room: Room

    def on(self, page: int) -> list[Cell]:
        return [cell for cell in self.cells if cell.page == page]

    def behind(self, page: int) -> list[Card]:
        """The last cells of tickets that end on a later page."""
        return [c.card for c in self.cells if c.page > page and c.card.part == c.card.parts]

    def before(self, page: int) -> list[Card]:
        """The first cells of tickets that begin on an earlier page."""
        return [c.card for c in self.cells if c.page < page and c.card.part == 1]

    def sign_room(self, page: int) -> QRect | None:
        """What a page of several has left for its sign: the rest of its last column."""
        if self.pages < 2:
            return None
        left = self.room.left_px(self.room.columns - 1)
        ends = [c.place.bottom() + 1 for c in self.on(page) if c.place.left() == left]
        top = max(ends) + GAP_PX if ends else 0
        return QRect(left, top, self.room.column_px, self.room.height - top)


def flow(tickets: Iterable[Ticket], room: Room) -> Flow:
    """On one page when everything fits there; else every page keeps room for its sign."""
    listed = list(tickets)
    filled = _Filling(room, 0)
    for ticket in listed:
        filled.add(ticket)
    if filled.column >= room.columns:
        filled = _Filling(room, room.sign_px + GAP_PX)
        for ticket in listed:
            filled.add(ticket)
    pages = filled.column // room.columns + 1
    return Flow(tuple(filled.cells), pages, room)


class _Filling:
    """Endless columns, of which each page shows as many as it has."""

    def __init__(self, room: Room, kept_px: int) -> None:
        self._room = room
        self._kept_px = kept_px
        self.cells: list[Cell] = []
        self.column = 0
        self._y = 0

    def add(self, ticket: Ticket) -> None:
        if ticket.height <= self._left():
            self._put(ticket.whole())
        elif self._is_worth_cutting(ticket):
            self._cut(ticket)
        elif self._y and ticket.height <= self._next_height():
            self._next()
            self._put(ticket.whole())
        else:
            self._cut(ticket)

    def _is_worth_cutting(self, ticket: Ticket) -> bool:
        """A long ticket fills a column that would stay half empty; a short one is never cut."""
        spare = self._left() >= self._room.height * _SPARE_SHARE
        return spare and ticket.line_count >= _LONG_LINES and ticket.least_px <= self._left()

    def _cut(self, ticket: Ticket) -> None:
        """Begin where at least two lines stand under the head, and go on column by column."""
        if ticket.least_px > self._left() and (self._y or ticket.least_px <= self._next_height()):
            self._next()
        first = self.column
        left = self._left()
        for card in ticket.cells(lambda cell: self._height(first + cell) if cell else left):
            if card.part > 1:
                self._next()
            self._put(card)

    def _next_height(self) -> int:
        return self._height(self.column + 1)

    def _height(self, column: int) -> int:
        is_last = column % self._room.columns == self._room.columns - 1
        return self._room.height - (self._kept_px if is_last else 0)

    def _left(self) -> int:
        return self._height(self.column) - self._y

    def _next(self) -> None:
        self.column += 1
        self._y = 0

    def _put(self, card: Card) -> None:
        place = QRect(self._room.left_px(self.column), self._y, card.width, card.height)
        self.cells.append(Cell(card, self.column // self._room.columns, place))
        self._y += card.height + GAP_PX
