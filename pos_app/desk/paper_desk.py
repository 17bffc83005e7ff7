"""Paper that has not come out: what waits at which printer, and what a person says to it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.changes import PrintJobsChanged
from pos_app.clock import Instant
from pos_app.desk import printers
from pos_app.desk.doors import Doors
from pos_app.store import lanes, printing
from pos_app.store.printers import StoredPrinter


@dataclass(frozen=True, slots=True)
class PaperQueue:
    """One printer that has something left to print.

    `waiting` comes out by itself, `held` is older than ten minutes and asks. `reason` is the code
    of what stops the printer (`no_paper`, `cover_open`, `offline`, …), empty when nothing does.
    """

    printer: StoredPrinter
    waiting: int
    held: int
    oldest_at: Instant
    reason: str


class PaperDesk:
    """One method is one transaction."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def waiting(self) -> list[PaperQueue]:
        """Every printer with paper that has not come out, in the order of Settings."""
        known = {printer.id: printer for printer in self._doors.setup().printers}
        with self._doors.database.read() as connection:
            queues = printing.queues(connection)
            down = lanes.printers_down(connection)
        return [
            PaperQueue(
                known[queue.printer_id],
                queue.waiting,
                queue.held,
                queue.oldest_at,
                down[queue.printer_id].code if queue.printer_id in down else "",
            )
            for queue in queues
            if queue.printer_id in known
        ]

    def print_held(self, printer_id: int) -> int:
        """Held slips come out now, COPY where a part may be on paper. Returns how many."""
        with self._doors.act() as act:
            printers.known(act, printer_id)
            count = printing.release(act.connection, printer_id, act.now)
            if count:
                act.record("slips_released", None, {"printer_id": printer_id, "count": count})
        self._doors.feed.publish(PrintJobsChanged(by_hand=True))
        return count

    def drop_held(self, printer_id: int) -> int:
        """Held slips will never come out. Returns how many."""
        with self._doors.act() as act:
            printers.known(act, printer_id)
            count = printing.drop_held(act.connection, printer_id)
            if count:
                act.record("slips_dropped", None, {"printer_id": printer_id, "count": count})
        self._doors.feed.publish(PrintJobsChanged())
        return count
