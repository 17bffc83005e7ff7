"""Pictures of counter, orders, settings and first start: `-m tests.support.pictures_counter DIR`.

Offscreen, at 1366×768 and 1920×1080, in English and Ukrainian, from a real practice shop.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.config import ShopSettings
from tests.support.window import Till
from ui.app import dress
from ui.settings.first_start import FirstStart
from ui.settings.places import Guess

SIZES = (QSize(1366, 768), QSize(1920, 1080))
NAMES = {"en": ("Pizzeria Roma", "Iryna K."), "uk": ("Піцерія «Рома»", "Ірина К.")}


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication(["pictures"])
    folder.mkdir(parents=True, exist_ok=True)
    dress()
    for language in NAMES:
        for size in SIZES:
            prefix = f"{language}-{size.width()}"
            _first_start(folder, prefix, language, size)
            with tempfile.TemporaryDirectory() as data:
                _shop(Path(data) / "shop", folder, prefix, language, size)
    app.quit()


def _first_start(folder: Path, prefix: str, language: str, size: QSize) -> None:
    window = FirstStart(Guess(language, "UA", "Europe/Kyiv", "UAH"), ["192.168.1.17"])
    for name, tap in (("first-start", ""), ("first-start-wifi", "first_page:wifi")):
        window.resize(size)
        window.show()
        if tap:
            button = window.findChild(QWidget, tap)
            getattr(button, "click")()  # noqa: B009
        _save(window, folder / f"{prefix}-{name}.png")
    window.close()
    window.deleteLater()


def _shop(data: Path, folder: Path, prefix: str, language: str, size: QSize) -> None:
    shop = ShopSettings(name=NAMES[language][0], language=language, phone="+380443334455")
    till = Till(data, shop, practice=True, port=18_123)
    till.window.resize(size)
    try:
        for name in scenes(till, NAMES[language][1]):
            till.settle()
            _save(till.window, folder / f"{prefix}-{name}.png")
    finally:
        till.close()


def scenes(till: Till, guest: str) -> Iterator[str]:
    yield "counter-empty"
    truffle = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Truffle")
    till.shop.desk.mark_sold_out(truffle.id, True)
    _order(till, guest, pay="pay:card")
    yield "counter-placed"
    till.tap("placed_slip")
    till.wait(lambda: bool(till.find("slip_picture").property("pixmap")), "slip")
    yield "counter-slip"
    till.tap("next_order")
    till.tap("tile:Margherita")
    till.tap("tile:Margherita")
    till.tap("line:1")
    yield "counter-line"
    till.tap("modifier:extra basil") if till.sees("modifier:extra basil") else None
    till.tap("line_done")
    till.tap("category:Desserts")
    till.tap("tile:Tiramisu")
    till.tap("category:Pizza")
    till.tap("phone")
    till.type("0671234567")
    yield "counter-phone"
    till.tap("phone_done")
    yield "counter"
    till.tap("fulfilment:delivery")
    till.tap("address")
    yield "counter-address"
    till.tap("address_done")
    till.tap("allergy")
    till.type("nuts")
    till.tap("allergy_done")
    till.tap("pay:cash")
    till.tap("cash:600")
    yield "counter-delivery-cash"
    till.tap("fulfilment:dine_in")
    till.tap("later")
    yield "counter-later"
    till.tap("time_sheet:close")
    till.tap("rail:orders")
    till.settle()
    till.tap("order:A1")
    yield "orders"
    till.tap("rail:settings")
    for section in ("shop", "page", "sms", "printers", "sold_out", "limits"):
        till.tap(f"section:{section}")
        if section == "page":
            till.tap("page:wifi")
        if section == "sms":
            till.tap("sms:smsgate")
        yield f"settings-{section}"


def _order(till: Till, guest: str, pay: str) -> None:
    till.tap("tile:Margherita")
    till.tap("tile:Margherita")
    till.tap("phone")
    till.type("0671234567")
    till.enter_into("guest_name", guest)
    till.tap("order_texts")
    till.tap(pay)
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")


def _save(window: QWidget, file: Path) -> None:
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    window.grab().save(str(file))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/pictures"))
