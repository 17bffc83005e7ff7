"""Which form a print job is, laid out from the order as it stands when it is printed."""

from __future__ import annotations

from pos_app import receipts
from pos_app.desk import pages, slips
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order, TicketChange
from pos_app.domain.workflow import Kind
from pos_app.store import documents, printing
from pos_app.store.database import Connection
from pos_app.store.printers import StoredPrinter
from pos_app.store.printing import PrintJob

_CHANGES = tuple[TicketChange, ...]


def layout(
    connection: Connection,
    setup: Setup,
    job: PrintJob,
    order: Order,
    printer: StoredPrinter,
) -> receipts.Layout | None:
    """The paper of `job` as `printer` prints it; None when there is nothing left to say."""
    shop = shop_info(setup, printer.width_mm)
    found = _form(connection, setup, job, order, shop)
    if found is None or job.printer_id == printer.id:
        return found
    meant = next((p.name for p in setup.printers if p.id == job.printer_id), "")
    return receipts.stand_in(found, shop, meant)


def shop_info(setup: Setup, width_mm: int) -> receipts.ShopInfo:
    """What a slip says about this shop."""
    shop = setup.settings.shop
    return receipts.ShopInfo(
        names={shop.language: shop.name},
        phone=shop.phone,
        zone=shop.zone,
        language=shop.language,
        paper_width_mm=width_mm,
    )


def _form(
    connection: Connection,
    setup: Setup,
    job: PrintJob,
    order: Order,
    shop: receipts.ShopInfo,
) -> receipts.Layout | None:
    match job.what:
        case printing.SLIP:
            url = pages.url(connection, setup, order.id)
            return receipts.slip_layout(order, shop, url, job.copy)
        case printing.STUB:
            return receipts.stub_layout(order, shop, job.copy)
        case printing.DELIVERY:
            courier_url = slips.url(connection, setup, order.id)
            return receipts.delivery_layout(order, shop, courier_url, job.copy)
        case printing.CHANGES:
            return _changes(setup, job, order, shop)
        case _:
            found = receipts.kitchen_layouts(order, setup.menu.stations, shop, job.copy)
            return dict(found).get(job.station_id or 0)


def _changes(
    setup: Setup, job: PrintJob, order: Order, shop: receipts.ShopInfo
) -> receipts.Layout | None:
    changes = documents.load(job.content, _CHANGES)
    if not changes and order.kind is not Kind.CANCELLED:
        return None
    return receipts.changes_layout(
        order, job.station_id or 0, changes, setup.menu.stations, shop, job.copy
    )
