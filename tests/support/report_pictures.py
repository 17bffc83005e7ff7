"""Pictures of Reports, of the played day: `python -m tests.support.report_pictures DIR`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from tests.support.played_day import SIX, Play
from tests.support.shops import open_test_shop
from tests.support.window import Till
from ui.app import dress

SIZES = ((1366, 768), (1920, 1080))
NAMES = {"en": "Pizzeria Roma", "uk": "Піцерія «Рома»"}
SCENES = ("orders", "on_time", "stations", "cancelled", "texts", "couriers")


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication(["pictures"])
    folder.mkdir(parents=True, exist_ok=True)
    dress()
    for language, name in NAMES.items():
        with tempfile.TemporaryDirectory() as work:
            _of_shop(Path(work) / "shop", folder, language, name)
    app.quit()


def _of_shop(data: Path, folder: Path, language: str, name: str) -> None:
    clock = VirtualClock(SIX)
    settings = ShopSettings(name=name, language=language)
    with open_test_shop(data, clock=clock, practice=False, settings=settings) as shop:
        Play(shop).play()
    till = Till(data, clock=VirtualClock(clock.now()), screen="reports")
    try:
        for size in SIZES:
            till.window.resize(*size)
            till.settle()
            for scene in SCENES if size == SIZES[0] else SCENES[:2]:
                till.tap(f"figure:{scene}")
                QTest.qWait(50)
                file = folder / f"{language}-{size[0]}-{scene}.png"
                till.window.grab().save(str(file))
                print(file)
        till.tap("report_day_after")
        till.settle()
        till.window.grab().save(str(folder / f"{language}-today.png"))
    finally:
        till.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
