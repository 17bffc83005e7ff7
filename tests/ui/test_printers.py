"""Settings, Printers: what comes out where, and paper that asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.lanes.paper import PrinterWorker
from pos_app.store.printers import StoredPrinter
from tests.support.shops import EVENING, pickup
from tests.support.window import Till


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def till(open_till: Callable[..., Till], clock: VirtualClock) -> Till:
    return open_till(clock=clock)


def printers(till: Till) -> tuple[StoredPrinter, ...]:
    return till.shop.desk.setup().printers


def add(till: Till, name: str, folder: Path, prints: Prints | None = None) -> int:
    return till.shop.desk.add_printer(name=name, kind="file", address=str(folder), prints=prints)


def _is_on(till: Till, form: str) -> bool:
    return bool(getattr(printers(till)[0], form))


def open_section(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:printers")


def test_kitchen_slips_are_chosen_per_station(till: Till, tmp_path: Path) -> None:
    kitchen = add(till, "Kitchen", tmp_path / "kitchen")
    open_section(till)
    till.wait(lambda: till.sees(f"printer:{kitchen}"), "the printer")
    station = till.shop.desk.setup().menu.stations[0].id
    assert not till.sees(f"printer_station:{station}:{kitchen}")
    till.tap(f"printer_kitchen:{kitchen}")
    till.wait(lambda: printers(till)[0].kitchen, "kitchen slips")
    till.wait(lambda: till.sees(f"printer_station:{station}:{kitchen}"), "its stations")
    till.tap(f"printer_station:{station}:{kitchen}")
    till.wait(lambda: printers(till)[0].station_ids == (station,), "one station")
    till.settle()
    till.tap(f"printer_station:{station}:{kitchen}")
    till.wait(lambda: printers(till)[0].station_ids == (), "all stations")
    till.settle()
    till.tap(f"printer_kitchen:{kitchen}")
    till.wait(lambda: not printers(till)[0].kitchen, "off again")


def test_stubs_and_couriers_slips_are_switched_alone(till: Till, tmp_path: Path) -> None:
    counter = add(till, "Counter", tmp_path / "counter")
    open_section(till)
    for form in ("stubs", "deliveries"):
        till.tap(f"printer_{form}:{counter}")
        till.wait(partial(_is_on, till, form), form)
        till.settle()
    assert printers(till)[0].slips


def test_the_printer_that_stands_in_is_chosen(till: Till, tmp_path: Path) -> None:
    counter = add(till, "Counter", tmp_path / "counter")
    kitchen = add(till, "Kitchen", tmp_path / "kitchen")
    open_section(till)
    till.wait(lambda: till.sees(f"printer_fallback:{kitchen}"), "the list")
    box = till.find(f"printer_fallback:{kitchen}")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(str(counter)))
    box.activated.emit(box.currentIndex())
    till.wait(lambda: printers(till)[1].fallback_id == counter, "saved")
    till.settle()


def test_old_paper_is_shown_and_printed_when_asked(
    till: Till, tmp_path: Path, clock: VirtualClock
) -> None:
    folder = tmp_path / "counter"
    counter = add(till, "Counter", folder)
    till.shop.desk.place(pickup(till.shop))
    clock.advance(11 * MINUTE_MS)
    worker = PrinterWorker(till.shop, printers(till)[0])
    worker.work()
    open_section(till)
    till.wait(lambda: till.sees(f"paper_queue:{counter}"), "what waits")
    assert till.text(f"paper_words:{counter}") == "Counter: 1 slip waits"
    till.tap(f"paper_print:{counter}")
    till.wait(lambda: not till.sees(f"paper_print:{counter}"), "nothing asks any more")
    till.settle()
    worker.work()
    assert len(list(folder.iterdir())) == 1
    till.wait(lambda: not till.sees(f"paper_queue:{counter}"), "nothing waits any more")


def test_old_paper_is_dropped_when_asked(till: Till, tmp_path: Path, clock: VirtualClock) -> None:
    counter = add(till, "Counter", tmp_path / "counter")
    till.shop.desk.place(pickup(till.shop))
    clock.advance(11 * MINUTE_MS)
    PrinterWorker(till.shop, printers(till)[0]).work()
    open_section(till)
    till.tap(f"paper_drop:{counter}")
    till.wait(lambda: not till.sees(f"paper_queue:{counter}"), "gone")
    till.settle()
    assert till.shop.desk.paper_queue.waiting() == []
