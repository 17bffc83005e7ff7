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
from ui.board.warnings import allergy_of, warnings_of
from ui.board.wording import FootNote, Tone
from ui.words import _, quoted

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
    warnings = warnings_of(content, width, m)
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
    """Each part says the allergy; what changed, was asked or noted stands on the first."""
    head = arrange_head(content, width, "8/8", m)
    foot = max(_foot_height(content, width, m), m.px(_CONTINUES_PX))
    room = tallest - head.block.height - foot - m.px(8)
    later = allergy_of(content, width, m)
    groups: list[list[_Row]] = [[]]
    used = warnings.height
    for row in rows:
        if groups[-1] and used + row.block.height > room:
            groups.append([])
            used = later.height
        groups[-1].append(row)
        used += row.block.height
    count = len(groups)
    return tuple(
        _card(
            content,
            arrange_head(content, width, f"{part}/{count}" if count > 1 else "", m),
            warnings if part == 1 else later,
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


def _line(line: LineText, width: int, m: Measures) -> Block:
    x = m.px(LEFT_PX)
    text_x = x + max(m.px(_QUANTITY_PX), width_of(line.quantity, m.quantity) + m.px(10))
    room = width - text_x - m.px(RIGHT_PX)
    note = quoted(line.note)
    shade = "faint" if line.made else "text"
    texts = (
        (line.dish, m.made if line.made else m.dish, shade),
        (line.modifiers, m.modifier, "faint" if line.made else "modifier"),
        (note, m.note, "second"),
        (line.again, m.chip, shade),
    )
    heights = [height_of(text, face, room) for text, face, _colour in texts]
    height = max(m.target_px, sum(heights) + m.px(10))
    y = (height - sum(heights)) // 2
    quantity = QRect(x, y, text_x - x, line_height(m.quantity))
    pieces = [Piece(line.quantity, m.quantity, shade, quantity)]
    for (text, face, colour), high in zip(texts, heights, strict=True):
        if text:
            pieces.append(Piece(text, face, colour, QRect(text_x, y, room, high)))
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
    """As wide as its word asks; where that is too much, the word shrinks."""
    label = content.button.label if content.button is not None else ""
    widest = _widest_button(content, width, m)
    face = m.button
    while width_of(label, face) + m.px(24) > widest and face.pixelSize() > _SMALLEST_BUTTON_FONT_PX:
        face = _button_face(face.pixelSize() - 1)
    wide = min(widest, max(int(width * 0.4), width_of(label, face) + m.px(40)))
    return QRect(width - wide, y, wide, m.button_px), face


def _widest_button(content: Content, width: int, m: Measures) -> int:
    """Beside a message half of the card, and less where that would break one of its words."""
    if not content.foot:
        return int(width * 0.64)
    needed = max(longest_word(note, m) + width - note_room(note, width, m) for note in content.foot)
    least = int(width * 0.4)
    return max(least, min(int(width * 0.5), width - needed - m.px(LEFT_PX + 6)))


def longest_word(note: FootNote, m: Measures) -> int:
    """How wide the widest word of a note is, in px."""
    return max((width_of(word, note_face(note, m)) for word in note.text.split()), default=0)


_button_faces: dict[int, QFont] = {}


def _button_face(size_px: int) -> QFont:
    return _button_faces.setdefault(size_px, font(size_px, QFont.Weight.Bold))
