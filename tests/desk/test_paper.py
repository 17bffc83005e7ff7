"""What is to be printed for which act, on which printer, and what paper never learns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import HOUR_MS, MINUTE_MS, Instant, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.order import Order
from pos_app.errors import BadInput, NotFound
from pos_app.store import printing
from tests.support.shops import delivery, line, pickup

NOTHING = Prints(slips=False)
TWO_STATIONS = ("Margherita", "Tiramisu")


def add(shop: Shop, folder: Path, prints: Prints) -> int:
    return shop.desk.add_printer(name="P", kind="file", address=str(folder), prints=prints)


def stations(shop: Shop, order: Order) -> list[int]:
    return sorted(ticket.station_id for ticket in order.tickets)


def jobs(shop: Shop, order: Order) -> list[printing.PrintJob]:
    with shop.database.read() as connection:
        return printing.of_order(connection, order.id)


def forms(shop: Shop, order: Order) -> list[tuple[str, bool]]:
    return [(job.what, job.copy) for job in jobs(shop, order)]


def print_all(shop: Shop) -> None:
    """Everything that waits has come out."""
    with shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE print_jobs SET state = 'printed'")


def test_nothing_is_printed_for_the_kitchen_while_its_slips_are_off(
    shop: Shop, tmp_path: Path
) -> None:
    add(shop, tmp_path, Prints())
    order = shop.desk.place(pickup(shop, *TWO_STATIONS)).order
    shop.desk.add_line(order.id, line(shop, "Margherita"))
    assert forms(shop, order) == [("slip", False)]


def test_a_printer_of_one_station_gets_only_its_slips(shop: Shop, tmp_path: Path) -> None:
    probe = shop.desk.place(pickup(shop, *TWO_STATIONS)).order
    first, second = stations(shop, probe)
    one = add(shop, tmp_path, replace(NOTHING, kitchen=True, station_ids=(first,)))
    everything = add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop, *TWO_STATIONS)).order
    found = sorted((job.printer_id, job.station_id) for job in jobs(shop, order))
    assert found == [(one, first), (everything, first), (everything, second)]


def test_the_bag_gets_a_stub_with_the_kitchens_slips(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, Prints(kitchen=True, stubs=True))
    order = shop.desk.place(pickup(shop)).order
    assert forms(shop, order) == [("slip", False), ("kitchen", False), ("stub", False)]


def test_a_later_orders_kitchen_paper_comes_when_it_enters(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    add(shop, tmp_path, Prints(kitchen=True, stubs=True))
    later = replace(pickup(shop), promised_at=Instant(clock.now() + 3 * HOUR_MS))
    order = shop.desk.place(later).order
    assert forms(shop, order) == [("slip", False)]
    shop.desk.kitchen.fire(order.id)
    assert forms(shop, order) == [("slip", False), ("kitchen", False), ("stub", False)]


def test_a_held_orders_kitchen_paper_comes_when_it_is_fired(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(replace(pickup(shop), hold=True)).order
    assert forms(shop, order) == []
    shop.desk.kitchen.hold(order.id, on=False)
    assert forms(shop, order) == [("kitchen", False)]


def test_what_is_fired_a_second_time_is_a_copy(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    print_all(shop)
    shop.desk.kitchen.hold(order.id)
    shop.desk.kitchen.hold(order.id, on=False)
    assert forms(shop, order) == [("kitchen", False), ("kitchen", True)]


def test_all_open_tickets_once_more_are_copies(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    assert shop.desk.evening.print_open() == 1
    assert forms(shop, order) == [("kitchen", False), ("kitchen", True)]


def test_an_edit_prints_only_what_changed_and_no_word_about_a_person(
    shop: Shop, tmp_path: Path
) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    print_all(shop)
    shop.desk.add_line(order.id, line(shop, "Margherita", note="for Olena"))
    shop.desk.kitchen.change_allergy(order.id, "nuts of Iryna")
    [_, added, allergy] = jobs(shop, order)
    assert (added.what, allergy.what) == ("changes", "changes")
    assert '"added"' in added.content
    assert '"allergy"' in allergy.content
    for secret in ("Olena", "Iryna", "nuts"):
        assert secret not in added.content + allergy.content


def test_an_edit_of_a_slip_that_still_waits_is_on_that_slip(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    shop.desk.add_line(order.id, line(shop, "Margherita"))
    assert forms(shop, order) == [("kitchen", False)]


def test_a_new_allergy_brings_a_new_stub_for_the_bag(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, stubs=True))
    order = shop.desk.place(pickup(shop, *TWO_STATIONS)).order
    shop.desk.kitchen.change_allergy(order.id, "nuts")
    assert forms(shop, order) == [("stub", False)]
    print_all(shop)
    shop.desk.kitchen.change_allergy(order.id, "nuts, milk")
    assert forms(shop, order) == [("stub", False), ("stub", True)]


def test_a_cancelled_order_is_taken_back_from_the_kitchen_and_only_once(
    shop: Shop, tmp_path: Path
) -> None:
    add(shop, tmp_path, Prints(kitchen=True, stubs=True))
    heard = shop.desk.place(pickup(shop)).order
    print_all(shop)
    unheard = shop.desk.place(pickup(shop)).order
    shop.desk.cancel(heard.id, "guest left")
    shop.desk.cancel(unheard.id, "guest left")
    assert forms(shop, heard)[3:] == [("changes", False)]
    assert forms(shop, unheard) == []


def test_a_cancelling_that_was_undone_goes_to_the_kitchen_again(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    print_all(shop)
    shop.desk.cancel(order.id, "wrong order")
    print_all(shop)
    shop.desk.undo(order.id)
    assert forms(shop, order) == [("kitchen", False), ("changes", False), ("kitchen", True)]


def test_the_couriers_slip_comes_when_the_bag_is_ready_and_once(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, replace(NOTHING, deliveries=True))
    order = shop.desk.place(delivery(shop)).order
    shop.desk.bump(order.id)
    assert forms(shop, order) == []
    shop.desk.bump(order.id)
    shop.desk.undo(order.id)
    shop.desk.bump(order.id)
    assert forms(shop, order) == [("delivery", False)]


@pytest.mark.parametrize("partner", ["", "Glovo"])
def test_who_fetches_it_himself_gets_no_couriers_slip(
    shop: Shop, tmp_path: Path, partner: str
) -> None:
    add(shop, tmp_path, replace(NOTHING, deliveries=True))
    draft = replace(delivery(shop), partner=partner) if partner else pickup(shop)
    order = shop.desk.place(draft).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert forms(shop, order) == []


def test_a_reprint_is_a_copy(shop: Shop, tmp_path: Path) -> None:
    add(shop, tmp_path, Prints(kitchen=True))
    order = shop.desk.place(pickup(shop)).order
    assert shop.desk.reprint(order.id) == 1
    assert forms(shop, order)[-1] == ("slip", True)


def test_what_a_printer_prints_can_be_changed(shop: Shop, tmp_path: Path) -> None:
    counter = add(shop, tmp_path, Prints())
    kitchen = add(shop, tmp_path, replace(NOTHING, kitchen=True))
    station = shop.desk.setup().menu.stations[0].id
    shop.desk.change_printer(
        kitchen,
        Prints(slips=False, kitchen=True, stubs=True, station_ids=(station,), fallback_id=counter),
    )
    found = {printer.id: printer for printer in shop.desk.setup().printers}[kitchen]
    assert (found.slips, found.kitchen, found.stubs, found.deliveries) == (False, True, True, False)
    assert (found.station_ids, found.fallback_id) == ((station,), counter)
    shop.desk.remove_printer(counter)
    assert shop.desk.setup().printers[0].fallback_id is None


def test_what_cannot_be_printed_is_refused_with_its_field(shop: Shop, tmp_path: Path) -> None:
    counter = add(shop, tmp_path, Prints())
    with pytest.raises(BadInput, match="itself") as refused:
        shop.desk.change_printer(counter, Prints(fallback_id=counter))
    assert refused.value.field == "fallback_id"
    with pytest.raises(BadInput, match="no such station") as refused:
        shop.desk.change_printer(counter, Prints(station_ids=(4711,)))
    assert refused.value.field == "station_ids"
    with pytest.raises(NotFound):
        shop.desk.change_printer(4711, Prints())
    with pytest.raises(NotFound):
        shop.desk.change_printer(counter, Prints(fallback_id=4711))


def test_what_waits_is_told_per_printer(shop: Shop, tmp_path: Path, clock: VirtualClock) -> None:
    counter = add(shop, tmp_path, Prints())
    began = clock.now()
    shop.desk.place(pickup(shop))
    clock.advance(MINUTE_MS)
    shop.desk.place(pickup(shop))
    [queue] = shop.desk.paper_queue.waiting()
    assert (queue.printer.id, queue.waiting, queue.held) == (counter, 2, 0)
    assert (queue.oldest_at, queue.reason) == (began, "")
    with pytest.raises(NotFound):
        shop.desk.paper_queue.print_held(4711)
    with pytest.raises(NotFound):
        shop.desk.paper_queue.drop_held(4711)
