"""Scenes of the store itself: put back, copied, updated, damaged."""

from __future__ import annotations

from pathlib import Path

from pos_app.changes import SettingsChanged
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import CATCH_UP, COPIED, RESTORED
from pos_app.desk.beginning_again import begin_again
from pos_app.errors import StoreDamaged
from pos_app.progress import Step
from pos_app.store.schema import check_header
from tests.support.pictures_evening import open_evening
from tests.support.pictures_stage import Scene, Scenes, drop, of_till, settle, till_of
from tests.support.shops import EVENING
from ui.trouble import TroubleWindow
from ui.waiting import WaitWindow
from ui.words import _, set_language


def put_back(work: Path, language: str) -> Scenes:
    """After a restore, of a copied store, and while it is done; a store that is damaged."""
    clock = VirtualClock(EVENING)
    set_language(language)
    for why in (RESTORED, COPIED):
        with till_of(work / why, language, screen="board", clock=clock) as till:
            open_evening(till.shop)
            clock.advance(25 * MINUTE_MS)
            with till.shop.desk.act() as act:
                begin_again(act, why, Instant(act.now - 20 * MINUTE_MS))
            till.shop.feed.publish(SettingsChanged((CATCH_UP,)))
            till.wait(lambda: till.sees("answer:A1"), "the catch-up")
            yield of_till(f"catch-up-{why}", till)
    for scene, window in (
        ("waiting", _waiting()),
        ("trouble-damaged", _damaged(work / "orders" / "store.sqlite")),
    ):
        window.show()
        yield Scene(scene, window, lambda w=window: settle(w, lambda: False), frozenset())  # type: ignore[misc]
        drop(window)


def _waiting() -> WaitWindow:
    window = WaitWindow(_("Orderbell is updating your store"))
    window.tell(Step.CHECKING, 30, 100)
    return window


def _damaged(file: Path) -> TroubleWindow:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"no database at all")
        check_header(file)
    except StoreDamaged as error:
        return TroubleWindow(error, "", Path("copy"), "25.11.2026 04:00")
    raise AssertionError("a file that is no database was taken for one")
