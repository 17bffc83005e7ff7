"""A printer's lane: its jobs one after the other. The desk never waits for it.

A job older than ten minutes does not come out by itself, and one that may be half on paper
comes out marked COPY. When a printer has been down for half a minute, the one that stands in for
it prints its jobs; a job is claimed under one transaction, so only one of them has it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos_app import receipts
from pos_app.changes import PrintJobsChanged
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.errors import Unavailable
from pos_app.lanes import forms
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.lane import Down, always
from pos_app.lanes.printer_places import target
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes, orders, printing
from pos_app.store.database import Connection
from pos_app.store.printers import StoredPrinter
from pos_app.store.printing import PrintJob

TOO_OLD_MS = 10 * MINUTE_MS
STANDS_IN_MS = 30 * SECOND_MS
DELIVER_S = 15.0
PROBE_S = 2.0
RETRY_CAP_S = 30.0
LOOK_S = 5.0
PARTLY_TRIES = 3
"""Then a person looks: a printer that swallows tries in silence may print them all at once."""


class PrinterWorker:
    """Prints what waits for `printer`. `printed` counts slips, `held` those left to a person.

    `holds` says whether this process surely is the one that prints on this device.
    """

    def __init__(
        self, shop: OpenShop, printer: StoredPrinter, holds: Callable[[], bool] = always
    ) -> None:
        self._shop = shop
        self._holds = holds
        self._printer = printer
        self._stopping = threading.Event()
        self._is_first = True
        self._was_down = False
        # Whether it tells its state: asked until it stays silent once, and again after trouble.
        self._tells = True
        # What a printer still holds of a job before this lane is not known either.
        self._broke_off = True
        self.printed = 0
        self.held = 0

    def work(self) -> float | None:
        """Everything that waits. Raises Down when the printer does not take it."""
        if not self._holds():
            return LOOK_S
        if self._is_first:
            self._take_up()
            self._is_first = False
        self._hold_old()
        if self._was_down:
            self._probe()
        while not self._stopping.is_set() and self._holds():
            job = self._claim()
            if job is None:
                return LOOK_S
            self._print(job)
        return LOOK_S

    def stop(self) -> None:
        """Cut a delivery in progress: what is on paper by then comes out again as a copy."""
        self._stopping.set()

    def close(self) -> None:
        """Nothing is open between jobs."""

    def _take_up(self) -> None:
        """What was on its way when this till died may be half on paper."""
        with self._shop.database.read() as connection:
            self._was_down = self._printer.id in lanes.printers_down(connection)
            if not printing.interrupted(connection, self._printer.id):
                return
        now = self._shop.clock.now()
        with self._shop.database.write() as connection:
            for job in printing.interrupted(connection, self._printer.id):
                printing.retry(connection, job.id, "interrupted", now, copy=True)

    def _hold_old(self) -> None:
        oldest = _oldest(self._shop.clock.now())
        with self._shop.database.read() as connection:
            if not printing.has_older(connection, self._printer.id, oldest):
                return
        with self._shop.database.write() as connection:
            self.held += printing.hold_older(connection, self._printer.id, oldest)
        self._shop.feed.publish(PrintJobsChanged())

    def _probe(self) -> None:
        """Before anything is claimed: a printer that is still down keeps its jobs for another."""
        try:
            self._tells = receipts.probe(target(self._printer), PROBE_S, stopping=self._stopping)
        except Unavailable as error:
            raise Down(error.code) from None
        self._was_down = False

    def _claim(self) -> PrintJob | None:
        now = self._shop.clock.now()
        with self._shop.database.read() as connection:
            served = self._served(connection, now)
            if not printing.has_due(connection, served, now, _oldest(now)):
                return None
        with self._shop.database.write() as connection:
            job = printing.claim(connection, served, now, _oldest(now), by=self._printer.id)
        self._shop.feed.publish(PrintJobsChanged())
        return job

    def _served(self, connection: Connection, now: Instant) -> list[int]:
        """This printer, and those of the same computer that it stands in for at present."""
        mine = self._printer
        others = [
            printer
            for printer in self._shop.desk.setup().printers
            if printer.fallback_id == mine.id and printer.device_id == mine.device_id
        ]
        down = lanes.printers_down(connection) if others else {}
        return [mine.id] + [
            other.id
            for other in others
            if other.id in down and now - down[other.id].since >= STANDS_IN_MS
        ]

    def _print(self, job: PrintJob) -> None:
        try:
            is_out = self._deliver(job)
        except receipts.PartlyPrinted as error:
            self._broke_off = True
            self._failed(job, error.code, copy=True)
            raise Down(error.code) from None
        except Unavailable as error:
            self._failed(job, error.code)
            raise Down(error.code) from None
        except Exception:
            # Whatever it was, the job must not stay `printing` for ever.
            self._retry(job, "bug")
            raise
        with self._shop.database.write() as connection:
            printing.printed(connection, job.id, self._shop.clock.now())
        self.printed += is_out
        self._shop.feed.publish(PrintJobsChanged())

    def _deliver(self, job: PrintJob) -> bool:
        """Print one job; False when there was nothing left to say."""
        setup = self._shop.desk.setup()
        with self._shop.database.read() as connection:
            order = orders.load(connection, job.order_id)
            if order is None:
                return False
            layout = forms.layout(connection, setup, job, order, self._printer)
        if layout is None:
            return False
        self._tells = receipts.deliver(
            target(self._printer),
            receipts.to_escpos(layout),
            DELIVER_S,
            order.number,
            asks=self._tells,
            unfinished=self._broke_off,
            stopping=self._stopping,
        )
        self._broke_off = False
        return True

    def _failed(self, job: PrintJob, code: str, *, copy: bool = False) -> None:
        self._was_down = True
        self._tells = True
        if copy and job.tries + 1 >= PARTLY_TRIES:
            self._hold(job, code)
        else:
            self._retry(job, code, copy=copy)

    def _hold(self, job: PrintJob, code: str) -> None:
        with self._shop.database.write() as connection:
            printing.hold(connection, job.id, code)
        self.held += 1
        self._shop.feed.publish(PrintJobsChanged())

    def _retry(self, job: PrintJob, code: str, *, copy: bool = False) -> None:
        # The lane's own backoff paces tries at this printer; a broken job lets others pass.
        pause_s = delay_s(job.tries + 1, cap_s=RETRY_CAP_S) if code == "bug" else 0.0
        again = Instant(self._shop.clock.now() + round(pause_s * SECOND_MS))
        with self._shop.database.write() as connection:
            printing.retry(connection, job.id, code, again, copy=copy)
        self._shop.feed.publish(PrintJobsChanged())


def _oldest(now: Instant) -> Instant:
    """What was asked for before this does not come out by itself, on any printer."""
    return Instant(now - TOO_OLD_MS)
