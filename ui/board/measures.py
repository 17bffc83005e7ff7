"""Sizes and fonts of a board's cards, for one scale.

Scale 1.0 is a 21.5-inch Full HD screen read at arm's length (0.7 m); `scale_for` gives the scale
of another screen, so that a capital stays as many arc minutes high as the design asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFont

from pos_app.fonts import FAMILY
from ui.legibility import READ_ARC, arc_minutes, pixel_mm
from ui.theme import measure

_MODIFIER_PX = 19


@dataclass(frozen=True, slots=True)
class Measures:
    """Fonts, and sizes in device-independent pixels."""

    scale: float
    number: QFont
    title: QFont
    under: QFont
    clock: QFont
    band: QFont
    chip: QFont
    allergy: QFont
    quantity: QFont
    dish: QFont
    made: QFont
    modifier: QFont
    note: QFont
    foot: QFont
    foot_strong: QFont
    button: QFont
    part: QFont

    def px(self, size: float) -> int:
        """`size` of scale 1.0 on this screen."""
        return round(size * self.scale)

    @property
    def button_px(self) -> int:
        return max(measure().board_button_px, self.px(60))

    @property
    def target_px(self) -> int:
        return max(measure().target_px, self.px(48))


def font(
    size_px: float, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False
) -> QFont:
    """The program's typeface; `tabular` gives all digits one width, for clocks and columns."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(size_px)))
    made.setWeight(weight)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def measures(scale: float) -> Measures:
    """Fonts are shared between all cards of one scale."""
    weight = QFont.Weight
    made = font(21 * scale, weight.Medium)
    made.setStrikeOut(True)
    return Measures(
        scale=scale,
        number=font(36 * scale, weight.ExtraBold, tabular=True),
        title=font(17 * scale, weight.Bold),
        under=font(15 * scale, weight.Normal, tabular=True),
        clock=font(26 * scale, weight.Bold, tabular=True),
        band=font(15 * scale, weight.DemiBold, tabular=True),
        chip=font(14 * scale, weight.Bold, tabular=True),
        allergy=font(18 * scale, weight.Bold),
        quantity=font(21 * scale, weight.Bold, tabular=True),
        dish=font(21 * scale, weight.Medium),
        made=made,
        modifier=font(_MODIFIER_PX * scale, weight.DemiBold),
        note=font(17 * scale, weight.Medium),
        foot=font(15 * scale, weight.Normal, tabular=True),
        foot_strong=font(15 * scale, weight.Bold, tabular=True),
        button=font(20 * scale, weight.Bold),
        part=font(15 * scale, weight.DemiBold, tabular=True),
    )


def scale_for(diagonal_inches: float, width_px: int, height_px: int, distance_m: float) -> float:
    """The scale at which the smallest text to cook from is 16 arc minutes; never below 1.0."""
    pixel = pixel_mm(diagonal_inches, width_px, height_px)
    seen = arc_minutes(_MODIFIER_PX, pixel, distance_m)
    return max(1.0, round(READ_ARC / seen, 2))
