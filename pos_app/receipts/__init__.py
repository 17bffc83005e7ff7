"""Slips on paper: what they say, how they look, and how they reach a printer.

This package is the facade; screens, lanes and the command line need nothing else:

    slip_layout(order, shop, tracking_url, copy)       what the guest holds
    kitchen_layouts(order, stations, shop, copy)       [(station_id, layout), ...]
    changes_layout(order, station_id, changes, ...)    what an edit changed at one station
    stub_layout(order, shop, copy)                     what hangs on the bag
    delivery_layout(order, shop, courier_url, copy)    what the courier takes along
    stand_in(layout, shop, printer)                    any of them, on another printer
    to_pdf(layout), to_png(layout), to_escpos(layout)  bytes
    preview(layout, dpi)                               a QImage
    deliver(target, data, timeout_s, name)             to a NetworkPrinter or FilePrinter
    probe(target, timeout_s)                           whether it could print now

Layouts are pure; Qt is imported by the first function that paints. A program with windows makes
its QApplication first; without one an offscreen QGuiApplication is made here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.receipts.change_slip import changes_layout
from pos_app.receipts.delivery_slip import delivery_layout
from pos_app.receipts.elements import Layout
from pos_app.receipts.form import stand_in
from pos_app.receipts.kitchen_slip import kitchen_layouts
from pos_app.receipts.layout import slip_layout
from pos_app.receipts.printers import (
    FilePrinter,
    NetworkPrinter,
    PartlyPrinted,
    Printer,
    PrinterDown,
    deliver,
    probe,
)
from pos_app.receipts.stub import stub_layout
from pos_app.receipts.wording import ShopInfo

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

__all__ = [
    "FilePrinter",
    "Layout",
    "NetworkPrinter",
    "PartlyPrinted",
    "Printer",
    "PrinterDown",
    "ShopInfo",
    "changes_layout",
    "deliver",
    "delivery_layout",
    "kitchen_layouts",
    "preview",
    "probe",
    "slip_layout",
    "stand_in",
    "stub_layout",
    "to_escpos",
    "to_pdf",
    "to_png",
]


def to_pdf(layout: Layout) -> bytes:
    """A PDF as wide as the paper and exactly as long as the slip."""
    from pos_app.receipts import paint

    return paint.pdf(layout)


def to_png(layout: Layout, dpi: int = 203) -> bytes:
    """A PNG of the paper, margins included, `dpi` pixels per inch."""
    from pos_app.receipts import paint

    return paint.png(layout, dpi)


def to_escpos(layout: Layout) -> bytes:
    """A whole job for a receipt printer: initialise, picture, feed, cut."""
    from pos_app.receipts import escpos, paint

    return escpos.encode(paint.raster(layout))


def preview(layout: Layout, dpi: int) -> QImage:
    """The paper as a picture of grey levels, margins included, `dpi` pixels per inch."""
    from pos_app.receipts import paint

    return paint.preview(layout, dpi)
