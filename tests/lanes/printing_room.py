"""A shop with receipt printers on real sockets and a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.order import Order
from pos_app.lanes.lane import Down
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.state import LaneStates, status
from pos_app.store.printers import StoredPrinter
from tests.support.receipt_printer import ReceiptPrinter, running
from tests.support.shops import EVENING, open_test_shop, pickup


@dataclass
class Room:
    """Printers stand in it switched on; `turn` gives one of them what its lane would do."""

    shop: Shop
    clock: VirtualClock
    open: ExitStack
    workers: dict[int, PrinterWorker] = field(default_factory=dict)

    def add(
        self, name: str, printer: ReceiptPrinter, prints: Prints | None = None
    ) -> StoredPrinter:
        self.open.enter_context(running(printer))
        self.shop.desk.add_printer(
            name=name, kind="network", address=printer.address, width_mm=58, prints=prints
        )
        return self.shop.desk.setup().printers[-1]

    def place(self) -> Order:
        return self.shop.desk.place(pickup(self.shop)).order

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(round(seconds * SECOND_MS))

    def turn(self, stored: StoredPrinter) -> str:
        """One turn of this printer's lane; its trouble as a code, empty when there was none."""
        now = next(p for p in self.shop.desk.setup().printers if p.id == stored.id)
        worker = self.workers.setdefault(stored.id, PrinterWorker(self.shop, now))
        code = ""
        try:
            worker.work()
        except Down as down:
            code = down.code
        LaneStates(self.shop).note(f"printer:{stored.id}", code)
        return code

    def start_again(self, stored: StoredPrinter) -> None:
        """The till was started anew: a new lane."""
        self.workers.pop(stored.id, None)

    def jobs(self) -> list[tuple[str, str, bool]]:
        """`(state, reason, copy)` of every job, oldest first."""
        with self.shop.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT state, reason, copy FROM print_jobs ORDER BY id"
            )
            return [(row[0], row[1], bool(row[2])) for row in rows]

    def sentence(self, language: str = "en") -> str:
        return status(self.shop, language).sentence


@contextmanager
def printing_room(data: Path) -> Iterator[Room]:
    clock = VirtualClock(EVENING)
    with open_test_shop(data, clock=clock) as shop, ExitStack() as stack:
        yield Room(shop, clock, stack)
