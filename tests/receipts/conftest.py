"""One Qt application for all painting tests of the process, as the desktop program has one."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp
