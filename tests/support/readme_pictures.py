"""The pictures of the README, from the running program: `python -m tests.support.readme_pictures`.

Board and counter are the real window, the page is the real site in Chromium. --to FOLDER writes
elsewhere than `packaging/pictures`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from tests.support.board_shop import fill, open_evening
from tests.support.ports import free_port
from tests.support.processes import ROOT, ask, orderbell
from tests.support.shops import open_test_shop, pickup
from tests.support.window import Till
from ui.dressing import dress

LANGUAGES = ("en", "uk")
SHOPS = {"en": "Trattoria Lviv", "uk": "Траторія «Львів»"}


def board(work: Path, language: str, file: Path) -> None:
    """The pass in the middle of an evening."""
    shop = open_evening(work, language)
    fill(shop)
    data, clock = shop.data, shop.clock
    shop.close()
    assert isinstance(clock, VirtualClock)
    till = Till(data, screen="board", clock=clock)
    till.window.resize(1440, 860)
    till.settle()
    till.wait(lambda: till.text("count:ready") == "2", "the counts, which follow the tickets")
    till.window.grab().save(str(file))
    till.close()


def counter(work: Path, language: str, file: Path) -> None:
    """Two dishes, a guest, nothing chosen yet about the money."""
    settings = ShopSettings(name=SHOPS[language], language=language, phone="+380443334455")
    till = Till(work, settings)
    truffle = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Truffle")
    till.shop.desk.mark_sold_out(truffle.id, True)
    for name in ("tile:Margherita", "tile:Margherita", "line:1", "modifier:extra basil"):
        till.tap(name)
    for name in ("line_done", "category:Desserts", "tile:Tiramisu", "category:Pizza", "phone"):
        till.tap(name)
    till.type("0671234567")
    till.tap("phone_done")
    till.enter_into("guest_name", "Iryna K." if language == "en" else "Ірина К.")
    till.tap("order_texts")
    till.settle()
    till.window.grab().save(str(file))
    till.close()


def page(work: Path, language: str, file: Path) -> None:
    """What the guest sees while the kitchen works."""
    from playwright.sync_api import sync_playwright

    settings = ShopSettings(name=SHOPS[language], language=language, phone="+380443334455")
    with open_test_shop(work, settings=settings):
        pass
    port = str(free_port())
    with orderbell("site", "--port", port, "--data", str(work), name="site") as site:
        site.line("site: listening")
        with open_test_shop(work) as shop:
            order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
            shop.desk.bump(order.id)
            url = shop.desk.tracking_url(order.id)
        assert ask("sync", "--once", "--data", str(work)).returncode == 0
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            phone = browser.new_page(viewport={"width": 390, "height": 760})
            phone.goto(f"{url}?lang={language}")
            phone.screenshot(path=str(file))
            browser.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=ROOT / "packaging" / "pictures")
    to = parser.parse_args().to
    to.mkdir(parents=True, exist_ok=True)
    app = QApplication(["pictures"])
    dress()
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            board(Path(folder) / "board", language, to / f"board-{language}.png")
            counter(Path(folder) / "counter", language, to / f"counter-{language}.png")
            page(Path(folder) / "page", language, to / f"page-{language}.png")
    del app
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
