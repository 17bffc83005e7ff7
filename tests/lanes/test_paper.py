"""Slips come out by themselves, once, or say that they might be a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, lanes_of
from pos_app.changes import Change, PrintJobsChanged, SettingsChanged
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.errors import Unavailable
from pos_app.lanes.lane import Down
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.printer_places import target
from pos_app.lanes.state import LaneStates, status
from pos_app.receipts import FilePrinter, NetworkPrinter
from pos_app.store import printing
from pos_app.store.printers import StoredPrinter
from tests.support.receipt_printer import ReceiptPrinter, running
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.support.waiting import until


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", clock=clock) as opened:
        yield opened


def printer_in(shop: Shop, folder: Path, *, kitchen: bool = False) -> StoredPrinter:
    shop.desk.add_printer(
        name="Counter", kind="file", address=str(folder), prints=Prints(kitchen=kitchen)
    )
    return shop.desk.setup().printers[-1]


def jobs(shop: Shop) -> list[tuple[str, str, bool]]:
    """`(state, reason, copy)` of every job."""
    with shop.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT state, reason, copy FROM print_jobs ORDER BY id")
        return [(row[0], row[1], bool(row[2])) for row in rows]


def test_the_slip_and_each_stations_slip_come_out(shop: Shop, tmp_path: Path) -> None:
    printer = printer_in(shop, tmp_path / "paper", kitchen=True)
    order = shop.desk.place(pickup(shop)).order
    worker = PrinterWorker(shop, printer)
    worker.work()
    files = sorted((tmp_path / "paper").iterdir())
    assert len(files) == worker.printed == 1 + len(order.tickets)
    assert all(file.name.startswith(order.number) for file in files)
    assert all(file.read_bytes().startswith(b"\x1b@") for file in files)
    assert jobs(shop) == [("printed", "", False)] * len(files)
    worker.work()
    assert len(list((tmp_path / "paper").iterdir())) == len(files)


def test_a_folder_that_cannot_be_written_is_tried_again_and_said(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    blocked = tmp_path / "paper"
    blocked.write_text("a file where the folder should be")
    printer = printer_in(shop, blocked)
    shop.desk.place(pickup(shop))
    worker = PrinterWorker(shop, printer)
    with pytest.raises(Down) as down:
        worker.work()
    LaneStates(shop).note(f"printer:{printer.id}", down.value.code)
    assert status(shop, "en").sentence == "Printer does not answer (Counter): 1 slip waits."
    assert jobs(shop)[0][0] == "waiting"
    blocked.unlink()
    clock.advance(MINUTE_MS)
    worker.work()
    assert jobs(shop) == [("printed", "", False)]


def test_a_slip_older_than_ten_minutes_waits_for_a_person(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    printer = printer_in(shop, tmp_path / "paper")
    shop.desk.place(pickup(shop))
    clock.advance(10 * MINUTE_MS + 1)
    shop.desk.place(pickup(shop))
    worker = PrinterWorker(shop, printer)
    worker.work()
    assert jobs(shop) == [("held", "too_old", False), ("printed", "", False)]
    assert (worker.held, worker.printed) == (1, 1)


def test_a_slip_that_was_on_its_way_when_the_till_died_is_a_copy(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    printer = printer_in(shop, tmp_path / "paper")
    shop.desk.place(pickup(shop))
    with shop.database.write() as connection:
        assert (
            printing.claim(connection, [printer.id], clock.now(), EVENING, by=printer.id)
            is not None
        )
    PrinterWorker(shop, printer).work()
    assert jobs(shop) == [("printed", "", True)]


def test_lanes_print_by_themselves_on_a_printer_added_meanwhile(shop: Shop) -> None:
    lanes = lanes_of(shop)
    lanes.start()
    try:
        with running(ReceiptPrinter()) as printer:
            shop.desk.add_printer(name="Counter", kind="network", address=printer.address)
            shop.desk.place(pickup(shop))
            until(lambda: printer.slips, "the slip")
            until(lambda: jobs(shop) == [("printed", "", False)], "the record")
    finally:
        lanes.stop()


def test_what_a_person_says_in_one_process_wakes_the_printers_of_another(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    printer = printer_in(shop, tmp_path / "paper")
    shop.desk.place(pickup(shop))
    clock.advance(10 * MINUTE_MS + 1)
    PrinterWorker(shop, printer).work()
    heard: list[Change] = []
    with open_test_shop(tmp_path / "shop", clock=clock) as other:
        end = other.feed.subscribe(heard.append)
        other.watch.start()
        shop.desk.paper_queue.print_held(printer.id)
        until(lambda: PrintJobsChanged(by_hand=True) in heard, "the other process")
        shop.desk.change_printer(printer.id, Prints(stubs=True))
        until(lambda: SettingsChanged(()) in heard, "the new set-up")
        end()


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("192.168.1.50", "192.168.1.50", 9100),
        ("192.168.1.50:9101", "192.168.1.50", 9101),
        ("printer.local", "printer.local", 9100),
        ("fd12::7", "fd12::7", 9100),
        ("[fd12::7]", "fd12::7", 9100),
        ("[fd12::7]:9101", "fd12::7", 9101),
    ],
)
def test_a_network_printers_address(address: str, host: str, port: int) -> None:
    stored = StoredPrinter(1, "u", "d", "Counter", "network", address, 80, True, False)
    assert target(stored) == NetworkPrinter(host, 80, port)


def test_a_folder_is_a_printer_and_a_wrong_port_is_none() -> None:
    stored = StoredPrinter(1, "u", "d", "Counter", "file", "paper", 58, True, False)
    assert target(stored) == FilePrinter(Path("paper"), 58)
    wrong = StoredPrinter(1, "u", "d", "Counter", "network", "printer:nine", 58, True, False)
    with pytest.raises(Unavailable, match="cannot be used"):
        target(wrong)
