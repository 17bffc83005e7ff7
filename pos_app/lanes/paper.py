"""A printer's lane: its jobs one after the other. The desk never waits for it.

A job older than ten minutes does not come out by itself, and one that may be half on paper
comes out marked COPY.
"""

from __future__ import annotations

import threading
from pathlib import Path

from pos_app import receipts
from pos_app.changes import PrintJobsChanged
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.desk import pages
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from pos_app.errors import Unavailable
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.lane import Down
from pos_app.lanes.shop import OpenShop
from pos_app.store import orders, printing
from pos_app.store.printing import PrintJob, StoredPrinter

TOO_OLD_MS = 10 * MINUTE_MS
DELIVER_S = 15.0
RETRY_CAP_S = 30.0
LOOK_S = 5.0


def target(printer: StoredPrinter) -> receipts.Printer:
    """Where a stored printer is: a folder, or `host[:port]`. Raises Unavailable."""
    if printer.kind == "file":
        return receipts.FilePrinter(Path(printer.address), printer.width_mm)
    host, port = _host_and_port(printer.address)
    if port is None:
        return receipts.NetworkPrinter(host, printer.width_mm)
    return receipts.NetworkPrinter(host, printer.width_mm, port)


def _host_and_port(address: str) -> tuple[str, int | None]:
    if address.count(":") > 1 and not address.startswith("["):
        return address, None
    host, _, port = address.rpartition(":")
    if not host or address.endswith("]"):
        return address.strip("[]"), None
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise Unavailable(
            "The printer’s address cannot be used",
            "{address}",
            "Write it like 192.168.1.50:9100.",
            address=address,
        )
    return host.strip("[]"), int(port)


class PrinterWorker:
    """Prints what waits for `printer`. `printed` counts slips, `held` those left to a person."""

    def __init__(self, shop: OpenShop, printer: StoredPrinter) -> None:
        self._shop = shop
        self._printer = printer
        self._stopping = threading.Event()
        self._is_first = True
        self.printed = 0
        self.held = 0

    def work(self) -> float | None:
        """Everything that waits. Raises Down when the printer does not take it."""
        if self._is_first:
            self._take_up_interrupted()
            self._is_first = False
        while not self._stopping.is_set():
            job = self._claim()
            if job is None:
                return LOOK_S
            self._print(job)
        return None

    def stop(self) -> None:
        self._stopping.set()

    def close(self) -> None:
        """Nothing is open between jobs."""

    def _take_up_interrupted(self) -> None:
        """What was on its way when this till died may be half on paper."""
        now = self._shop.clock.now()
        with self._shop.database.read() as connection:
            if not printing.interrupted(connection, self._printer.id):
                return
        with self._shop.database.write() as connection:
            for job in printing.interrupted(connection, self._printer.id):
                printing.retry(connection, job.id, "interrupted", now, copy=True)

    def _claim(self) -> PrintJob | None:
        now = self._shop.clock.now()
        with self._shop.database.read() as connection:
            if not printing.has_due(connection, self._printer.id, now):
                return None
        with self._shop.database.write() as connection:
            job = printing.claim(connection, self._printer.id, now)
            while job is not None and now - job.created_at > TOO_OLD_MS:
                printing.hold(connection, job.id, "too_old")
                self.held += 1
                job = printing.claim(connection, self._printer.id, now)
        self._shop.feed.publish(PrintJobsChanged())
        return job

    def _print(self, job: PrintJob) -> None:
        try:
            data, name = self._paper(job)
            if data is not None:
                receipts.deliver(target(self._printer), data, DELIVER_S, name)
        except receipts.PartlyPrinted as error:
            self._retry(job, error.code, copy=True)
            raise Down(error.code) from None
        except Unavailable as error:
            self._retry(job, error.code)
            raise Down(error.code) from None
        except Exception:
            # Whatever it was, the job must not stay `printing` for ever.
            self._retry(job, "bug")
            raise
        with self._shop.database.write() as connection:
            printing.printed(connection, job.id, self._shop.clock.now())
        self.printed += 1
        self._shop.feed.publish(PrintJobsChanged())

    def _retry(self, job: PrintJob, code: str, *, copy: bool = False) -> None:
        # The lane's own backoff paces tries at this printer; a broken job lets others pass.
        pause_s = delay_s(job.tries + 1, cap_s=RETRY_CAP_S) if code == "bug" else 0.0
        again = Instant(self._shop.clock.now() + round(pause_s * SECOND_MS))
        with self._shop.database.write() as connection:
            printing.retry(connection, job.id, code, again, copy=copy)
        self._shop.feed.publish(PrintJobsChanged())

    def _paper(self, job: PrintJob) -> tuple[bytes | None, str]:
        """The job's bytes, and what a file of it is called; None when nothing is left to say."""
        setup = self._shop.desk.setup()
        with self._shop.database.read() as connection:
            order = orders.load(connection, job.order_id)
            url = pages.url(connection, setup, job.order_id)
        if order is None:
            return None, ""
        layout = _layout(job, order, setup, self._printer.width_mm, url)
        return None if layout is None else receipts.to_escpos(layout), order.number


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


def _layout(
    job: PrintJob, order: Order, setup: Setup, width_mm: int, url: str | None
) -> receipts.Layout | None:
    shop = shop_info(setup, width_mm)
    if job.what == printing.SLIP:
        return receipts.slip_layout(order, shop, url, job.copy)
    slips = receipts.kitchen_layouts(order, setup.menu.stations, shop, job.copy)
    return dict(slips).get(job.station_id or 0)
