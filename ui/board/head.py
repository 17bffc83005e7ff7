"""The head of a card: number, whose it is, what is to pay, and the room for its clock.

On a wide column the name stands beside the number, on a narrow one below it; a whole column does
the same, so that eyes find everything where it was.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

from ui.board import wording
from ui.board.content import Content
from ui.board.measures import Measures
from ui.board.pieces import Block, Fill, Piece, chip_height, chip_rows, chips_width
from ui.board.text_sizes import elided, line_height, rows_of, width_of
from ui.words import _

LEFT_PX = 26
RIGHT_PX = 16
TOP_PX = 10
SHAPE_PX = 18
_GAP_PX = 10


@dataclass(frozen=True, slots=True)
class Head:
    """`clock` is painted anew every second; `block` holds the rest."""

    block: Block
    clock: QRect


def clock_width(m: Measures) -> int:
    """Room for the clock and for the longest band word with its shape."""
    words = max(width_of(word, m.band) for word in wording.longest_bands())
    return max(width_of("88:88", m.clock), words + m.px(SHAPE_PX))


def stands_beside(width: int, m: Measures) -> bool:
    """Whether a column of `width` has room for the name between number and clock."""
    time = _("for {time}").format(time="20:00")
    kinds = [_("Dine-in"), _("Pickup"), _("Delivery")]
    under = max(width_of(f"{kind} · {time}", m.under) for kind in kinds)
    taken = m.px(LEFT_PX + RIGHT_PX + _GAP_PX + 6) + width_of("A88", m.number) + clock_width(m)
    return width - taken >= under


def arrange_head(content: Content, width: int, part: str, m: Measures) -> Head:
    """The head of one part of a card; `part` is such as `1/2`, or empty."""
    room = clock_width(m)
    clock = QRect(
        width - m.px(RIGHT_PX) - room,
        m.px(TOP_PX),
        room,
        line_height(m.clock) + line_height(m.band),
    )
    number = Piece(
        content.number,
        m.number,
        "text",
        QRect(
            m.px(LEFT_PX),
            m.px(TOP_PX) + (clock.height() - line_height(m.number)) // 2,
            width_of(content.number, m.number),
            line_height(m.number),
        ),
    )
    under = " · ".join(text for text in (content.under, part) if text)
    arrange = _beside if stands_beside(width, m) else _stacked
    rest = arrange(content, under, number, clock, width, m)
    height = max(rest.height, clock.bottom() + 1)
    return Head(Block(height, (number, *rest.pieces), rest.fills), clock)


def _beside(
    content: Content, under: str, number: Piece, clock: QRect, width: int, m: Measures
) -> Block:
    x = number.place.right() + m.px(_GAP_PX)
    room = clock.left() - m.px(6) - x
    top = clock.top() + (clock.height() - line_height(m.title) - line_height(m.under)) // 2
    chips = content.chips
    inline = bool(chips) and (
        width_of(content.title, m.title) + chips_width(chips, m) + m.px(8) <= room
    )
    title = _title(content, x, top, room, m)
    pieces = list(title.pieces)
    fills: list[Fill] = []
    y = top + title.height
    if inline:
        after = width_of(content.title, m.title)
        at_x = x + (after + m.px(8) if after else 0)
        row_top = top + (line_height(m.title) - chip_height(m)) // 2
        row = chip_rows(chips, at_x, row_top, room, m)
        pieces += row.pieces
        fills += row.fills
        y = max(y, top + line_height(m.title))
    under_rows = rows_of(under, m.under, room)
    under_height = under_rows * line_height(m.under)
    pieces.append(Piece(under, m.under, "second", QRect(x, y, room, under_height)))
    y += under_height
    if chips and not inline:
        return _with_chips(pieces, content, max(y, clock.bottom()), width, m)
    return Block(y, tuple(pieces), tuple(fills))


def _stacked(
    content: Content, under: str, number: Piece, clock: QRect, width: int, m: Measures
) -> Block:
    x = m.px(LEFT_PX)
    room = width - x - m.px(RIGHT_PX)
    y = clock.bottom() + m.px(2)
    pieces: list[Piece] = []
    title_width = width_of(content.title, m.title)
    gap = m.px(8) if title_width else 0
    one_row = title_width + gap + width_of(under, m.under) <= room
    title = _title(content, x, y, room, m)
    pieces += title.pieces
    if one_row:
        drop = line_height(m.title) - line_height(m.under)
        place = QRect(x + title_width + gap, y + drop, room, line_height(m.under))
        y += line_height(m.title)
    else:
        y += title.height
        height = rows_of(under, m.under, room) * line_height(m.under)
        place = QRect(x, y, room, height)
        y += height
    pieces.append(Piece(under, m.under, "second", place))
    chips = content.chips
    chips_x = number.place.right() + m.px(_GAP_PX)
    if chips and chips_width(chips, m) <= clock.left() - m.px(6) - chips_x:
        row_top = number.place.center().y() - chip_height(m) // 2
        row = chip_rows(chips, chips_x, row_top, room, m)
        return Block(y, (*pieces, *row.pieces), row.fills)
    return _with_chips(pieces, content, y, width, m) if chips else Block(y, tuple(pieces))


def _with_chips(pieces: list[Piece], content: Content, y: int, width: int, m: Measures) -> Block:
    """Chips in rows of their own below what is there."""
    x = m.px(LEFT_PX)
    row = chip_rows(content.chips, x, y + m.px(4), width - x - m.px(RIGHT_PX), m)
    return Block(y + m.px(4) + row.height, (*pieces, *row.pieces), row.fills)


def _title(content: Content, x: int, y: int, room: int, m: Measures) -> Block:
    """The name in one row or two; a longer one is whole in the details."""
    rows = rows_of(content.title, m.title, room)
    text = content.title if rows <= 2 else elided(content.title, m.title, int(room * 1.8))
    height = min(rows, 2) * line_height(m.title)
    if not text:
        return Block(0)
    return Block(height, (Piece(text, m.title, "text", QRect(x, y, room, height)),))
