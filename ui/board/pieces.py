"""The small things a card is drawn from: texts, coloured blocks, and rows of chips."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from ui.board.chips import COLOURS, Chip
from ui.board.measures import Measures
from ui.board.text_sizes import line_height, width_of

CHIP_PAD_PX = 8
CHIP_GAP_PX = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """One text. `colour` is a token's name; it wraps in `place` unless `right` aligns it."""

    text: str
    font: QFont
    colour: str
    place: QRect


@dataclass(frozen=True, slots=True)
class Fill:
    """One coloured block behind texts."""

    colour: str
    place: QRect
    radius_px: int


@dataclass(frozen=True, slots=True)
class Block:
    """Some pieces that stand together, from the top of a block of `height` pixels."""

    height: int
    pieces: tuple[Piece, ...] = ()
    fills: tuple[Fill, ...] = ()


def moved(block: Block, down: int) -> Block:
    """`block` further down the card."""
    return Block(
        block.height,
        tuple(Piece(p.text, p.font, p.colour, p.place.translated(0, down)) for p in block.pieces),
        tuple(Fill(f.colour, f.place.translated(0, down), f.radius_px) for f in block.fills),
    )


def chip_width(chip: Chip, m: Measures) -> int:
    return width_of(chip.text, m.chip) + 2 * m.px(CHIP_PAD_PX)


def chips_width(chips: tuple[Chip, ...], m: Measures) -> int:
    """How wide `chips` are in one row."""
    gaps = m.px(CHIP_GAP_PX) * max(0, len(chips) - 1)
    return sum(chip_width(chip, m) for chip in chips) + gaps


def chip_height(m: Measures) -> int:
    return line_height(m.chip) + m.px(6)


def chip_rows(chips: tuple[Chip, ...], x: int, y: int, width: int, m: Measures) -> Block:
    """Chips from `x`, `y` on, in as many rows as `width` asks for."""
    height, gap, pad = chip_height(m), m.px(CHIP_GAP_PX), m.px(CHIP_PAD_PX)
    pieces, fills = [], []
    at_x, at_y = x, y
    for chip in chips:
        wide = min(chip_width(chip, m), width)
        if at_x > x and at_x + wide > x + width:
            at_x, at_y = x, at_y + height + gap
        place = QRect(at_x, at_y, wide, height)
        ground, ink = COLOURS[chip.tone]
        fills.append(Fill(ground, place, m.px(7)))
        inner = place.adjusted(pad, m.px(3), 0, 0)
        pieces.append(Piece(chip.text, m.chip, ink, inner))
        at_x += wide + gap
    return Block(at_y + height - y, tuple(pieces), tuple(fills))
