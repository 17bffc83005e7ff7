"""Contrast of what is read on the board, computed from the token file (WCAG 2)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from ui.theme import tokens

AA, AAA, LARGE_AAA = 4.5, 7.0, 4.5


def luminance(colour: str) -> float:
    found = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (found.redF(), found.greenF(), found.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    ("text", "surface", AAA),
    ("text", "ground", AAA),
    ("text", "raised", AAA),
    ("second", "surface", AAA),
    ("second", "ground", AAA),
    ("late_text", "surface", AAA),
    ("soon", "surface", AAA),
    ("modifier", "surface", AAA),
    ("allergy_text", "allergy_ground", AAA),
    ("faint", "surface", AA),
    ("faint", "ground", AA),
    ("on_next_act", "next_act", AA),
    ("on_done", "done", AA),
    ("to_pay_text", "to_pay_ground", AA),
    ("paid_text", "paid_ground", AA),
    ("tag_text", "tag_ground", AA),
    ("failure_text", "failure_ground", AA),
]


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_the_board_can_be_read(text: str, ground: str, least: float) -> None:
    dark = tokens("dark")
    assert contrast(getattr(dark, text), getattr(dark, ground)) >= least


def test_a_pair_too_close_would_be_found() -> None:
    assert contrast("#8B98A6", "#AEB9C5") < AA
    assert round(contrast("#FFFFFF", "#000000"), 1) == 21.0
