"""The second consent: offers, asked apart from the texts about an order."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from tests.support.window import Till


def test_offers_are_asked_apart_and_unticked(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("phone")
    assert not till.sees("offers"), "there is no number yet"
    till.type("0671234567")
    till.tap("offers")
    till.tap("phone_done")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")
    card = till.shop.desk.order(till.shop.desk.find("A1"))
    assert card is not None
    assert card.order.people_id is not None
    consents = till.shop.desk.consents(card.order.people_id)
    assert [(c.kind.value, c.given, c.wording) for c in consents] == [
        ("offers", True, "May we text you our offers?")
    ]
    till.tap("next_order")
    till.tap("phone")
    till.type("0671234567")
    till.wait(lambda: "takes offers" in till.text("known_guest"), "recalled")
    tick = till.find("offers")
    assert isinstance(tick, QAbstractButton)
    assert tick.isChecked()
    till.tap("offers")
    till.tap("phone_done")
    till.tap("tile:Margherita")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")
    assert [c.given for c in till.shop.desk.consents(card.order.people_id)] == [True, False]
