"""Scenes of a store that cannot be used: above the counter, above the board, and before a start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from pos_app.errors import StoreError
from pos_app.store.plain_words import damaged
from tests.support.pictures_stage import Scene, Scenes, drop, of_till, settle, till_of
from tests.support.shops import pickup
from tests.support.small_disk import small_disk
from tests.support.window import Till
from ui import saving
from ui.trouble import TroubleWindow
from ui.words import set_language

REASON = "database disk image is malformed"
_LATER_MS = 600_000


def trouble(work: Path, language: str) -> Scenes:
    """A full disk with an order in the cart, a damaged file under a board, and at the start."""
    kept, saving.AGAIN_MS = saving.AGAIN_MS, _LATER_MS
    known = frozenset({f"store.sqlite: {REASON}", str(work / "shop")})
    try:
        with small_disk(work / "small") as disk, till_of(disk.folder / "shop", language) as till:
            disk.fill(disk.folder / "shop", till.shop)
            _place_in_vain(till)
            yield of_till("trouble-full", till)
            disk.free(till.shop)
        with till_of(work / "shop", language, screen="board") as till:
            till.shop.desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
            till.background.store_failed.emit(damaged("store.sqlite", REASON))
            yield of_till("trouble-damaged", till, also=known, is_board=True)
    finally:
        saving.AGAIN_MS = kept
    set_language(language)
    window = TroubleWindow(damaged("store.sqlite", REASON), str(work / "shop"))
    window.show()
    yield Scene("trouble-start", window, lambda: settle(window, lambda: False), known)
    drop(window)


def _place_in_vain(till: Till) -> None:
    """Orders until the disk is full, and one that stays in the cart."""
    try:
        for _ in range(100):
            till.shop.desk.place(pickup(till.shop, "Margherita"))
    except StoreError:
        till.settle()
    till.tap("tile:Margherita")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: bool(till.refused()), "a notice")
    till.window.strip.mousePressEvent(None)  # type: ignore[arg-type]
    QApplication.processEvents()
