"""How large words must be for who stands how far: arc minutes of a capital's height.

A capital of Inter is 0.727 em high. What is read while cooking needs 16 arc minutes, a number
that is looked for 20, and nothing on a kitchen card may be below 12.
"""

from __future__ import annotations

import math

CAPITAL_EM = 0.727
INCH_MM = 25.4
READ_ARC, SMALL_ARC = 16.0, 12.0


def pixel_mm(inches: float, width_px: int, height_px: int) -> float:
    """The side of a pixel on a screen whose diagonal is `inches`."""
    return inches * INCH_MM / max(1.0, math.hypot(width_px, height_px))


def arc_minutes(font_px: float, pixel: float, distance_m: float) -> float:
    """How high a capital of `font_px` looks from `distance_m`; `pixel` is a pixel's side in mm."""
    height_mm = font_px * CAPITAL_EM * pixel
    return math.degrees(math.atan(height_mm / (distance_m * 1000))) * 60


def font_px(minutes: float, distance_m: float, pixel: float) -> int:
    """The smallest whole font size whose capitals are at least `minutes` of arc high."""
    capital_mm = math.tan(math.radians(minutes / 60)) * distance_m * 1000
    return math.ceil(round(capital_mm / CAPITAL_EM / pixel, 3))
