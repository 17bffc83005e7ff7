"""*Seen*: an allergy and an edit are read by a person before the kitchen goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.domain.order import ChangeKind, Draft
from pos_app.domain.workflow import Kind
from pos_app.errors import NotFound, Refused
from tests.desk.kitchen import events, journal_words, last_payload, now, ticket
from tests.support.shops import line, pickup


def with_nuts(shop: Shop, *dishes: str) -> Draft:
    return replace(pickup(shop, *dishes), allergy="nuts")


def test_the_pass_bumps_an_allergy_only_after_seen(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop)).order
    assert order.unseen_allergy
    with pytest.raises(Refused, match=r"Allergy on order A1.*Tap Seen first"):
        shop.desk.bump(order.id)
    assert not shop.desk.kitchen.see(order.id).unseen_allergy
    assert shop.desk.bump(order.id).order.kind is Kind.PREPARING


def test_each_station_taps_seen_for_itself(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop, "Margherita", "Tiramisu")).order
    first, second = (t.station_id for t in order.tickets)
    seen = shop.desk.kitchen.see(order.id, first)
    assert seen.unseen_allergy, "a station does not speak for the pass"
    assert shop.desk.bump(order.id, station_id=first).moved
    with pytest.raises(Refused, match="Allergy"):
        shop.desk.bump(order.id, station_id=second)
    with pytest.raises(Refused, match="Allergy"):
        shop.desk.bump(order.id)


def test_the_pass_speaks_for_all_stations(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop, "Margherita", "Tiramisu")).order
    seen = shop.desk.kitchen.see(order.id)
    assert all(t.allergy_seen_at is not None for t in seen.tickets)
    assert shop.desk.bump(order.id, station_id=seen.tickets[1].station_id).moved


def test_seen_is_written_down_once_with_what_was_seen(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop, "Margherita", "Tiramisu")).order
    station_id = ticket(order).station_id
    shop.desk.kitchen.see(order.id, station_id)
    assert last_payload(shop, order.id) == {
        "station_id": station_id,
        "allergy": True,
        "changes": 0,
    }
    shop.desk.kitchen.see(order.id, station_id)
    assert events(shop, order.id).count("seen") == 1
    shop.desk.kitchen.see(order.id)
    shop.desk.kitchen.see(order.id)
    assert events(shop, order.id).count("seen") == 2


def test_nothing_to_see_is_no_event(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    assert shop.desk.kitchen.see(order.id) == order
    assert events(shop, order.id) == ["order_placed"]


def test_a_station_without_a_ticket_has_nothing_to_see(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop)).order
    with pytest.raises(NotFound):
        shop.desk.kitchen.see(order.id, 9999)


def test_another_allergy_alarms_everybody_again(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop, "Margherita", "Tiramisu")).order
    shop.desk.kitchen.see(order.id)
    shop.desk.bump(order.id)
    changed = shop.desk.kitchen.change_allergy(order.id, " nuts and milk ")
    assert changed.allergy == "nuts and milk"
    assert changed.unseen_allergy
    assert [t.allergy_seen_at for t in changed.tickets] == [None, None]
    assert [[(c.kind, c.text) for c in t.changes] for t in changed.tickets] == [
        [(ChangeKind.ALLERGY, "nuts and milk")]
    ] * 2
    with pytest.raises(Refused, match="Allergy"):
        shop.desk.bump(order.id)
    seen = shop.desk.kitchen.see(order.id)
    assert seen.unseen_changes == ()
    assert shop.desk.bump(order.id).order.kind is Kind.READY


def test_an_allergy_that_is_taken_away_still_has_to_be_seen(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop)).order
    shop.desk.kitchen.see(order.id)
    shop.desk.bump(order.id)
    gone = shop.desk.kitchen.change_allergy(order.id, "")
    assert not gone.unseen_allergy
    with pytest.raises(Refused, match="has changed"):
        shop.desk.bump(order.id)


def test_only_the_newest_allergy_and_note_are_told(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    for text in ("milk", "eggs"):
        shop.desk.kitchen.change_allergy(order.id, text)
        shop.desk.kitchen.change_note(order.id, f"no {text}")
    told = [(c.kind, c.text) for c in now(shop, order.id).unseen_changes]
    assert told == [(ChangeKind.ALLERGY, "eggs"), (ChangeKind.NOTE, "no eggs")]


def test_the_same_words_are_no_edit(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop)).order
    shop.desk.kitchen.change_allergy(order.id, "nuts")
    shop.desk.kitchen.change_note(order.id, "")
    assert events(shop, order.id) == ["order_placed"]


def test_a_changed_ticket_is_not_called_ready_before_it_was_seen(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.add_line(order.id, line(shop, "Margherita"))
    station_id = ticket(order).station_id
    assert shop.desk.bump(order.id, station_id=station_id).order.kind is Kind.PREPARING
    for at in (station_id, None):
        with pytest.raises(Refused, match=r"Order A1 has changed.*Tap Seen first"):
            shop.desk.bump(order.id, station_id=at)
    shop.desk.kitchen.see(order.id, station_id)
    assert shop.desk.bump(order.id, station_id=station_id).order.kind is Kind.READY


def test_the_second_tap_on_an_old_card_is_no_refusal(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id, from_entry=order.entry)
    shop.desk.kitchen.change_allergy(order.id, "milk")
    assert not shop.desk.bump(order.id, from_entry=order.entry).moved


def test_what_is_with_the_courier_is_not_stopped_by_an_allergy(shop: Shop) -> None:
    from tests.support.shops import delivery

    order = shop.desk.place(delivery(shop)).order
    for _ in range(3):
        shop.desk.bump(order.id)
    changed = shop.desk.kitchen.change_allergy(order.id, "milk")
    assert changed.unseen_changes == ()
    assert shop.desk.bump(order.id).order.kind is Kind.DELIVERED
    with pytest.raises(Refused, match="has ended"):
        shop.desk.kitchen.change_allergy(order.id, "eggs")


def test_the_journal_never_says_what_the_allergy_is(shop: Shop) -> None:
    order = shop.desk.place(with_nuts(shop)).order
    shop.desk.kitchen.see(order.id)
    shop.desk.kitchen.change_allergy(order.id, "shellfish")
    shop.desk.kitchen.change_note(order.id, "birthday")
    words = journal_words(shop)
    assert not [word for word in ("nuts", "shellfish", "birthday") if word in words]
