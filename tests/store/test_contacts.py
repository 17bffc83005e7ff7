"""Where a guest can be reached beside his phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from pos_app.bootstrap import Shop
from pos_app.errors import BadInput, NotFound
from pos_app.store import messages
from pos_app.store.tables import messages as rows
from tests.support.shops import open_test_shop, pickup


def address_of(shop: Shop, order_id: int, channel: str) -> str:
    """Where the order's text would go if it left by `channel`."""
    with shop.database.write() as connection:
        [message] = messages.of_orders(connection, [order_id])[order_id]
        connection.execute(update(rows).where(rows.c.id == message.id).values(channel=channel))
        found = messages.get(connection, message.id)
    assert found is not None
    return found.address


def test_a_message_knows_the_address_of_its_own_channel(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        order = shop.desk.place(pickup(shop)).order
        shop.desk.bump(order.id)
        shop.desk.bump(order.id)
        assert order.people_id is not None
        assert address_of(shop, order.id, "sms") == "+380671234567"
        assert address_of(shop, order.id, "mail") == ""
        wishes = shop.desk.wishes
        first = wishes.add_contact(order.people_id, "mail", "old@example.com")
        wishes.add_contact(order.people_id, "mail", "new@example.com")
        assert address_of(shop, order.id, "mail") == "new@example.com"
        assert wishes.add_contact(order.people_id, "mail", "old@example.com") == first
        other = shop.desk.place(pickup(shop)).order
        wishes.add_contact(order.people_id, "telegram", "4711", other.id)
        assert address_of(shop, order.id, "telegram") == "", "that chat is about another order"
        assert wishes.remove_contact(first)
        assert not wishes.remove_contact(first)
        assert [c.address for c in wishes.contacts(order.people_id)] == ["new@example.com", "4711"]


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        order = shop.desk.place(pickup(shop)).order
        assert order.people_id is not None
        with pytest.raises(BadInput, match="stands with the guest"):
            shop.desk.wishes.add_contact(order.people_id, "sms", "+380501112233")
        with pytest.raises(BadInput):
            shop.desk.wishes.add_contact(order.people_id, "mail", "  ")
        with pytest.raises(NotFound):
            shop.desk.wishes.add_contact(99, "mail", "a@example.com")


def test_contacts_are_told_to_the_guest_and_forgotten_with_him(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        order = shop.desk.place(pickup(shop)).order
        assert order.people_id is not None
        shop.desk.wishes.add_contact(order.people_id, "telegram", "4711")
        told = shop.desk.privacy.export("+380671234567")
        assert [one["address"] for one in told["reached_at"]] == ["4711"]
        shop.desk.cancel(order.id, "test")
        shop.desk.privacy.erase("+380671234567")
        assert shop.desk.wishes.contacts(order.people_id) == []
