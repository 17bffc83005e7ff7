"""The guest's slip on the screen, painted exactly as it is printed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from pos_app import receipts
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.background import Background
from ui.widgets.parts import button
from ui.widgets.sheet import Sheet
from ui.words import _

PREVIEW_DPI = 110
WIDEST_MM = 80


class SlipSheet(Sheet):
    """Painted on a worker; `print_again` is asked with the order's id."""

    def __init__(
        self, over: QWidget, background: Background, print_again: Callable[[int], None]
    ) -> None:
        super().__init__(over, "slip_sheet", 420)
        self.set_title(_("Slip"))
        self._background = background
        self._order_id = 0
        self._picture = QLabel()
        self._picture.setObjectName("slip_picture")
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self._picture)
        self.body.addStretch(1)
        again = button(_("Print again"), "slip_print", lambda: print_again(self._order_id))
        self.foot.addWidget(again, 1)

    def open_for(self, order: Order, tracking_url: str | None, setup: Setup) -> None:
        self._order_id = order.id
        self._picture.clear()
        self._background.read(
            "paint a slip",
            lambda: _painted(order, tracking_url, setup),
            lambda image: self._picture.setPixmap(QPixmap.fromImage(image)),
        )
        self.open_sheet()


def _painted(order: Order, tracking_url: str | None, setup: Setup) -> QImage:
    shop = setup.settings.shop
    widths = [printer.width_mm for printer in setup.printers if printer.slips]
    info = receipts.ShopInfo(
        names={shop.language: shop.name},
        phone=shop.phone,
        zone=shop.zone,
        language=shop.language,
        paper_width_mm=widths[0] if widths else WIDEST_MM,
    )
    return receipts.preview(receipts.slip_layout(order, info, tracking_url), PREVIEW_DPI)
