"""A card number that somebody dictates never reaches the store, whichever door it came by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos_app.domain.order import Address, LineDraft
from tests.support.shops import delivery, line, open_test_shop

CARD = "4111 1111 1111 1111"
MASKED = "**** **** **** 1111"


def test_no_text_of_an_order_keeps_a_card_number(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        asked = delivery(shop)
        spoken = replace(
            asked,
            lines=(line(shop, "Margherita", note=CARD),),
            customer=replace(asked.customer, name=f"Iryna {CARD}"),
            address=Address(f"Franka 12, {CARD}", note=CARD),
            note=CARD,
            allergy=CARD,
            tags=(CARD,),
            partner=CARD,
        )
        placed = shop.desk.place(spoken).order
        assert placed.note == placed.allergy == placed.lines[0].note == MASKED
        assert placed.tags == (MASKED,)
        assert placed.partner == MASKED
        assert placed.customer.name == f"Iryna {MASKED}"
        assert placed.address == Address(f"Franka 12, {MASKED}", note=MASKED)
        again = LineDraft(placed.lines[0].dish_id, 1, note=CARD)
        assert shop.desk.add_line(placed.id, again).lines[1].note == MASKED
        kitchen = shop.desk.kitchen
        assert kitchen.change_allergy(placed.id, f"nuts {CARD}").allergy == f"nuts {MASKED}"
        assert kitchen.change_note(placed.id, f"new {CARD}").note == f"new {MASKED}"
        assert kitchen.ask_counter(placed.id, CARD).question == MASKED
        assert kitchen.answer(placed.id, CARD).note == f"new {MASKED}; {MASKED} – {MASKED}"
        remade = kitchen.make_again(placed.id, placed.lines[0].id, CARD)
        assert remade.lines[-1].remake_reason == MASKED
        assert shop.desk.cancel(placed.id, CARD).cancel_reason == MASKED
    stored = b"".join(f.read_bytes() for f in (tmp_path / "shop").iterdir() if f.is_file())
    assert CARD.encode() not in stored


def test_a_table_is_masked_and_a_reference_is_not(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        asked = replace(delivery(shop), table=CARD, ref="4111111111111111")
        placed = shop.desk.place(asked).order
        assert placed.table == MASKED
        assert placed.ref == "4111111111111111"
        assert not shop.desk.place(asked).created
