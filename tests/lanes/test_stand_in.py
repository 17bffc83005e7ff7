"""Another printer stands in: after half a minute, by name, and never twice without a mark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app import receipts
from pos_app.desk.printers import Prints
from pos_app.lanes import forms
from pos_app.store import orders, printing
from pos_app.store.printers import StoredPrinter
from tests.lanes.printing_room import Room, printing_room
from tests.support.receipt_printer import ReceiptPrinter, is_marked
from tests.support.shops import EVENING

NOTHING = Prints(slips=False)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with printing_room(tmp_path / "shop") as found:
        yield found


def pair(
    room: Room, kitchen: ReceiptPrinter, counter: ReceiptPrinter
) -> tuple[StoredPrinter, StoredPrinter]:
    """A kitchen printer for whole orders' slips, and the counter's that stands in for it."""
    stands_in = room.add("Counter", counter, NOTHING)
    return room.add("Kitchen", kitchen, Prints(fallback_id=stands_in.id)), stands_in


def test_after_half_a_minute_the_slips_come_out_on_the_other_printer(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter()
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    assert room.turn(for_kitchen) == "no_paper"
    room.turn(stands_in)
    assert counter.slips == []
    room.pass_time(29)
    room.turn(for_kitchen)
    room.turn(stands_in)
    assert counter.slips == []
    room.pass_time(1)
    room.turn(stands_in)
    assert len(counter.slips) == 1
    assert room.jobs() == [("printed", "", False)]
    room.turn(for_kitchen)
    assert room.sentence() == "No paper (Kitchen): Counter prints instead."
    kitchen.put_in_paper()
    assert room.turn(for_kitchen) == ""
    assert kitchen.slips == []
    room.place()
    room.turn(stands_in)
    room.turn(for_kitchen)
    assert (len(kitchen.slips), len(counter.slips)) == (1, 1)


def test_once_it_is_known_to_be_down_the_next_slips_do_not_wait(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter()
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(31)
    room.turn(stands_in)
    room.turn(for_kitchen)
    room.place()
    room.turn(stands_in)
    assert len(counter.slips) == 2


def test_the_slip_says_which_printer_it_was_meant_for(room: Room) -> None:
    for_kitchen, stands_in = pair(room, ReceiptPrinter(paper_rows=0), ReceiptPrinter())
    order = room.place()
    setup = room.shop.desk.setup()
    with room.shop.database.read() as connection:
        [job] = printing.of_order(connection, order.id)
        loaded = orders.load(connection, order.id)
        assert loaded is not None
        away = forms.layout(connection, setup, job, loaded, stands_in)
        at_home = forms.layout(connection, setup, job, loaded, for_kitchen)
    assert isinstance(away, receipts.Layout)
    assert isinstance(at_home, receipts.Layout)
    assert away.texts[0] == "For printer: Kitchen"
    assert away.texts[1:] == at_home.texts


def test_a_slip_that_was_half_on_paper_is_a_copy_on_the_other_printer(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=100), ReceiptPrinter()
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(31)
    room.turn(stands_in)
    assert room.jobs() == [("printed", "", True)]
    kitchen.put_in_paper()
    room.turn(for_kitchen)
    assert not is_marked(kitchen.slips[0])
    assert (len(kitchen.slips), len(counter.slips)) == (1, 1)


def test_a_stand_in_without_paper_itself_takes_nothing(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter(paper_rows=0)
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(31)
    assert room.turn(stands_in) == "no_paper"
    assert room.sentence() == ("No paper (Counter). No paper (Kitchen): 1 slip waits.")
    kitchen.put_in_paper()
    room.turn(for_kitchen)
    assert len(kitchen.slips) == 1


def test_held_slips_of_a_dead_printer_come_out_on_the_other_when_asked_for(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter(paper_rows=0)
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(601)
    room.turn(for_kitchen)
    counter.put_in_paper()
    room.turn(stands_in)
    assert room.jobs() == [("held", "too_old", False)]
    room.shop.desk.paper_queue.print_held(for_kitchen.id)
    room.turn(stands_in)
    assert room.jobs() == [("printed", "", False)]
    assert len(counter.slips) == 1


def test_old_slips_do_not_come_out_by_themselves_on_the_other_printer_either(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter()
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(601)
    room.turn(stands_in)
    assert counter.slips == []
    room.turn(for_kitchen)
    assert room.jobs() == [("held", "too_old", False)]


def test_what_the_stand_in_had_taken_when_the_till_died_is_its_own_to_repeat(room: Room) -> None:
    kitchen, counter = ReceiptPrinter(paper_rows=0), ReceiptPrinter()
    for_kitchen, stands_in = pair(room, kitchen, counter)
    room.place()
    room.turn(for_kitchen)
    room.pass_time(31)
    with room.shop.database.write() as connection:
        now = room.clock.now()
        assert (
            printing.claim(connection, [for_kitchen.id], now, EVENING, by=stands_in.id) is not None
        )
    kitchen.put_in_paper()
    room.start_again(for_kitchen)
    room.turn(for_kitchen)
    assert (kitchen.slips, room.jobs()) == ([], [("printing", "no_paper", False)])
    room.start_again(stands_in)
    room.turn(stands_in)
    room.turn(for_kitchen)
    assert room.jobs() == [("printed", "", True)]
    assert len(kitchen.slips) + len(counter.slips) == 1
