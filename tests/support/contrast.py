"""How well two colours stand apart (WCAG 2.2), and which pairs a style sheet makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

AA_TEXT, AAA_TEXT, AA_SIGN = 4.5, 7.0, 3.0

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@dataclass(frozen=True, slots=True)
class Ink:
    """A text colour of a style sheet; `ground` is None where the rule sets none."""

    selector: str
    colour: str
    ground: str | None


def inks(sheet: str) -> Iterator[Ink]:
    """Every text colour that `sheet` sets. Disabled controls are outside WCAG 1.4.3."""
    for selectors, body in _RULE.findall(sheet):
        declared = dict(_declarations(body))
        colour = declared.get("color", "")
        if _HEX.match(colour) and ":disabled" not in selectors:
            ground = declared.get("background", "")
            yield Ink(" ".join(selectors.split()), colour, ground if _HEX.match(ground) else None)


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for declaration in body.split(";"):
        name, found, value = declaration.partition(":")
        if found:
            yield name.strip(), value.strip()
