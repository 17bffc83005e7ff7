"""Where the window stood the last time, kept beside the store."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget

FIRST_PX = (1366, 768)
_GEOMETRY = "geometry"


def put(window: QWidget, data: Path) -> None:
    """Put the window where it stood, or give it its first size: at most all of the monitor."""
    window.resize(QSize(*FIRST_PX).boundedTo(window.screen().availableSize()))
    kept = _memory(data).value(_GEOMETRY)
    if kept is not None:
        window.restoreGeometry(kept)


def keep(window: QWidget, data: Path) -> None:
    """Remember where the window stands."""
    _memory(data).setValue(_GEOMETRY, window.saveGeometry())


def _memory(data: Path) -> QSettings:
    return QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)
