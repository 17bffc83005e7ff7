"""A picture of pure black and white, as a print head takes it."""

from __future__ import annotations

from dataclasses import dataclass

# Paper darkens around every heated dot: a pixel prints when at least 45 % of it is ink, which
# keeps thin strokes of small Cyrillic letters whole without closing their counters.
_LIGHTEST_INK = 140


@dataclass(frozen=True, slots=True)
class Raster:
    """`rows` top to bottom, each `width_dots / 8` bytes, first dot in the highest bit, 1 black."""

    width_dots: int
    height_dots: int
    rows: bytes


def from_gray(gray: bytes, width_dots: int, height_dots: int) -> Raster:
    """Black and white of one byte per dot (0 black, 255 white), without dithering.

    Raises ValueError when `width_dots` is not a multiple of eight or the sizes disagree.
    """
    from PIL import Image

    if width_dots % 8 or len(gray) != width_dots * height_dots:
        raise ValueError(f"{len(gray)} bytes for {width_dots} × {height_dots} dots")
    ink = bytes(255 if shade <= _LIGHTEST_INK else 0 for shade in range(256))
    picture = Image.frombytes("L", (width_dots, height_dots), gray.translate(ink))
    packed = picture.convert("1", dither=Image.Dither.NONE)
    return Raster(width_dots, height_dots, packed.tobytes())
