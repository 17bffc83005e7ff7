"""What a key means at the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


def is_typing(event: QKeyEvent) -> bool:
    """Whether it writes a letter or a digit, so that a search may begin."""
    text = event.text()
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    return bool(text) and text.isprintable() and not text.isspace() and not held
