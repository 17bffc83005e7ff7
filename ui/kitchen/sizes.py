"""Sizes of a kitchen's cards, from the screen's inches and how far its reader stands.

What is read in arc minutes stays readable on every screen: a capital of Inter is 0.727 em high.
What does not fit at that size is not on a kitchen card.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QFont

from ui.board.measures import font
from ui.legibility import READ_ARC, SMALL_ARC, font_px, pixel_mm
from ui.theme import measure

NUMBER_ARC, CLOCK_ARC = 23.0, 14.0
# Nearer than arm's length nobody stands, and buttons are for fingers at any distance.
LEAST_READ_PX, LEAST_SMALL_PX = 20, 15
# A column holds a kitchen name of sixteen letters in two rows, and its card's head in one.
COLUMN_EM = 11.2
GAP_PX, EDGE_PX = 12, 14
_FOOT_EM, _HIGHEST_FOOT_PX = 2.0, 84
_DRAWN_AT_PX = 39.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Fonts, and sizes in device-independent pixels. `dish_px` is the size all others follow."""

    dish_px: int
    number: QFont
    clock: QFont
    under: QFont
    chip: QFont
    alarm: QFont
    quantity: QFont
    dish: QFont
    made: QFont
    modifier: QFont
    note: QFont
    button: QFont

    def px(self, size: float) -> int:
        """`size` as it is where a dish is 39 px high, on this screen."""
        return round(size * self.dish_px / _DRAWN_AT_PX)

    @property
    def foot_px(self) -> int:
        wanted = min(round(self.dish_px * _FOOT_EM), _HIGHEST_FOOT_PX)
        return max(measure().board_button_px, wanted)

    @property
    def line_px(self) -> int:
        return measure().target_px

    def columns(self, width_px: int) -> int:
        """How many columns stand side by side in a grid of `width_px`."""
        room = width_px - 2 * EDGE_PX + GAP_PX
        return max(1, int(room / (self.dish_px * COLUMN_EM + GAP_PX)))


def sizes_for(inches: float, width_px: int, height_px: int, distance_m: float) -> Sizes:
    """Sizes for a screen of `inches` with `width_px` × `height_px`, read from `distance_m`."""
    pixel = pixel_mm(inches, width_px, height_px)
    read = max(LEAST_READ_PX, font_px(READ_ARC, distance_m, pixel))
    return _sizes(
        read,
        max(round(read * NUMBER_ARC / READ_ARC), font_px(NUMBER_ARC, distance_m, pixel)),
        max(round(read * CLOCK_ARC / READ_ARC), font_px(CLOCK_ARC, distance_m, pixel)),
        max(LEAST_SMALL_PX, font_px(SMALL_ARC, distance_m, pixel)),
    )


@cache
def _sizes(read_px: int, number_px: int, clock_px: int, small_px: int) -> Sizes:
    """Kept for good: what a text measures is remembered by its font."""
    weight = QFont.Weight
    made = font(read_px, weight.Medium)
    made.setStrikeOut(True)
    return Sizes(
        dish_px=read_px,
        number=font(number_px, weight.ExtraBold, tabular=True),
        clock=font(clock_px, weight.Bold, tabular=True),
        under=font(small_px, weight.Medium, tabular=True),
        chip=font(small_px, weight.ExtraBold, tabular=True),
        alarm=font(read_px, weight.Bold),
        quantity=font(read_px, weight.Bold, tabular=True),
        dish=font(read_px, weight.Medium),
        made=made,
        modifier=font(read_px, weight.DemiBold),
        note=font(clock_px, weight.Medium),
        button=font(read_px, weight.Bold),
    )
