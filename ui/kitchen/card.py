"""Where everything stands on a kitchen card, and how a tall one continues in the next cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from ui.board.pieces import Block, Fill, Piece, moved
from ui.board.text_sizes import height_of, line_height, rows_of, width_of
from ui.kitchen import words
from ui.kitchen.content import Content, LineText
from ui.kitchen.sizes import Sizes
from ui.words import _, quoted

LEFT, RIGHT, TOP = 34, 18, 10
_QUANTITY, _SHAPE, _BETWEEN = 50, 34, 12
_NUMBER_ROW_EM, _NUMBER_LIFT_EM = 1.02, 0.11
# Shown while the number of cells is not known yet, so that every cell keeps room for it.
_WIDEST_PART = "8/8"


@dataclass(frozen=True, slots=True)
class LineArea:
    """Where a touch checks a line off."""

    line_id: int
    place: QRect
    made: bool


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """One cell of a ticket. Places are from its upper left.

    `band` and `age` are painted each second; `more` (⋯) and `button` stand on the last cell only.
    """

    content: Content
    part: int
    parts: int
    width: int
    height: int
    pieces: tuple[Piece, ...]
    fills: tuple[Fill, ...]
    head: QRect
    band: QRect
    age: QRect
    lines: tuple[LineArea, ...]
    more: QRect | None
    button: QRect | None


@dataclass(frozen=True, slots=True)
class _Head:
    block: Block
    band: QRect
    age: QRect


@dataclass(frozen=True, slots=True)
class _Row:
    block: Block
    line: LineText


class Ticket:
    """One ticket at one width: whole, or cut into cells. The same cut gives the same cards."""

    def __init__(self, content: Content, width: int, sizes: Sizes) -> None:
        self.content = content
        self.width, self._sizes = width, sizes
        self._rows = [_Row(_line(line, width, sizes), line) for line in content.lines]
        self._warnings = _warnings(content, width, sizes)
        self._cut: dict[tuple[int, ...], tuple[Card, ...]] = {}
        foot = sizes.foot_px + sizes.px(6)
        rows = sum(row.block.height for row in self._rows)
        self.height = _head(content, width, "", sizes).block.height
        self.height += self._warnings.height + rows + foot

    def whole(self) -> Card:
        return self._cards((len(self._rows),))[0]

    def cells(self, room_of: Callable[[int], int]) -> tuple[Card, ...]:
        """In as many cells as it needs; `room_of` tells the height of the nth, from 0.

        Each holds at least one line: ask `least_px` before.
        """
        head = _head(self.content, self.width, _WIDEST_PART, self._sizes).block.height
        foot = self._sizes.foot_px + self._sizes.px(6)
        tail = line_height(self._sizes.under) + self._sizes.px(10)
        counts = [0]
        room = room_of(0) - head - self._warnings.height
        for at, row in enumerate(self._rows):
            is_last = at == len(self._rows) - 1
            if counts[-1] and row.block.height + (foot if is_last else tail) > room:
                room = room_of(len(counts)) - head
                counts.append(0)
            counts[-1] += 1
            room -= row.block.height
        return self._cards(tuple(counts))

    @property
    def line_count(self) -> int:
        return len(self._rows)

    @property
    def least_px(self) -> int:
        """What its first cell needs to be worth beginning: head, warnings and two lines."""
        head = _head(self.content, self.width, _WIDEST_PART, self._sizes).block.height
        rows = sum(row.block.height for row in self._rows[:2])
        tail = line_height(self._sizes.under) + self._sizes.px(10)
        return head + self._warnings.height + rows + tail

    def _cards(self, counts: tuple[int, ...]) -> tuple[Card, ...]:
        if counts not in self._cut:
            made, at = [], 0
            for part, count in enumerate(counts, start=1):
                made.append(self._card(self._rows[at : at + count], part, len(counts)))
                at += count
            self._cut[counts] = tuple(made)
        return self._cut[counts]

    def _card(self, rows: list[_Row], part: int, parts: int) -> Card:
        sizes, width = self._sizes, self.width
        head = _head(self.content, width, f"{part}/{parts}" if parts > 1 else "", sizes)
        blocks, y = [head.block], head.block.height
        if part == 1:
            blocks.append(moved(self._warnings, y))
            y += self._warnings.height
        areas = []
        for row in rows:
            blocks.append(moved(row.block, y))
            place = QRect(0, y, width, row.block.height)
            areas.append(LineArea(row.line.line_id, place, row.line.made))
            y += row.block.height
        more = button = None
        if part == parts:
            y += sizes.px(6)
            wide = max(sizes.foot_px, sizes.px(72))
            more = QRect(0, y, wide, sizes.foot_px)
            button = QRect(wide, y, width - wide, sizes.foot_px)
            y += sizes.foot_px
        else:
            blocks.append(moved(_goes_on(width, sizes), y))
            y += blocks[-1].height
        return Card(
            content=self.content,
            part=part,
            parts=parts,
            width=width,
            height=y,
            pieces=tuple(piece for block in blocks for piece in block.pieces),
            fills=tuple(fill for block in blocks for fill in block.fills),
            head=QRect(0, 0, width, max(head.block.height, sizes.line_px)),
            band=head.band,
            age=head.age,
            lines=tuple(areas),
            more=more,
            button=button,
        )


def _head(content: Content, width: int, part: str, s: Sizes) -> _Head:
    """Number and band, then marks, then where it goes, then who else cooks for it."""
    x, room = s.px(LEFT), width - s.px(LEFT) - s.px(RIGHT)
    # A number has no descenders: its row is as high as its capitals need.
    size = s.number.pixelSize()
    number = QRect(x, s.px(TOP), width_of(content.number, s.number), round(size * _NUMBER_ROW_EM))
    drawn = number.translated(0, -round(size * _NUMBER_LIFT_EM))
    drawn.setHeight(line_height(s.number))
    pieces = [Piece(content.number, s.number, "text", drawn)]
    fills: list[Fill] = []
    band = _band_place(width, s)
    y = number.bottom() + 1
    if number.right() + s.px(_BETWEEN) > band.left():
        band.moveTop(y)
        y = band.bottom() + 1
    else:
        band.moveTop(number.center().y() - band.height() // 2)
    y += _add_marks(pieces, fills, content, number, band, y, s)
    beside = " · ".join(text for text in (part, content.elsewhere) if text)
    age = QRect()
    for text in (content.under, beside):
        if not text:
            continue
        height = height_of(text, s.under, room)
        pieces.append(Piece(text, s.under, "second", QRect(x, y, room, height)))
        if age.isNull():
            age = _age_place(text, QRect(x, y, room, line_height(s.under)), s)
        y += height
    return _Head(Block(y + s.px(4), tuple(pieces), tuple(fills)), band, age)


def _age_place(text: str, row: QRect, s: Sizes) -> QRect:
    """At the right of `row`, where its text leaves room; the band has said what matters."""
    wide = width_of("88:88", s.under)
    if width_of(text, s.under) + s.px(_BETWEEN) + wide > row.width():
        return QRect()
    return QRect(row.right() + 1 - wide, row.top(), wide, row.height())


def _band_place(width: int, s: Sizes) -> QRect:
    words_px = max(width_of(word, s.clock) for word in words.longest_bands())
    wide = words_px + s.px(_SHAPE)
    return QRect(width - s.px(RIGHT) - wide, 0, wide, line_height(s.clock))


def _add_marks(
    pieces: list[Piece],
    fills: list[Fill],
    content: Content,
    number: QRect,
    band: QRect,
    below: int,
    s: Sizes,
) -> int:
    """Marks stand beside the number where there is room, else below it; the height they add."""
    pad, gap = s.px(10), s.px(8)
    height = line_height(s.chip) + s.px(4)
    widths = [width_of(mark, s.chip) + 2 * pad for mark in content.marks]
    if not widths:
        return 0
    wide = sum(widths) + gap * (len(widths) - 1)
    beside = number.right() + s.px(_BETWEEN) + wide + gap <= band.left()
    x = number.right() + s.px(_BETWEEN) if beside else number.left()
    y = number.center().y() - height // 2 if beside else below
    for mark, mark_width in zip(content.marks, widths, strict=True):
        place = QRect(x, y, mark_width, height)
        fills.append(Fill("text", place, s.px(8)))
        pieces.append(Piece(mark, s.chip, "ground", place.adjusted(pad, s.px(2), 0, 0)))
        x += mark_width + gap
    return 0 if beside else height + s.px(4)


def _warnings(content: Content, width: int, s: Sizes) -> Block:
    """Allergy, what changed, and the order's note, before anything that is cooked."""
    x, room = s.px(LEFT), width - s.px(LEFT) - s.px(RIGHT)
    y = 0
    pieces: list[Piece] = []
    fills: list[Fill] = []
    for ground, rows in (
        ("allergy_ground", [(content.allergy, s.alarm, "allergy_text")] if content.allergy else []),
        ("raised", _changed(content, s)),
    ):
        if rows:
            y += s.px(4)
            box = _box(rows, ground, QRect(x, y, room, 0), s)
            pieces += box.pieces
            fills += box.fills
            y += box.height
    if content.note:
        text = quoted(content.note)
        height = height_of(text, s.note, room)
        pieces.append(Piece(text, s.note, "text", QRect(x, y + s.px(4), room, height)))
        y += height + s.px(4)
    return Block(y + (s.px(4) if y else 0), tuple(pieces), tuple(fills))


