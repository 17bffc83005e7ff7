"""Slips come out by themselves, once, or say that they might be a copy."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_app import receipts
from pos_app.bootstrap import Shop, lanes_of
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.errors import Unavailable
from pos_app.lanes.lane import Down
from pos_app.lanes.paper import PrinterWorker, target
from pos_app.lanes.state import LaneStates, status
from pos_app.receipts import FilePrinter, NetworkPrinter
from pos_app.receipts.printers import PartlyPrinted
from pos_app.store import printing
from pos_app.store.printing import StoredPrinter
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
    shop.desk.add_printer(name="Counter", kind="file", address=str(folder), kitchen=kitchen)
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


def test_a_printer_that_is_off_is_tried_again_and_said(
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
    assert status(shop, "en").sentence == "No paper or printer off: 1 slip waits."
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
        assert printing.claim(connection, printer.id, clock.now()) is not None
    PrinterWorker(shop, printer).work()
    assert jobs(shop) == [("printed", "", True)]


def test_a_slip_that_may_be_half_on_paper_is_a_copy_next_time(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = printer_in(shop, tmp_path / "paper")
    shop.desk.place(pickup(shop))
    deliver = receipts.deliver

    def broken(*_: object) -> None:
        raise PartlyPrinted("The printer stopped in the middle")

    monkeypatch.setattr(receipts, "deliver", broken)
    worker = PrinterWorker(shop, printer)
    with pytest.raises(Down, match="partly_printed"):
        worker.work()
    monkeypatch.setattr(receipts, "deliver", deliver)
    worker.work()
    assert jobs(shop) == [("printed", "", True)]


@contextmanager
def network_printer() -> Iterator[tuple[int, list[bytes]]]:
    """A printer on a socket; keeps each job's bytes."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            wire, _ = server.accept()
            with wire:
                chunks = []
                while chunk := wire.recv(65_536):
                    chunks.append(chunk)
                got.append(b"".join(chunks))

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], got
        thread.join()


def test_lanes_print_by_themselves_on_a_printer_added_meanwhile(shop: Shop) -> None:
    lanes = lanes_of(shop)
    lanes.start()
    try:
        with network_printer() as (port, got):
            shop.desk.add_printer(name="Counter", kind="network", address=f"127.0.0.1:{port}")
            shop.desk.place(pickup(shop))
            until(lambda: got, "the slip")
            until(lambda: jobs(shop) == [("printed", "", False)], "the record")
    finally:
        lanes.stop()


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
