"""Edits reach the stations that have the ticket: CHANGED on screen, a delta slip on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.domain.order import ChangeKind
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, NotFound, Refused
from pos_app.lanes.sync import sync_once
from tests.desk.kitchen import (
    events,
    journal_words,
    kitchen_printer,
    last_payload,
    now,
    slips,
    texts,
)
from tests.support import shops
from tests.support.shops import pickup


def told(shop: Shop, order_id: int) -> dict[int, list[tuple[str, int, str]]]:
    return {
        t.station_id: [(c.kind.value, c.quantity, c.kitchen.get("en", "")) for c in t.changes]
        for t in now(shop, order_id).tickets
    }


def test_an_added_dish_is_told_to_its_station_only(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    first, second = (t.station_id for t in order.tickets)
    shop.desk.add_line(order.id, shops.line(shop, "Margherita", 2, "extra basil", "large"))
    assert told(shop, order.id) == {
        first: [("added", 2, "Margherita, LARGE, + basil")],
        second: [],
    }


def test_an_added_dish_brings_its_note(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    after = shop.desk.add_line(order.id, shops.line(shop, "Margherita", note="no basil"))
    assert [change.text for change in after.unseen_changes] == ["no basil"]


def test_a_ready_order_that_gets_a_dish_is_not_ready_and_says_what_changed(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    after = shop.desk.add_line(order.id, shops.line(shop, "Tiramisu"))
    assert after.kind is Kind.PREPARING
    assert [(c.kind, c.quantity) for c in after.unseen_changes] == [(ChangeKind.ADDED, 1)]


def test_a_voided_dish_is_told_to_its_station(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Margherita")).order
    shop.desk.void_line(order.id, 2)
    (changes,) = told(shop, order.id).values()
    assert changes == [("voided", 1, "Margherita")]


def test_a_station_that_loses_its_last_dish_hears_it_on_paper(shop: Shop, tmp_path: Path) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    sync_once(shop)
    gone = order.tickets[1].station_id
    after = shop.desk.void_line(order.id, 2)
    assert [t.station_id for t in after.tickets] == [order.tickets[0].station_id]
    assert slips(shop, order.id)[-1] == ("changes", gone)


def test_a_note_is_told_to_every_station(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    after = shop.desk.kitchen.change_note(order.id, "cut in eight")
    assert after.note == "cut in eight"
    assert [[c.text for c in t.changes] for t in after.tickets] == [["cut in eight"]] * 2


def test_too_long_words_name_their_field(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    for change, field in (
        (shop.desk.kitchen.change_allergy, "allergy"),
        (shop.desk.kitchen.change_note, "note"),
        (shop.desk.kitchen.ask_counter, "question"),
    ):
        with pytest.raises(BadInput) as refused:
            change(order.id, "x" * 501)
        assert refused.value.field == field


def test_a_dish_of_an_order_that_has_ended_is_not_marked_any_more(shop: Shop) -> None:
    """A cook's finger that meets a card in the moment in which the counter takes it back."""
    order = shop.desk.place(pickup(shop)).order
    shop.desk.undo(order.id)
    before = shop.desk.timeline(order.id)
    with pytest.raises(Refused, match="has ended") as refused:
        shop.desk.check_off(order.id, order.lines[0].id, True)
    assert refused.value.hint == "A cancelled order is placed again."
    assert shop.desk.timeline(order.id) == before


def test_a_dish_made_again_keeps_dish_price_and_promise(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert texts(shop, order.id) == [("ready", "waiting", "")]
    old = order.lines[0]
    after = shop.desk.kitchen.make_again(order.id, old.id, "dropped")
    new = after.lines[-1]
    assert (after.total, after.promised_at) == (order.total, order.promised_at)
    assert (new.replaces, new.remake_reason, new.unit_price) == (old.id, "dropped", old.unit_price)
    assert [line.voided_at is None for line in after.lines] == [False, True, True]
    assert after.kind is Kind.PREPARING
    assert sorted(t.kind for t in after.tickets) == [Kind.PREPARING, Kind.READY]
    assert [(c.kind, c.text) for c in after.unseen_changes] == [(ChangeKind.AGAIN, "dropped")]
    assert texts(shop, order.id) == [("ready", "cancelled", "order changed")]
    assert "dropped" not in journal_words(shop)


def test_made_again_is_in_the_journal_by_its_numbers(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.make_again(order.id, order.lines[0].id, "burnt")
    assert last_payload(shop, order.id) == {"no": 2, "replaces": 1, "total": order.total}


def test_a_sold_out_dish_can_still_be_made_again(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.mark_sold_out(order.lines[0].dish_id, True)
    again = shop.desk.kitchen.make_again(order.id, order.lines[0].id, "burnt")
    assert again.open_lines[0].dish_id == order.lines[0].dish_id


def test_making_again_needs_a_reason_a_line_and_a_kitchen(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    line_id = order.lines[0].id
    with pytest.raises(BadInput, match="Say why"):
        shop.desk.kitchen.make_again(order.id, line_id, " ")
    with pytest.raises(NotFound):
        shop.desk.kitchen.make_again(order.id, 999, "burnt")
    for _ in range(3):
        shop.desk.bump(order.id)
    with pytest.raises(Refused, match="left the kitchen"):
        shop.desk.kitchen.make_again(order.id, line_id, "cold")


def test_undo_of_the_bump_before_an_edit_keeps_the_edit(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.kitchen.change_note(order.id, "no salt")
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.note) == (Kind.ACCEPTED, "no salt")
    assert len(undone.unseen_changes) == 1
    assert events(shop, order.id)[-1] == "undone"
