"""A guest asks to be forgotten: no byte of him is left, and every report stays as it was."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Shop, enrol_for_port
from pos_app.clock import VirtualClock
from pos_app.errors import NotFound, Refused
from pos_app.insights.day import yesterday
from pos_app.store import erasure_list, journal, links, sites
from tests.support.marked import PHONE, WORDS, hits, live_through
from tests.support.shops import open_test_shop, pickup

DAY = "2026-11-23"


def numbers(told: Any) -> Any:
    """A report without the words about guests in it."""
    if isinstance(told, dict):
        return {
            key: numbers(v) for key, v in told.items() if key not in ("name", "reason", "table")
        }
    if isinstance(told, (list, tuple)):
        return [numbers(one) for one in told]
    return told


def test_an_erased_guest_is_in_no_byte_of_the_folder(tmp_path: Path, clock: VirtualClock) -> None:
    data = tmp_path / "data"
    with open_test_shop(data, clock=clock) as shop:
        live_through(shop, clock)
        done = shop.desk.privacy.erase(PHONE)
        assert (done.people, done.orders, done.is_clean) == (1, 2, True)
        assert hits(data) == {}, "while the shop is open"
        assert shop.desk.check().problems == ()
    assert hits(data) == {}, "and when it is closed"


def test_without_erasing_every_word_is_found(tmp_path: Path, clock: VirtualClock) -> None:
    data = tmp_path / "data"
    with open_test_shop(data, clock=clock) as shop:
        live_through(shop, clock)
    found = set().union(*hits(data).values())
    assert found == {*WORDS, PHONE, PHONE[1:]}


def test_reports_stay_as_they_were(shop: Shop, clock: VirtualClock) -> None:
    live_through(shop, clock)
    shop.desk.place(pickup(shop))
    before = yesterday(shop.database, DAY)
    shop.desk.privacy.erase(PHONE)
    after = yesterday(shop.database, DAY)
    assert numbers(asdict(after)) == numbers(asdict(before))
    assert len(after.remade) == 1
    assert "Zinovija-Name" in str(before)
    assert "Zinovija-Name" not in str(after)


def test_a_guest_with_an_open_order_is_not_erased(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, phone=PHONE)).order
    with pytest.raises(Refused, match=order.number):
        shop.desk.privacy.erase(PHONE)
    shop.desk.cancel(order.id, "not wanted")
    assert shop.desk.privacy.erase(PHONE).orders == 1
    with pytest.raises(NotFound):
        shop.desk.privacy.erase(PHONE)


def test_others_keep_their_words(shop: Shop, clock: VirtualClock) -> None:
    live_through(shop, clock)
    other = shop.desk.place(pickup(shop)).order
    shop.desk.privacy.erase(PHONE)
    card = shop.desk.order(other.id)
    assert card is not None
    assert card.order.customer.name == "Iryna"


def test_a_forgotten_guest_who_comes_again_is_a_new_one(shop: Shop, clock: VirtualClock) -> None:
    orders = live_through(shop, clock)
    shop.desk.privacy.erase(PHONE)
    again = shop.desk.place(pickup(shop, phone=PHONE)).order
    assert again.people_id != orders[0].people_id
    acquaintance = shop.desk.acquaintance(PHONE)
    assert acquaintance is not None
    assert acquaintance.orders == 1


def test_the_journal_and_the_list_say_who_by_numbers_only(shop: Shop, clock: VirtualClock) -> None:
    live_through(shop, clock)
    shop.desk.privacy.erase(PHONE)
    with shop.database.read() as connection:
        (event,) = [e for e in journal.after(connection, 0) if e.kind == "customer_erased"]
    assert event.payload == {"people_ids": [1], "orders": 2}
    file = erasure_list.file_of(shop.database.file)
    assert re.fullmatch(r"[0-9a-f]{64} \d+\n", file.read_text("ascii"))
    assert file.stat().st_mode & 0o077 == 0


def test_an_older_store_that_comes_back_forgets_him_again(
    tmp_path: Path, clock: VirtualClock
) -> None:
    data = tmp_path / "data"
    with open_test_shop(data, clock=clock) as shop:
        live_through(shop, clock)
    older = (data / "store.sqlite").read_bytes()
    with open_test_shop(data, clock=clock) as shop:
        shop.desk.privacy.erase(PHONE)
    (data / "store.sqlite").write_bytes(older)
    assert hits(data)
    with open_test_shop(data, clock=clock) as shop:
        assert shop.desk.privacy.repeat_erasures() == 1
        assert shop.desk.privacy.clean()
        assert shop.desk.privacy.repeat_erasures() == 0
    assert hits(data) == {}


def test_the_links_of_an_erased_guest_end_and_his_pages_follow(
    shop: Shop, clock: VirtualClock
) -> None:
    enrol_for_port(shop, 8123)
    orders = live_through(shop, clock)
    with shop.database.write() as connection:
        sites.pushed(connection, sites.due_pages(connection, 100))
    shop.desk.privacy.erase(PHONE)
    with shop.database.read() as connection:
        due = [order_id for order_id, _ in sites.due_pages(connection, 100)]
        ends = links.of_orders(connection, due)
    assert sorted(due) == [order.id for order in orders]
    assert all(link.revoked for found in ends.values() for link in found)
