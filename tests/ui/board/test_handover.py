"""Handing over: unpaid orders, parts, counter-made dishes, couriers, riders, other ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos_app.bootstrap import Shop
from pos_app.domain.money import show
from pos_app.domain.order import Address, Order, PaymentDraft
from pos_app.domain.staff import Rights, Role
from pos_app.domain.workflow import Fulfilment, Kind, Phase
from tests.support.shift import courier
from tests.ui.board.kitchen import Kitchen, place
from ui import rights

OpenBoard = Callable[..., Kitchen]
CASH_LATER = PaymentDraft("cash", paid=False, change_from=100_000)


def order_of(shop: Shop, order_id: int) -> Order:
    card = shop.desk.order(order_id)
    assert card is not None
    return card.order


def ready(shop: Shop, *dishes: str, **more: object) -> int:
    order_id = place(shop, *dishes, **more)  # type: ignore[arg-type]
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    return order_id


def delivery(shop: Shop, **more: object) -> int:
    address = Address("вул. Франка, 12")
    return ready(shop, fulfilment=Fulfilment.DELIVERY, address=address, **more)


def chips(board: Kitchen, order_id: int) -> list[str]:
    return [chip.text for chip in board.card(order_id).content.chips]


def label(board: Kitchen, order_id: int) -> str:
    button = board.card(order_id).content.button
    assert button is not None
    return button.label


@pytest.mark.parametrize(("way", "paid"), [("cash", 22_000), ("card", 22_000), ("unpaid", 0)])
def test_an_unpaid_order_is_given_out_with_one_more_tap(
    shop: Shop, open_board: OpenBoard, way: str, paid: int
) -> None:
    order_id = ready(shop, payment=CASH_LATER)
    board = open_board(shop)
    assert chips(board, order_id) == ["TO PAY 220 ₴", f"change from {show(100_000, 'UAH', 'en')}"]
    board.tap_button(order_id)
    board.wait(board.screen.questions.pay.isVisible)
    assert board.kind(order_id) is Kind.READY
    board.press(f"pay_bar:{way}")
    board.wait(lambda: board.kind(order_id) is Kind.PICKED_UP)
    assert order_of(shop, order_id).paid == paid
    board.wait(lambda: board.phase(order_id) is None)
    assert not board.screen.questions.pay.isVisible()


def test_not_yet_leaves_the_order_where_it_is(shop: Shop, open_board: OpenBoard) -> None:
    order_id = ready(shop)
    board = open_board(shop)
    board.tap_button(order_id)
    board.press("pay_bar:not_yet")
    assert not board.screen.questions.pay.isVisible()
    assert board.kind(order_id) is Kind.READY
    board.calm()
    board.tap_button(order_id)
    board.wait(board.screen.questions.pay.isVisible)


def test_the_question_holds_up_no_other_ticket(shop: Shop, open_board: OpenBoard) -> None:
    asked, other, cooking = ready(shop), ready(shop), place(shop)
    board = open_board(shop)
    board.tap_button(asked)
    before = [board.place(order_id) for order_id in (asked, other)]
    board.wait(board.screen.questions.pay.isVisible)
    board.calm()
    assert [board.place(order_id) for order_id in (asked, other)] == before
    board.tap_button(cooking)
    board.wait(lambda: board.phase(cooking) is Phase.IN_KITCHEN)
    assert board.screen.questions.pay.isVisible()


def test_a_wet_finger_does_not_answer_the_question_it_has_just_raised(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = ready(shop)
    board = open_board(shop)
    board.tap_button(order_id)
    board.wait(board.screen.questions.pay.isVisible)
    board.button("pay_bar:unpaid").click()
    board.wait(lambda: not board.background.busy)
    assert board.kind(order_id) is Kind.READY
    board.rest()
    board.button("pay_bar:unpaid").click()
    board.wait(lambda: board.kind(order_id) is Kind.PICKED_UP)


def test_the_question_goes_when_the_counter_has_taken_the_money(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = ready(shop)
    board = open_board(shop)
    board.tap_button(order_id)
    board.wait(board.screen.questions.pay.isVisible)
    shop.desk.pay(order_id, "card")
    board.wait(lambda: not board.screen.questions.pay.isVisible())
    assert chips(board, order_id) == ["PAID"]


def test_our_own_courier_takes_the_money_at_the_door(shop: Shop, open_board: OpenBoard) -> None:
    order_id = delivery(shop)
    oleh = courier(shop)
    shop.desk.dispatch.assign([order_id], oleh)
    board = open_board(shop)
    assert board.card(order_id).content.under.startswith("Delivery · Oleh · ")
    board.tap_button(order_id)
    board.wait(lambda: board.phase(order_id) is Phase.ON_THE_WAY)
    assert board.card(order_id).content.under.startswith("Oleh · for ")
    assert order_of(shop, order_id).due > 0


def test_a_platform_s_rider_fetches_his_order(shop: Shop, open_board: OpenBoard) -> None:
    order_id = delivery(shop, partner="Glovo", payment=PaymentDraft("online", paid=True))
    board = open_board(shop)
    assert board.card(order_id).content.under.startswith("Glovo · ")
    assert label(board, order_id) == "To rider"
    board.tap_button(order_id)
    board.wait(lambda: board.kind(order_id) is Kind.HANDED_TO_PARTNER)


def test_a_delivery_that_failed_is_tried_again(shop: Shop, open_board: OpenBoard) -> None:
    order_id = delivery(shop)
    shop.desk.bump(order_id)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("delivery_failed")
    board.press("failed:nobody_home")
    board.wait(lambda: "Could not deliver" in chips(board, order_id))
    assert label(board, order_id) == "Try again"
    board.calm()
    board.tap_button(order_id)
    board.wait(lambda: board.phase(order_id) is Phase.READY)


def test_what_is_handed_over_in_parts_says_how_much_has_left(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = ready(shop, "margherita", "burger", "tiramisu", payment=PaymentDraft("card", True))
    board = open_board(shop)
    hand_over(board, order_id, 1, 3)
    board.wait(lambda: "handed over 2 of 3" in chips(board, order_id))
    assert [text.made for text in board.card(order_id).content.lines] == [True, False, True]
    hand_over(board, order_id, 2)
    board.wait(lambda: board.kind(order_id) is Kind.PICKED_UP)


def test_the_last_part_of_an_unpaid_order_asks_for_the_money(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = ready(shop, "margherita", "burger")
    board = open_board(shop)
    hand_over(board, order_id, 1, 2)
    board.wait(board.screen.questions.pay.isVisible)
    assert board.kind(order_id) is Kind.READY
    board.press("pay_bar:card")
    board.wait(lambda: board.kind(order_id) is Kind.PICKED_UP)
    order = order_of(shop, order_id)
    assert order.due == 0
    assert all(line.handed_over_at is not None for line in order.open_lines)


def hand_over(board: Kitchen, order_id: int, *places: int) -> None:
    board.calm()
    board.tap_head(order_id)
    board.wait(board.screen.drawers.details.isVisible)
    board.press("more")
    board.press("part")
    for place_on_order in places:
        board.press(f"part:{place_on_order}")
    board.press("part_go")
    board.screen.drawers.shut()


def test_drinks_are_served_now(shop: Shop, open_board: OpenBoard) -> None:
    counter_made(shop, "Cola 0.5")
    drinks, mixed = place(shop, "cola"), place(shop, "cola", "burger")
    board = open_board(shop)
    assert label(board, drinks) == "Served now"
    assert label(board, mixed) == "Start"
    board.tap_button(drinks)
    board.press("pay_bar:cash")
    board.wait(lambda: board.kind(drinks) is Kind.PICKED_UP)
    assert order_of(shop, drinks).due == 0


def counter_made(shop: Shop, dish: str) -> None:
    """`dish` needs no preparing from now on."""
    from sqlalchemy import update

    from pos_app.desk import setup as desk_setup
    from pos_app.store import tables

    found = next(d for d in shop.desk.setup().menu.dishes if d.names["en"] == dish)
    with shop.desk.act() as act:
        act.connection.execute(
            update(tables.dishes).where(tables.dishes.c.id == found.id).values(prep_minutes=0)
        )
        desk_setup.touch(act.connection)


def test_a_refund_is_recorded_and_said_on_the_card(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, payment=PaymentDraft("card", paid=True))
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("more")
    board.press("refund")
    board.press("refund:card")
    board.wait(lambda: chips(board, order_id) == ["REFUNDED"])
    assert order_of(shop, order_id).refunded == 22_000


@pytest.mark.parametrize("kind", [Kind.NOT_COLLECTED, Kind.RETURNED])
def test_an_order_may_end_otherwise(shop: Shop, open_board: OpenBoard, kind: Kind) -> None:
    order_id = ready(shop) if kind is Kind.NOT_COLLECTED else delivery(shop)
    if kind is Kind.RETURNED:
        shop.desk.bump(order_id)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press(kind.value)
    board.wait(lambda: board.kind(order_id) is kind)
    board.wait(lambda: board.phase(order_id) is None)


def test_the_kitchen_is_asked_without_seeing_a_price(shop: Shop, open_board: OpenBoard) -> None:
    order_id = ready(shop, payment=CASH_LATER)
    rights.take(Rights(Role.KITCHEN, in_force=True))
    try:
        board = open_board(shop)
        assert chips(board, order_id) == ["TO PAY"]
        board.tap_button(order_id)
        board.wait(board.screen.questions.pay.isVisible)
        assert "220" not in " ".join(board.words(board.screen))
        assert not board.has("pay_bar:cash")
        board.tap_head(order_id)
        board.wait(board.screen.drawers.details.isVisible)
        board.press("more")
        assert not board.has("refund")
        assert not board.has("pay_cash")
        assert "220" not in " ".join(board.words(board.screen))
    finally:
        rights.take(Rights())
