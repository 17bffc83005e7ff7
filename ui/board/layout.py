"""Where everything stands on a card, for one column width: computed once per version of a card.

A ticket that is taller than the view continues in the next card (“1/2”), with the button on the
last, so that no line is ever cut.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont

from ui.board.content import Content, LineText
from ui.board.head import LEFT_PX, RIGHT_PX, Head, arrange_head
from ui.board.measures import Measures, font
from ui.board.pieces import Block, Fill, Piece, moved
from ui.board.text_sizes import height_of, line_height, width_of
from ui.board.wording import FootNote, Tone
from ui.words import _

_QUANTITY_PX = 36
_CONTINUES_PX = 36
NOTE_ICON_PX = 17
NOTE_GAP_PX = 6
_SMALLEST_BUTTON_FONT_PX = 13


@dataclass(frozen=True, slots=True)
class LineArea:
    """Where a touch checks a line off."""

    line_id: int
    place: QRect
    made: bool


@dataclass(frozen=True, slots=True)
class CardLayout:
    """One card, or one part of a ticket that needs several. Places are from its upper left."""

    content: Content
    width: int
    height: int
    part: int
    parts: int
    pieces: tuple[Piece, ...]
    fills: tuple[Fill, ...]
    head: QRect
    clock: QRect
    lines: tuple[LineArea, ...]
    foot: QRect | None
    foot_notes: tuple[FootNote, ...]
    button: QRect | None
    button_font: QFont


@dataclass(frozen=True, slots=True)
class _Row:
    block: Block
    line: LineText


def arrange(content: Content, width: int, tallest: int, m: Measures) -> tuple[CardLayout, ...]:
    """The card of `content` in as many parts as views of `tallest` pixels need."""
    warnings = _warnings(content, width, m)
    rows = [_Row(_line(line, width, m), line) for line in content.lines]
    head = arrange_head(content, width, "", m)
    foot = _foot_height(content, width, m)
    whole = head.block.height + warnings.height + sum(r.block.height for r in rows) + m.px(8)
    if whole + foot <= tallest:
        return (_card(content, head, warnings, rows, width, 1, 1, m),)
    return _parts(content, warnings, rows, width, tallest, m)


def _parts(
    content: Content, warnings: Block, rows: list[_Row], width: int, tallest: int, m: Measures
) -> tuple[CardLayout, ...]:
    head = arrange_head(content, width, "8/8", m)
    foot = max(_foot_height(content, width, m), m.px(_CONTINUES_PX))
    room = tallest - head.block.height - warnings.height - foot - m.px(8)
    groups: list[list[_Row]] = [[]]
    used = 0
    for row in rows:
        if groups[-1] and used + row.block.height > room:
            groups.append([])
            used = 0
        groups[-1].append(row)
        used += row.block.height
    count = len(groups)
    return tuple(
        _card(
            content,
            arrange_head(content, width, f"{part}/{count}" if count > 1 else "", m),
            warnings,
            group,
            width,
            part,
            count,
            m,
        )
        for part, group in enumerate(groups, start=1)
    )


def _card(
    content: Content,
    head: Head,
    warnings: Block,
    rows: list[_Row],
    width: int,
    part: int,
    parts: int,
    m: Measures,
) -> CardLayout:
    y = head.block.height
    blocks = [head.block, moved(warnings, y)]
    y += warnings.height + m.px(6)
    areas = []
    for row in rows:
        blocks.append(moved(row.block, y))
        if row.line.can_check:
            place = QRect(0, y, width, row.block.height)
            areas.append(LineArea(row.line.line_id, place, row.line.made))
        y += row.block.height
    y += m.px(2)
    is_last = part == parts
    foot, button, button_font = None, None, m.button
    if not is_last:
        blocks.append(moved(_continues(width, m), y))
        y += m.px(_CONTINUES_PX)
    elif content.button is not None:
        button, button_font = _button(content, y, width, m)
        button.setHeight(_foot_height(content, width, m))
        foot = QRect(0, y, button.left(), button.height())
        y += button.height()
    elif content.foot:
        foot = QRect(0, y, width - m.px(RIGHT_PX), _foot_height(content, width, m))
        y += foot.height()
    else:
        y += m.px(8)
    return CardLayout(
        content=content,
        width=width,
        height=y,
        part=part,
        parts=parts,
        pieces=tuple(piece for block in blocks for piece in block.pieces),
        fills=tuple(fill for block in blocks for fill in block.fills),
        head=QRect(0, 0, width, max(head.block.height, m.target_px)),
        clock=head.clock,
        lines=tuple(areas),
        foot=foot,
        foot_notes=content.foot if foot is not None else (),
        button=button,
        button_font=button_font,
    )


def _warnings(content: Content, width: int, m: Measures) -> Block:
    """Allergy and the order's note, before anything that is cooked."""
    x, room = m.px(LEFT_PX), width - m.px(LEFT_PX) - m.px(RIGHT_PX)
    y = 0
    pieces, fills = [], []
    if content.allergy:
        y += m.px(6)
        inner = room - m.px(20)
        height = height_of(content.allergy, m.allergy, inner)
        fills.append(
            Fill("allergy_ground", QRect(x, y, room, height + m.px(10)), m.px(8)),
        )
        place = QRect(x + m.px(10), y + m.px(5), inner, height)
        pieces.append(Piece(content.allergy, m.allergy, "allergy_text", place))
        y += height + m.px(10)
    if content.note:
        y += m.px(4)
        text = f"“{content.note}”"
        height = height_of(text, m.note, room)
        pieces.append(Piece(text, m.note, "second", QRect(x, y, room, height)))
        y += height
    return Block(y, tuple(pieces), tuple(fills))


