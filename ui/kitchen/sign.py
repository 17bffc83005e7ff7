"""The sign of a page that does not show everything: how many, how old, which, and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from ui.board import wording
from ui.board.text_sizes import WRAPPED, line_height, width_of
from ui.kitchen.painter import Brush
from ui.kitchen.sizes import Sizes
from ui.theme import measure
from ui.words import _, ngettext

_TOP, _PAD, _GAP = 12, 24, 10


@dataclass(frozen=True, slots=True)
class Sign:
    """Its words, and where its buttons stand in the grid. `back` leads to the page before."""

    place: QRect
    title: str
    about: str
    numbers: tuple[str, ...]
    back: QRect | None
    show: QRect | None


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a page does not show: the numbers on later pages, how many on earlier ones."""

    behind: tuple[str, ...]
    before: tuple[str, ...]
    oldest_minutes: int


def sign_height(sizes: Sizes, rows: int = 0) -> int:
    """Title, age, `rows` of numbers, and the buttons."""
    words_px = line_height(sizes.alarm) + line_height(sizes.under) + rows * line_height(sizes.note)
    return sizes.px(_TOP) + words_px + sizes.px(_GAP) + sizes.foot_px


def make_sign(hidden: Hidden, left: QRect, sizes: Sizes) -> Sign:
    """At the bottom of the room `left`, so that its buttons stay where they are."""
    listed = hidden.behind or hidden.before
    spare = left.height() - sign_height(sizes)
    numbers = _rows(listed, left.width() - 2 * sizes.px(_PAD), sizes)
    if len(numbers) * line_height(sizes.note) > spare:
        numbers = ()
    height = min(left.height(), sign_height(sizes, len(numbers)))
    place = QRect(left.left(), left.bottom() + 1 - height, left.width(), height)
    top = place.bottom() + 1 - sizes.foot_px
    both = bool(hidden.behind) and bool(hidden.before)
    half = (place.width() - 2) // 2 if both else place.width()
    about = wording.oldest(hidden.oldest_minutes)
    if both:
        about = f"{_before(len(hidden.before))} · {about}"
    return Sign(
        place=place,
        title=wording.more(len(listed)) if hidden.behind else _before(len(listed)),
        about=about,
        numbers=numbers,
        back=QRect(place.left(), top, half, sizes.foot_px) if hidden.before else None,
        show=QRect(place.right() + 1 - half, top, half, sizes.foot_px) if hidden.behind else None,
    )


def paint_sign(painter: QPainter, sign: Sign, brush: Brush, pressed: QRect | None) -> None:
    s, tokens = brush.sizes, brush.tokens
    path = QPainterPath()
    radius = measure().radius_px
    path.addRoundedRect(QRectF(sign.place), radius, radius)
    painter.fillPath(path, tokens.colour("surface"))
    painter.save()
    painter.setClipPath(path)
    x, room = sign.place.left() + s.px(_PAD), sign.place.width() - 2 * s.px(_PAD)
    y = sign.place.top() + s.px(_TOP)
    rows = [(sign.title, s.alarm, "text"), (sign.about, s.under, "second")]
    for text, face, colour in rows + [(row, s.note, "text") for row in sign.numbers]:
        painter.setFont(face)
        painter.setPen(tokens.colour(colour))
        painter.drawText(QRectF(x, y, room, line_height(face)), text, WRAPPED)
        y += line_height(face)
    painter.setFont(s.button)
    for button, word in ((sign.back, _("Back")), (sign.show, _("Show"))):
        if button is not None:
            painter.fillRect(button, tokens.colour("line" if button == pressed else "raised"))
            painter.setPen(tokens.colour("text"))
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()


def _before(count: int) -> str:
    return ngettext("{count} before", "{count} before", count).format(count=count)


def _rows(numbers: tuple[str, ...], room: int, sizes: Sizes) -> tuple[str, ...]:
    rows: list[str] = []
    for number in numbers:
        longer = f"{rows[-1]}  {number}" if rows else number
        if rows and width_of(longer, sizes.note) <= room:
            rows[-1] = longer
        else:
            rows.append(number)
    return tuple(rows)
