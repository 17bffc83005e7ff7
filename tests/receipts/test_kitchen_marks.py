"""What an edit, a hurry, another day or another printer put on the kitchen's paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.domain.workflow import Kind
from pos_app.receipts import changes_layout, kitchen_layouts, stand_in, to_escpos
from pos_app.receipts.elements import Inverse, Layout
from tests.receipts.jobs import read_job
from tests.receipts.orders import MARGHERITA, STATIONS, TIRAMISU, at, line, order, shop

FRIES = {"en": "Fries", "uk": "Фрі"}
ADDED = TicketChange(ChangeKind.ADDED, 1, FRIES)
VOIDED = TicketChange(ChangeKind.VOIDED, 2, FRIES)
AGAIN = TicketChange(ChangeKind.AGAIN, 1, FRIES)
ALLERGY = TicketChange(ChangeKind.ALLERGY)
NOTE = TicketChange(ChangeKind.NOTE)


def changed(taken: Order, *changes: TicketChange, language: str = "en") -> Layout:
    return changes_layout(taken, 2, changes, STATIONS, shop(language))


def alarms(layout: Layout) -> list[str]:
    return [element.text for element in layout.elements if isinstance(element, Inverse)]


def of_pizza(taken: Order) -> Layout:
    return dict(kitchen_layouts(taken, STATIONS, shop("en")))[2]


def test_an_edit_says_only_what_changed() -> None:
    layout = changed(order(), ADDED, VOIDED)
    assert layout.texts == (
        "Pizza",
        "CHANGED",
        "A43",
        "Pickup · for 19:35",
        "Iryna K.",
        "+1 Fries",
        "−2 Fries",
    )
    assert alarms(layout) == ["CHANGED"]


def test_what_is_made_again_says_why() -> None:
    remade = line(3, FRIES, 95_00, kitchen=FRIES, remake_reason="dropped")
    layout = changed(order(MARGHERITA, remade), AGAIN)
    assert layout.texts[-3:] == ("AGAIN", "1 Fries", "“dropped”")
    assert alarms(layout) == ["CHANGED", "AGAIN"]
    assert "AGAIN: dropped" in of_pizza(order(MARGHERITA, remade)).texts


def test_allergy_and_note_are_said_as_they_are_when_the_slip_is_printed() -> None:
    now = changed(order(allergy="nuts, milk", note="ring twice"), ALLERGY, NOTE)
    assert alarms(now) == ["CHANGED", "ALLERGY now: nuts, milk"]
    assert now.texts[-1] == "Note now: “ring twice”"
    gone = changed(order(), ALLERGY, NOTE)
    assert alarms(gone) == ["CHANGED", "No allergy any more"]
    assert gone.texts[-1] == "No note any more"


def test_an_allergy_stands_on_every_slip_of_changes() -> None:
    assert "ALLERGY: nuts" in alarms(changed(order(allergy="nuts"), ADDED))


def test_a_station_that_has_nothing_left_still_hears_what_was_taken_away() -> None:
    layout = changes_layout(order(MARGHERITA), 1, (VOIDED,), STATIONS, shop("en"))
    assert layout.texts[0] == "Grill"
    assert "−2 Fries" in layout.texts


def test_a_cancelled_order_says_so_above_everything() -> None:
    ended = order(kind=Kind.CANCELLED)
    assert changed(ended).texts[:3] == ("CANCELLED", "Pizza", "A43")
    assert "CHANGED" not in changed(ended).texts
    assert of_pizza(ended).texts[0] == "CANCELLED"


def test_first_later_and_whose_rider_comes_stand_on_the_kitchens_slip() -> None:
    hurried = of_pizza(order(rush=True, partner="Glovo"))
    assert alarms(hurried) == ["FIRST"]
    assert "Glovo" in hurried.texts
    later = of_pizza(order(enters_at=at(19, 30), promised_at=at(19, 50)))
    assert "LATER · for 19:50" in later.texts
    assert "Pickup" in later.texts


def test_what_is_made_already_is_ticked() -> None:
    layout = of_pizza(order(replace(MARGHERITA, made_at=at(19, 10)), TIRAMISU))
    assert "2 Margh. L ✓" in layout.texts


def test_on_another_printer_the_meant_one_stands_on_top() -> None:
    layout = stand_in(of_pizza(order()), shop("en"), "Kitchen\x1b@")
    assert layout.texts[0] == "For printer: Kitchen@"
    assert layout.texts[1:] == of_pizza(order()).texts


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("width_mm", [58, 80])
def test_every_mark_comes_out_of_a_print_head(language: str, width_mm: int) -> None:
    paper = shop(language, width_mm)
    taken = order(rush=True, allergy="nuts", enters_at=at(19, 30), note="x" * 200)
    changes = (ADDED, VOIDED, AGAIN, ALLERGY, NOTE)
    layout = changes_layout(taken, 2, changes, STATIONS, paper, copy=True)
    picture = read_job(to_escpos(stand_in(layout, paper, "Kitchen"))).picture
    assert picture.width == {58: 384, 80: 576}[width_mm]
