"""What a card says before anything that is cooked: allergy, changes, question, note."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from ui.board.content import Content
from ui.board.head import LEFT_PX, RIGHT_PX
from ui.board.measures import Measures
from ui.board.pieces import Block, Fill, Piece, moved
from ui.board.text_sizes import height_of
from ui.words import _, quoted

_PAD_PX = 10
_Row = tuple[str, QFont, str]


def warnings_of(content: Content, width: int, m: Measures) -> Block:
    """All of them, one below the other."""
    changed: list[_Row] = [(change, m.allergy, "text") for change in content.changes]
    if changed:
        changed.insert(0, (_("CHANGED"), m.chip, "text"))
    note: list[_Row] = [(quoted(content.note), m.note, "second")] if content.note else []
    asked: list[_Row] = [(content.asked, m.note, "text")] if content.asked else []
    y = 0
    blocks = []
    for block in (
        allergy_of(content, width, m),
        _box(changed, "raised", width, m),
        _plain(asked, width, m),
        _plain(note, width, m),
    ):
        blocks.append(moved(block, y))
        y += block.height
    return Block(
        y,
        tuple(piece for block in blocks for piece in block.pieces),
        tuple(fill for block in blocks for fill in block.fills),
    )


def allergy_of(content: Content, width: int, m: Measures) -> Block:
    """The allergy alone, as every part of a card says it."""
    rows: list[_Row] = [(content.allergy, m.allergy, "allergy_text")] if content.allergy else []
    return _box(rows, "allergy_ground", width, m)


def _box(rows: list[_Row], ground: str, width: int, m: Measures) -> Block:
    """Rows on a ground of their own, with a gap above it."""
    if not rows:
        return Block(0)
    x, room, pad = m.px(LEFT_PX), width - m.px(LEFT_PX) - m.px(RIGHT_PX), m.px(_PAD_PX)
    top = m.px(6)
    inner = _rows(rows, x + pad, top + m.px(5), room - 2 * pad)
    bottom = inner.height + m.px(5)
    return Block(bottom, inner.pieces, (Fill(ground, QRect(x, top, room, bottom - top), m.px(8)),))


def _plain(rows: list[_Row], width: int, m: Measures) -> Block:
    if not rows:
        return Block(0)
    return _rows(rows, m.px(LEFT_PX), m.px(4), width - m.px(LEFT_PX) - m.px(RIGHT_PX))


def _rows(rows: list[_Row], x: int, y: int, room: int) -> Block:
    pieces = []
    for text, face, colour in rows:
        height = height_of(text, face, room)
        pieces.append(Piece(text, face, colour, QRect(x, y, room, height)))
        y += height
    return Block(y, tuple(pieces))
