"""What has to be noticed before a ticket goes on: allergy, changes, hold, first, a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from pos_app.bootstrap import Shop
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, Phase
from pos_app.wire.snapshots import CANCEL_ASKED, Action
from tests.support.board_shop import line
from tests.ui.board.kitchen import Kitchen, place
from ui.board.content import Act
from ui.board.layout import CardLayout

OpenBoard = Callable[..., Kitchen]


def order_of(shop: Shop, order_id: int) -> Order:
    card = shop.desk.order(order_id)
    assert card is not None
    return card.order


def act(board: Kitchen, order_id: int) -> Act:
    button = board.card(order_id).content.button
    assert button is not None
    return button.act


def chips(board: Kitchen, order_id: int) -> list[str]:
    return [chip.text for chip in board.card(order_id).content.chips]


def texts(card: CardLayout) -> list[str]:
    return [piece.text for piece in card.pieces]


def test_an_allergy_is_seen_before_anything_is_started(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, allergy="nuts")
    board = open_board(shop)
    assert act(board, order_id) is Act.SEE
    assert "ALLERGY: nuts" in texts(board.card(order_id))
    board.tap_button(order_id)
    board.wait(lambda: act(board, order_id) is Act.BUMP)
    assert order_of(shop, order_id).allergy_seen_at == shop.clock.now()
    assert board.kind(order_id) is Kind.ACCEPTED
    board.calm()
    board.tap_button(order_id)
    board.wait(lambda: board.phase(order_id) is Phase.IN_KITCHEN)


def test_an_allergy_that_was_edited_alarms_again(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, allergy="nuts")
    shop.desk.kitchen.see(order_id)
    board = open_board(shop)
    assert act(board, order_id) is Act.BUMP
    board.tap_head(order_id)
    board.press("more")
    board.press("allergy")
    board.type("allergy_text", "nuts, milk")
    board.press("allergy_keep")
    board.wait(lambda: board.card(order_id).content.allergy == "ALLERGY: nuts, milk")
    assert act(board, order_id) is Act.SEE


def test_a_station_sees_the_allergy_for_itself(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "burger", "margherita", allergy="nuts")
    shop.desk.kitchen.see(order_id, shop.desk.setup().menu.stations[1].id)
    board = open_board(shop)
    board.press("station:1")
    board.wait(lambda: len(board.card(order_id).content.lines) == 1)
    assert act(board, order_id) is Act.SEE
    board.press("station:2")
    board.wait(lambda: board.card(order_id).content.station_id == 2)
    assert act(board, order_id) is Act.BUMP


def test_a_changed_order_says_what_changed_until_it_is_seen(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop, "margherita", "pepperoni")
    shop.desk.bump(order_id)
    board = open_board(shop)
    shop.desk.add_line(order_id, line(shop, "fries"))
    shop.desk.void_line(order_id, 2)
    board.wait(lambda: len(board.card(order_id).content.changes) == 2)
    board.calm()
    assert set(board.card(order_id).content.changes) == {"+1 Fries", "−1 Pepperoni"}
    assert "CHANGED" in texts(board.card(order_id))
    assert act(board, order_id) is Act.SEE
    board.tap_button(order_id)
    board.wait(lambda: board.card(order_id).content.changes == ())
    assert act(board, order_id) is Act.BUMP


def test_a_dish_made_again_says_why(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "burger", "fries")
    shop.desk.bump(order_id)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("again")
    board.press("again:1")
    board.press("reason:burnt")
    board.wait(lambda: board.card(order_id).content.changes != ())
    assert board.card(order_id).content.changes == ("AGAIN Burger, medium: burnt",)
    said = {text.dish: text.again for text in board.card(order_id).content.lines}
    assert said == {"Fries": "", "Burger, medium": "AGAIN: burnt"}


def test_a_held_order_is_fired_with_its_button(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, hold=True)
    board = open_board(shop)
    assert board.card(order_id).content.held
    assert "HOLD" in chips(board, order_id)
    assert act(board, order_id) is Act.FIRE
    board.tap_button(order_id)
    board.wait(lambda: not board.card(order_id).content.held)
    assert act(board, order_id) is Act.BUMP
    assert order_of(shop, order_id).held_at is None


def test_what_goes_first_is_put_in_front_and_marked(shop: Shop, open_board: OpenBoard) -> None:
    place(shop)
    second = place(shop)
    board = open_board(shop)
    board.tap_head(second)
    board.press("first")
    model = board.screen.columns.column(Phase.NEW).model
    board.wait(lambda: model.slots[0].order_id == second)
    assert chips(board, second)[0] == "FIRST"


def test_a_question_stands_on_the_card_until_it_is_answered(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("ask")
    board.press("ask:0")
    board.wait(lambda: "?" in chips(board, order_id))
    assert board.card(order_id).content.asked == "Asked: We are out of it. What instead?"
    assert board.said[-1].title == "The counter is asked about A1"
    shop.desk.kitchen.answer(order_id, "")
    board.wait(lambda: "?" not in chips(board, order_id))


def test_a_typed_question_is_not_lost_when_the_order_changes(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("ask")
    board.type("ask_text", "Thin or thick?")
    shop.desk.kitchen.give_minutes(order_id)
    board.wait(lambda: board.card(order_id).content.under.endswith("20:07"))
    board.calm()
    board.press("ask_keep")
    board.wait(lambda: order_of(shop, order_id).question == "Thin or thick?")


def asks_to_cancel(shop: Shop, order_id: int) -> None:
    """What the guest's page would have sent."""
    action = Action("0" * 32, 1, CANCEL_ASKED, order_of(shop, order_id).uid, shop.clock.now())
    shop.desk.apply_action(action)


@pytest.mark.parametrize(
    ("answer", "kind"), [("cancel_asked", Kind.CANCELLED), ("cooking_on", Kind.ACCEPTED)]
)
def test_a_guest_who_asks_to_cancel_is_answered(
    shop: Shop, open_board: OpenBoard, answer: str, kind: Kind
) -> None:
    order_id = place(shop)
    board = open_board(shop)
    asks_to_cancel(shop, order_id)
    board.wait(lambda: "asks to cancel" in chips(board, order_id))
    board.calm()
    board.tap_head(order_id)
    board.press(answer)
    board.wait(lambda: order_of(shop, order_id).cancel_asked_at is None or kind is Kind.CANCELLED)
    board.wait(lambda: board.kind(order_id) is kind)


def test_a_page_of_the_details_does_not_take_the_same_touch_twice(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop, "burger", "fries")
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("again")
    board.press("again:1")
    button = board.button("reason:dropped")
    QTest.mouseClick(button, board.left)
    board.calm()
    assert board.card(order_id).content.changes == ()
    board.press("reason:dropped")
    board.wait(lambda: board.card(order_id).content.changes != ())


def test_a_dish_is_sold_out_from_the_board(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "poke")
    poke = order_of(shop, order_id).open_lines[0].dish_id
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("more")
    board.press("sold_out")
    board.press(f"sold_out:{poke}")
    board.wait(lambda: any(d.sold_out for d in shop.desk.setup().menu.dishes if d.id == poke))
    board.wait(lambda: board.said != [])
    assert board.said[-1].title == "Poke, salmon is sold out"


def test_an_order_is_held_and_given_five_minutes_more(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    before = order_of(shop, order_id).promised_at
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("minutes")
    board.wait(lambda: order_of(shop, order_id).promised_at == before + 5 * 60_000)
    board.calm()
    board.press("hold")
    board.wait(lambda: board.card(order_id).content.held)
