"""How the bar at a card's left edge looks without its colour: how wide, plain or striped.

Looked at as a picture, in grey: what a colour-blind cook, a bad screen or a photograph leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

# Greys nearer to each other than this are one.
SAME_GREY = 24
_LEAST_STRIPES = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """`stripes` counts the changes of grey along the middle of the bar."""

    width: int
    stripes: int

    @property
    def is_striped(self) -> bool:
        return self.stripes >= _LEAST_STRIPES


def grey(picture: QImage) -> QImage:
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def bar_of(picture: QImage, card: QRect, surface: QColor, ratio: float = 1.0) -> Bar:
    """The bar of the card at `card` in the grey `picture`, in device-independent pixels."""
    ground = _grey_of(surface)
    # Corners are round: only the middle of the card's height is looked at.
    top = round((card.top() + card.height() * 0.25) * ratio)
    bottom = round((card.top() + card.height() * 0.75) * ratio)
    left = round(card.left() * ratio)
    widest = max(
        _bar_run(picture, left, y, ground, round(60 * ratio)) for y in range(top, bottom, 3)
    )
    middle = left + max(1, widest // 2)
    shades = [picture.pixelColor(middle, y).lightness() for y in range(top, bottom)]
    changes = sum(abs(before - after) >= SAME_GREY for before, after in pairwise(shades))
    return Bar(round(widest / ratio), changes)


def _grey_of(colour: QColor) -> int:
    pixel = QImage(1, 1, QImage.Format.Format_RGB32)
    pixel.fill(colour)
    return grey(pixel).pixelColor(0, 0).lightness()


def _bar_run(picture: QImage, left: int, y: int, ground: int, most: int) -> int:
    run = 0
    for x in range(left, min(left + most, picture.width())):
        if abs(picture.pixelColor(x, y).lightness() - ground) < SAME_GREY // 2:
            break
        run += 1
    return run


def told_apart(bars: dict[str, Bar]) -> list[str]:
    """What is wrong with the bars of `on_time`, `soon` and `late` where nobody sees colours."""
    on_time, soon, late = bars["on_time"], bars["soon"], bars["late"]
    wrong = []
    if on_time.is_striped or late.is_striped:
        wrong.append("only soon is striped")
    if not soon.is_striped:
        wrong.append("soon is not striped")
    if late.width < 1.5 * on_time.width:
        wrong.append(f"late ({late.width} px) is hardly wider than on time ({on_time.width} px)")
    return wrong
