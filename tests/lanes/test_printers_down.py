"""No paper, cover open, off, slow, gone in the middle, back after an hour: what comes out when."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import lanes_of
from tests.lanes.printing_room import Room, printing_room
from tests.support.receipt_printer import ReceiptPrinter, is_marked
from tests.support.shops import pickup
from tests.support.waiting import until

PRINTED = ("printed", "", False)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with printing_room(tmp_path / "shop") as found:
        yield found


def test_without_paper_slips_wait_unmarked_and_come_out_when_there_is_some(room: Room) -> None:
    printer = ReceiptPrinter(paper_rows=0)
    counter = room.add("Counter", printer)
    for _ in range(3):
        room.place()
    assert room.turn(counter) == "no_paper"
    assert room.sentence() == "No paper (Counter): 3 slips wait."
    room.pass_time(60)
    assert room.turn(counter) == "no_paper"
    printer.put_in_paper()
    assert room.turn(counter) == ""
    assert room.jobs() == [PRINTED] * 3
    assert [is_marked(slip) for slip in printer.slips] == [False] * 3
    assert room.sentence() == ""


def test_an_open_cover_is_said_as_such(room: Room) -> None:
    printer = ReceiptPrinter()
    printer.cover_open = True
    counter = room.add("Counter", printer)
    room.place()
    assert room.turn(counter) == "cover_open"
    assert room.sentence() == "Printer cover open (Counter): 1 slip waits."
    printer.cover_open = False
    assert room.turn(counter) == ""
    assert len(printer.slips) == 1


def test_paper_that_ends_in_the_middle_brings_one_copy_and_no_second_slip(room: Room) -> None:
    printer = ReceiptPrinter(paper_rows=100)
    counter = room.add("Counter", printer)
    room.place()
    assert room.turn(counter) == "no_paper"
    assert room.jobs() == [("waiting", "no_paper", True)]
    assert room.turn(counter) == "no_paper"
    printer.put_in_paper()
    assert room.turn(counter) == ""
    assert room.jobs() == [("printed", "", True)]
    unmarked = [slip for slip in printer.slips if not is_marked(slip)]
    assert (len(printer.slips), len(unmarked)) == (2, 1)


def test_a_printer_that_is_off_for_an_hour_asks_for_what_is_old(room: Room) -> None:
    printer = ReceiptPrinter()
    counter = room.add("Counter", printer)
    printer.switch_off()
    room.place()
    room.place()
    assert room.turn(counter) == "unavailable"
    assert room.sentence() == "Printer does not answer (Counter): 2 slips wait."
    room.pass_time(3600)
    room.place()
    assert room.turn(counter) == "unavailable"
    printer.switch_on()
    assert room.turn(counter) == ""
    assert room.jobs() == [("held", "too_old", False)] * 2 + [PRINTED]
    assert len(printer.slips) == 1
    assert room.sentence() == "2 old slips wait (Counter): print or drop them in Settings."


def test_held_slips_come_out_when_a_person_says_so_once(room: Room) -> None:
    printer = ReceiptPrinter()
    counter = room.add("Counter", printer)
    room.place()
    room.place()
    room.pass_time(601)
    room.turn(counter)
    [queue] = room.shop.desk.paper_queue.waiting()
    assert (queue.printer.name, queue.waiting, queue.held, queue.reason) == ("Counter", 0, 2, "")
    assert room.shop.desk.paper_queue.print_held(counter.id) == 2
    room.turn(counter)
    assert room.jobs() == [PRINTED] * 2
    assert [is_marked(slip) for slip in printer.slips] == [False, False]
    assert room.shop.desk.paper_queue.print_held(counter.id) == 0
    room.turn(counter)
    assert len(printer.slips) == 2


def test_held_slips_that_nobody_wants_never_come_out(room: Room) -> None:
    printer = ReceiptPrinter()
    counter = room.add("Counter", printer)
    room.place()
    room.pass_time(601)
    room.turn(counter)
    assert room.shop.desk.paper_queue.drop_held(counter.id) == 1
    room.turn(counter)
    assert printer.slips == []
    assert room.shop.desk.paper_queue.waiting() == []
    assert room.sentence() == ""


def test_a_slip_exactly_ten_minutes_old_still_comes_by_itself(room: Room) -> None:
    counter = room.add("Counter", ReceiptPrinter())
    room.place()
    room.pass_time(600)
    room.turn(counter)
    assert room.jobs() == [PRINTED]


def test_a_printer_that_goes_in_the_middle_of_a_slip_prints_it_as_a_copy(room: Room) -> None:
    printer = ReceiptPrinter(dies_after=9_000)
    counter = room.add("Counter", printer)
    room.place()
    assert room.turn(counter) == "partly_printed"
    assert room.turn(counter) == ""
    assert room.jobs() == [("printed", "", True)]
    assert len(printer.slips) == 1


def test_what_is_gone_with_the_till_is_a_copy_after_the_start(room: Room) -> None:
    printer = ReceiptPrinter(dies_after=9_000)
    counter = room.add("Counter", printer)
    room.place()
    room.turn(counter)
    room.start_again(counter)
    room.turn(counter)
    assert room.jobs() == [("printed", "", True)]
    assert len(printer.slips) == 1


def test_a_slow_printer_prints_everything_once(room: Room) -> None:
    printer = ReceiptPrinter(tells=False, pause_s=0.02)
    counter = room.add("Counter", printer)
    for _ in range(3):
        room.place()
    assert room.turn(counter) == ""
    until(lambda: len(printer.slips) == 3, "three slips")
    assert room.jobs() == [PRINTED] * 3
    assert printer.asked == 1


def test_a_printer_that_swallows_tries_in_silence_leaves_the_third_to_a_person(
    room: Room,
) -> None:
    printer = ReceiptPrinter(tells=False)
    counter = room.add("Counter", printer)
    room.place()
    for _ in range(3):
        printer.dies_after = 4_000
        assert room.turn(counter) == "partly_printed"
    assert room.jobs() == [("held", "partly_printed", True)]
    assert room.turn(counter) == ""
    assert printer.slips == []
    room.shop.desk.paper_queue.print_held(counter.id)
    assert room.turn(counter) == ""
    assert room.jobs() == [("printed", "", True)]


def test_the_counter_never_waits_for_a_printer_that_takes_nothing(room: Room) -> None:
    printer = ReceiptPrinter(tells=False, reads=False)
    room.add("Counter", printer)
    lanes = lanes_of(room.shop)
    lanes.start()
    try:
        room.place()
        until(lambda: printer.jobs, "the printer's lane at work")
        times = []
        for _ in range(20):
            began = time.monotonic()
            room.shop.desk.place(pickup(room.shop))
            times.append(time.monotonic() - began)
        assert sorted(times)[len(times) // 2] < 0.25
        assert printer.slips == []
        began = time.monotonic()
    finally:
        lanes.stop()
    assert time.monotonic() - began < 2.5


def test_a_lane_that_starts_looks_at_a_printer_that_was_down(room: Room) -> None:
    printer = ReceiptPrinter(paper_rows=0)
    counter = room.add("Counter", printer)
    room.place()
    room.turn(counter)
    room.start_again(counter)
    with room.shop.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM print_jobs")
    assert room.turn(counter) == "no_paper"
