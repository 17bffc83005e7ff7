"""What a slip is made of: a paper-independent list of things to paint, from top to bottom.

The layout decides what is said and how loud; where lines break is decided by the painter, which
alone knows the letters. All measures are millimetres on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

NO_BREAK = "\u00a0"
PAPER_WIDTHS_MM = (58, 80)
DOTS_PER_MM = 8
"""203 dpi, the density of every common receipt printer, is eight dots to the millimetre."""

_PRINTABLE_DOTS = {58: 384, 80: 576}


def printable_dots(paper_width_mm: int) -> int:
    """Width of the print head in dots: 384 on 58 mm paper, 576 on 80 mm."""
    return _PRINTABLE_DOTS[paper_width_mm]


class Weight(IntEnum):
    REGULAR = 400
    MEDIUM = 500
    SEMI_BOLD = 600
    BOLD = 700
    EXTRA_BOLD = 800


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph that wraps. `size_mm` is the em; `plain_code` slashes zeros (typed addresses)."""

    text: str
    size_mm: float
    weight: Weight = Weight.MEDIUM
    align: Align = Align.LEFT
    plain_code: bool = False


@dataclass(frozen=True, slots=True)
class Inverse:
    """White on black, across the paper: what nobody may overlook."""

    text: str
    size_mm: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Number:
    """The order's number on one line, its digits at least `digit_height_mm` of ink high."""

    text: str
    digit_height_mm: float


@dataclass(frozen=True, slots=True)
class Row:
    """Columns: `lead` (a quantity) left, `body` wrapping beside it, `tail` (an amount) right.

    Rows of equal size share one lead column; `indented` keeps the body of a row without a lead
    under the bodies above it.
    """

    lead: str
    body: str
    tail: str
    size_mm: float
    weight: Weight = Weight.MEDIUM
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    thickness_mm: float = 0.25


@dataclass(frozen=True, slots=True)
class Gap:
    height_mm: float


@dataclass(frozen=True, slots=True)
class Qr:
    """`content` as it will be read, letter for letter."""

    content: str


Element = Text | Inverse | Number | Row | Rule | Gap | Qr


@dataclass(frozen=True, slots=True)
class Layout:
    """One slip. `title` names a PDF or a file; `paper_width_mm` is 58 or 80."""

    title: str
    paper_width_mm: int
    elements: tuple[Element, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every word on the slip, from top to bottom, with plain spaces."""
        found: list[str] = []
        for element in self.elements:
            if isinstance(element, Text | Inverse | Number):
                found.append(element.text)
            elif isinstance(element, Row):
                found.append(" ".join(p for p in (element.lead, element.body, element.tail) if p))
        return tuple(text.replace(NO_BREAK, " ") for text in found)
