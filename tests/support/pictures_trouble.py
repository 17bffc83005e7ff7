"""Scenes of a store that cannot be used: above the counter, above the board, and before a start."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.errors import StoreError
from pos_app.lanes.lease import Lease
from pos_app.lanes.state import LaneStates
from pos_app.lanes.timers import TimersWorker
from pos_app.store.plain_words import damaged
from tests.support.pictures_stage import Scene, Scenes, drop, of_till, settle, till_of
from tests.support.shops import EVENING, pickup
from tests.support.small_disk import small_disk
from tests.support.window import Till
from ui import saving
from ui.notices import Offer, Tone
from ui.trouble import TroubleWindow
from ui.words import _, set_language

REASON = "database disk image is malformed"
_LATER_MS = 600_000


def trouble(work: Path, language: str) -> Scenes:
    """A full disk with an order in the cart; over a board a leapt clock, a bug and a damaged file,
    which is told before a start too.
    """
    kept, saving.AGAIN_MS = saving.AGAIN_MS, _LATER_MS
    known = frozenset({f"store.sqlite: {REASON}", str(work / "shop")})
    try:
        with small_disk(work / "small") as disk, till_of(disk.folder / "shop", language) as till:
            disk.fill(disk.folder / "shop", till.shop)
            _place_in_vain(till)
            yield of_till("trouble-full", till)
            disk.free(till.shop)
        with till_of(work / "shop", language, screen="board", clock=_Leapt(EVENING)) as till:
            till.shop.desk.place(pickup(till.shop, "Margherita", "Tiramisu"))
            _notice_leap(till)
            yield of_till("trouble-clock", till, is_board=True)
            _admit_bug(till)
            yield of_till("trouble-bug", till, is_board=True)
            _touch_strip(till)
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
    _touch_strip(till)


class _Leapt(VirtualClock):
    """Stands an hour and a half ahead of where it should."""

    def leap_ms(self) -> int:
        return 90 * MINUTE_MS


def _notice_leap(till: Till) -> None:
    """As the lanes do it, which do not run here."""
    states = LaneStates(till.shop)
    TimersWorker(till.shop, Lease(till.shop).fence, None, states=states).work()
    till.wait(lambda: till.sees("clock_confirm"), "the clock is asked about")


def _admit_bug(till: Till) -> None:
    """As the program says it."""
    till.notices.say(
        _("Something went wrong in Orderbell."),
        _("What you did may not be saved: look, then do it again. It stands in the log."),
        Tone.BAD,
        Offer(_("Save report…"), lambda: None),
    )


def _touch_strip(till: Till) -> None:
    till.window.strip.mousePressEvent(None)  # type: ignore[arg-type]
    QApplication.processEvents()