def _line(line: LineText, width: int, m: Measures) -> Block:
    x = m.px(LEFT_PX)
    text_x = x + max(m.px(_QUANTITY_PX), width_of(line.quantity, m.quantity) + m.px(10))
    room = width - text_x - m.px(RIGHT_PX)
    note = f"“{line.note}”" if line.note else ""
    texts = (
        (line.dish, m.made if line.made else m.dish, "faint" if line.made else "text"),
        (line.modifiers, m.modifier, "faint" if line.made else "modifier"),
        (note, m.note, "second"),
    )
    heights = [height_of(text, face, room) for text, face, _colour in texts]
    height = max(m.target_px, sum(heights) + m.px(10))
    y = (height - sum(heights)) // 2
    colour = "faint" if line.made else "text"
    quantity = QRect(x, y, text_x - x, line_height(m.quantity))
    pieces = [Piece(line.quantity, m.quantity, colour, quantity)]
    for (text, face, shade), high in zip(texts, heights, strict=True):
        if text:
            pieces.append(Piece(text, face, shade, QRect(text_x, y, room, high)))
        y += high
    return Block(height, tuple(pieces))


def _continues(width: int, m: Measures) -> Block:
    height = m.px(_CONTINUES_PX)
    x = m.px(LEFT_PX)
    place = QRect(x, (height - line_height(m.part)) // 2, width - x, height)
    return Block(height, (Piece(_("continues below ↓"), m.part, "second", place),))


def _foot_height(content: Content, width: int, m: Measures) -> int:
    """As high as a button, higher where a long language needs more rows."""
    if content.button is None:
        room, least = width - m.px(RIGHT_PX), m.target_px if content.foot else m.px(8)
    else:
        room, least = _button(content, 0, width, m)[0].left(), m.button_px
    highest = max(
        (note_height(note, room - m.px(LEFT_PX + 6), m) for note in content.foot), default=0
    )
    return max(least, highest * len(content.foot) + m.px(8))


def note_room(note: FootNote, width: int, m: Measures) -> int:
    """What its icon, and the ground of a failure, leave of `width` for the words."""
    ground = m.px(16) if note.tone is Tone.BAD else 0
    return width - m.px(NOTE_ICON_PX) - m.px(NOTE_GAP_PX) - ground


def note_face(note: FootNote, m: Measures) -> QFont:
    return m.foot if note.tone is Tone.QUIET else m.foot_strong


def note_height(note: FootNote, width: int, m: Measures) -> int:
    ground = m.px(10) if note.tone is Tone.BAD else 0
    return height_of(note.text, note_face(note, m), note_room(note, width, m)) + ground


def _button(content: Content, y: int, width: int, m: Measures) -> tuple[QRect, QFont]:
    """As wide as its word asks; beside a message no more than half the card, the word shrinks."""
    label = content.button.label if content.button is not None else ""
    widest = int(width * (0.5 if content.foot else 0.64))
    face = m.button
    while width_of(label, face) + m.px(24) > widest and face.pixelSize() > _SMALLEST_BUTTON_FONT_PX:
        face = _button_face(face.pixelSize() - 1)
    wide = min(widest, max(int(width * 0.4), width_of(label, face) + m.px(40)))
    return QRect(width - wide, y, wide, m.button_px), face


_button_faces: dict[int, QFont] = {}


def _button_face(size_px: int) -> QFont:
    return _button_faces.setdefault(size_px, font(size_px, QFont.Weight.Bold))
