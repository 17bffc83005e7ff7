"""What painted cards say, and where it does not fit: they are pieces with places, not widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QWidget

from ui.board.head import LEFT_PX
from ui.board.layout import CardLayout, longest_word, note_room
from ui.board.measures import Measures
from ui.board.pieces import Piece
from ui.board.screen import BoardScreen
from ui.board.text_sizes import height_of, width_of
from ui.kitchen import words
from ui.kitchen.card import Card
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import Sizes

W = TypeVar("W", bound=QWidget)
ROUNDING_PX = 1
_WORDS = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Painted:
    """One card as it was laid out; `live` are places whose words change each second.

    `notes`: at its foot, each with the width of its longest word and the room that it has.
    """

    name: str
    width: int
    height: int
    pieces: tuple[Piece, ...]
    live: tuple[tuple[str, QFont, QRect], ...]
    button: tuple[str, QFont, QRect] | None
    is_kitchen: bool
    notes: tuple[tuple[str, int, int], ...] = ()


def cards(window: QWidget) -> list[Painted]:
    """Every card that `window` shows or would show further down."""
    found: list[Painted] = []
    for board in _visible(window, BoardScreen):
        for column in board.columns.all:
            measures = column.delegate.measures
            found += [of_board(slot.layout, measures) for slot in column.model.slots]
    for kitchen in _visible(window, KitchenScreen):
        found += [of_kitchen(cell.card, kitchen.grid.sizes) for cell in kitchen.grid.shown]
    return found


def _visible(window: QWidget, kind: type[W]) -> Iterator[W]:
    for widget in (window, *window.findChildren(kind)):
        if isinstance(widget, kind) and widget.isVisible():
            yield widget


def of_board(layout: CardLayout, m: Measures) -> Painted:
    button = layout.content.button
    label = button.label if button is not None else ""
    return Painted(
        f"card {layout.content.order.number}",
        layout.width,
        layout.height,
        layout.pieces,
        (("88:88", m.clock, layout.clock),),
        (label, layout.button_font, layout.button) if layout.button is not None else None,
        is_kitchen=False,
        notes=tuple(
            (note.text, longest_word(note, m), note_room(note, _foot_room(layout, m), m))
            for note in layout.foot_notes
        ),
    )


def _foot_room(layout: CardLayout, m: Measures) -> int:
    """What the foot has for its notes beside the button."""
    return layout.foot.width() - m.px(LEFT_PX + 6) if layout.foot is not None else 0


def of_kitchen(card: Card, sizes: Sizes) -> Painted:
    shape_px = sizes.px(34)
    band = card.band.adjusted(shape_px, 0, 0, 0)
    live = [(word, sizes.clock, band) for word in words.longest_bands()]
    if not card.age.isNull():
        live.append(("88:88", sizes.under, card.age))
    return Painted(
        f"card {card.content.number}",
        card.width,
        card.height,
        card.pieces,
        tuple(live),
        (card.content.act_word, sizes.button, card.button) if card.button is not None else None,
        is_kitchen=True,
    )


def faults(painted: Sequence[Painted], *, whole_words: bool = True) -> list[str]:
    """What cannot be read, in a line each; with `whole_words` a word broken in two counts too."""
    return [
        f"{card.name}: {fault}" for card in painted for fault in _faults(card, whole=whole_words)
    ]


def _faults(card: Painted, *, whole: bool) -> Iterator[str]:
    for piece in card.pieces:
        yield from (f"“{piece.text}” {fault}" for fault in _of_piece(piece, card, whole=whole))
    for one, other in combinations(card.pieces, 2):
        common = _ink(one).intersected(_ink(other))
        if common.width() > ROUNDING_PX and common.height() > _leading_px(one, other):
            yield f"“{one.text}” and “{other.text}” lie on each other"
    for text, widest, room_px in card.notes if whole else ():
        if widest > room_px + ROUNDING_PX:
            yield f"“{text}” is broken inside of a word"
    fixed = (*card.live, *((card.button,) if card.button is not None else ()))
    for text, font, room in fixed:
        if width_of(text, font) > room.width() + ROUNDING_PX:
            yield f"“{text}” does not fit into {room.width()} px"


def _of_piece(piece: Piece, card: Painted, *, whole: bool) -> Iterator[str]:
    ink = _ink(piece)
    if not QRect(0, 0, card.width, card.height).contains(ink):
        yield "hangs out of the card"
    if height_of(piece.text, piece.font, piece.place.width()) > piece.place.height():
        yield "is higher than its place"
    if whole and _widest(piece) > piece.place.width() + ROUNDING_PX:
        yield "is broken inside of a word"
    if card.is_kitchen and "…" in piece.text:
        yield "is cut off"
    for text, font, place in card.live:
        if _right_end(text, font, place).intersects(ink):
            yield f"lies under “{text}”"


def _leading_px(one: Piece, other: Piece) -> int:
    """Rows have leading above and below their letters; only that may be shared."""
    metrics = (QFontMetrics(piece.font) for piece in (one, other))
    return min(found.height() - found.capHeight() for found in metrics)


def _ink(piece: Piece) -> QRect:
    """What the text covers of its place."""
    width = min(piece.place.width(), width_of(piece.text, piece.font))
    height = height_of(piece.text, piece.font, piece.place.width())
    return QRect(piece.place.left(), piece.place.top(), width, height)


def _right_end(text: str, font: QFont, place: QRect) -> QRect:
    wide = width_of(text, font)
    return QRect(place.right() + 1 - wide, place.top(), wide, place.height())


def _widest(piece: Piece) -> int:
    box = QRect(0, 0, piece.place.width(), 10_000)
    return QFontMetrics(piece.font).boundingRect(box, _WORDS, piece.text).width()