def _changed(content: Content, s: Sizes) -> list[tuple[str, QFont, str]]:
    if not content.changes:
        return []
    rows = [(_("CHANGED"), s.chip, "text")]
    return rows + [(change, s.alarm, "text") for change in content.changes]


def _box(rows: list[tuple[str, QFont, str]], ground: str, at: QRect, s: Sizes) -> Block:
    pad = s.px(12)
    y = at.top() + s.px(4)
    pieces = []
    for text, face, colour in rows:
        height = height_of(text, face, at.width() - 2 * pad)
        place = QRect(at.left() + pad, y, at.width() - 2 * pad, height)
        pieces.append(Piece(text, face, colour, place))
        y += height
    height = y + s.px(4) - at.top()
    fill = Fill(ground, QRect(at.left(), at.top(), at.width(), height), s.px(10))
    return Block(height, tuple(pieces), (fill,))


def _line(line: LineText, width: int, s: Sizes) -> Block:
    x = s.px(LEFT)
    text_x = x + max(s.px(_QUANTITY), width_of(line.quantity, s.quantity) + s.px(14))
    room = width - text_x - s.px(RIGHT)
    shade = "faint" if line.made else "text"
    texts = (
        (line.dish, s.made if line.made else s.dish, shade),
        (line.modifiers, s.modifier, "faint" if line.made else "modifier"),
        (line.note, s.note, shade),
        (line.again, s.chip, shade),
    )
    heights = [height_of(text, face, room) for text, face, _colour in texts]
    height = max(s.line_px, sum(heights) + s.px(6))
    y = (height - sum(heights)) // 2
    quantity = QRect(x, y, text_x - x, line_height(s.quantity))
    pieces = [Piece(line.quantity, s.quantity, shade, quantity)]
    for (text, face, colour), high in zip(texts, heights, strict=True):
        if text:
            pieces.append(Piece(text, face, colour, QRect(text_x, y, room, high)))
        y += high
    return Block(height, tuple(pieces))


def _goes_on(width: int, s: Sizes) -> Block:
    """Under the lines of a cell that is not the last."""
    text = _("continues →")
    x, room = s.px(LEFT), width - s.px(LEFT) - s.px(RIGHT)
    height = rows_of(text, s.under, room) * line_height(s.under)
    return Block(height + s.px(10), (Piece(text, s.under, "second", QRect(x, 0, room, height)),))
