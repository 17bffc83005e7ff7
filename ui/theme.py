"""Colours and measures from the token file, as values for delegates and as QSS for widgets."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from PySide6.QtGui import QColor, QPalette

from pos_app.paths import resources


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. Every field is a colour such as `#0E1116`; names say what a colour means."""

    ground: str
    surface: str
    raised: str
    text: str
    second: str
    faint: str
    next_act: str
    on_next_act: str
    brand: str
    on_brand: str
    done: str
    on_done: str
    on_time: str
    soon: str
    soon_stripe: str
    late: str
    late_text: str
    modifier: str
    allergy_ground: str
    allergy_text: str
    failure_ground: str
    failure_text: str
    to_pay_ground: str
    to_pay_text: str
    paid_ground: str
    paid_text: str
    tag_ground: str
    tag_text: str
    rail: str
    line: str

    def colour(self, name: str) -> QColor:
        return _colour(getattr(self, name))


@dataclass(frozen=True, slots=True)
class Measure:
    """Sizes in device-independent pixels."""

    radius_px: int
    step_px: int
    target_px: int
    board_button_px: int
    gap_px: int


@cache
def _colour(value: str) -> QColor:
    return QColor(value)


@cache
def _file() -> dict[str, dict[str, Any]]:
    with (resources() / "themes" / "tokens.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def tokens(theme: str) -> Tokens:
    """The `dark` or the `light` theme."""
    section = _file()[theme]
    return Tokens(**{field.name: section[field.name] for field in fields(Tokens)})


@cache
def measure() -> Measure:
    return Measure(**_file()["measure"])


def palette(theme: Tokens) -> QPalette:
    """Qt's own palette from the tokens, so that native parts fit in."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.Highlight: theme.next_act,
        QPalette.ColorRole.HighlightedText: theme.on_next_act,
        QPalette.ColorRole.PlaceholderText: theme.faint,
    }
    for role, value in roles.items():
        made.setColor(role, QColor(value))
    return made
