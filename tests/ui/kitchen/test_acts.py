"""What cooks do: start, ready, seen, made, undo, bring back, and what ⋯ offers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS
from pos_app.domain.order import LineDraft, Order
from pos_app.domain.workflow import Kind
from tests.support.kitchen_shop import Wish, clock_of, dishes, draft, fill
from tests.ui.kitchen.conftest import OpenCook

ONE = Wish(((0, 1, 0),))


def place(shop: Shop, wish: Wish = ONE, at: str = "Grill") -> Order:
    return shop.desk.place(draft(shop, wish, at, 0)).order


def test_one_button_starts_and_finishes_this_station_s_share(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    grill = cook(shop)
    assert grill.act(order) == "Start"
    grill.tap_and_wait(order)
    assert grill.act(order) == "Ready"
    grill.tap_and_wait(order)
    assert grill.numbers() == []
    assert grill.ticket(order).kind is Kind.READY
    assert grill.order(order).kind is Kind.PREPARING


def test_all_stations_at_one_screen_make_the_order_ready(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    every = cook(shop, "")
    every.tap_and_wait(order)
    every.tap_and_wait(order)
    assert every.order(order).kind is Kind.READY
    assert every.numbers() == []


def test_a_second_touch_on_the_same_spot_is_none(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    grill.tap(order)
    grill.pass_ms(300)
    grill.wait(lambda: grill.act(order) == "Ready")
    grill.tap(order)
    grill.calm()
    assert grill.ticket(order).kind is Kind.PREPARING


def test_a_button_that_moved_under_the_finger_ignores_it_for_a_while(
    shop: Shop, cook: OpenCook
) -> None:
    first, second = place(shop), place(shop)
    grill = cook(shop)
    shop.desk.bump(first.id, None, grill.station_id)
    shop.desk.bump(first.id, None, grill.station_id)
    grill.wait(lambda: grill.numbers() == [second.number])
    grill.pass_ms(699)
    grill.tap(second)
    grill.calm()
    assert grill.ticket(second).kind is Kind.ACCEPTED
    grill.pass_ms(1)
    grill.tap_and_wait(second)
    assert grill.ticket(second).kind is Kind.PREPARING


def test_a_finger_that_slides_off_takes_its_touch_back(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    spot = grill.spot(order, grill.card(order).button)
    QTest.mousePress(grill.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert grill.grid.finger.pressed is not None
    away = grill.cells(order)[0].place.bottomRight() * 2
    QTest.mouseMove(grill.grid, away)
    QTest.mouseRelease(grill.grid, Qt.MouseButton.LeftButton, pos=away)
    grill.calm()
    assert grill.ticket(order).kind is Kind.ACCEPTED


def test_a_tap_on_a_line_is_a_dish_made_and_again_to_make(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0), (1, 2, 0))))
    grill = cook(shop)
    grill.tap_line(order)
    grill.calm()
    assert grill.order(order).lines[0].made_at is not None
    assert grill.card(order).lines[0].made
    grill.tap_line(order)
    grill.calm()
    assert grill.order(order).lines[0].made_at is None


def test_an_allergy_is_seen_before_anything_else(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), allergy="nuts", also="Pizza"))
    grill, pizza = cook(shop), cook(shop, "Pizza")
    assert "ALLERGY: nuts" in grill.texts(order)
    assert grill.act(order) == "Seen"
    grill.tap_and_wait(order)
    assert grill.act(order) == "Start"
    pizza.calm()
    assert pizza.act(order) == "Seen"
    assert "ALLERGY: nuts" in grill.texts(order)
    shop.desk.kitchen.change_allergy(order.id, "nuts, milk")
    grill.calm()
    assert grill.act(order) == "Seen"
    assert "ALLERGY: nuts, milk" in grill.texts(order)


def test_an_edit_is_shown_as_changed_until_seen(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0), (2, 1, 0))))
    grill = cook(shop)
    grill.tap_and_wait(order)
    fries = next(d for d in dishes(shop, "Grill") if d.names["en"] == "French fries")
    shop.desk.add_line(order.id, LineDraft(fries.id, 1))
    shop.desk.void_line(order.id, 1)
    grill.calm()
    texts = grill.texts(order)
    assert "CHANGED" in texts
    assert "+1 French fries" in texts
    assert any(text.startswith("−1 ") for text in texts)
    assert grill.act(order) == "Seen"
    grill.tap_and_wait(order)
    assert "CHANGED" not in grill.texts(order)
    assert grill.act(order) == "Ready"


def test_a_ready_ticket_that_gets_a_dish_comes_back_by_itself(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    grill.tap_and_wait(order)
    grill.tap_and_wait(order)
    assert grill.numbers() == []
    shop.desk.add_line(order.id, LineDraft(dishes(shop, "Grill")[1].id, 1))
    grill.calm()
    assert grill.numbers() == [order.number]
    assert grill.act(order) == "Seen"


def test_undo_has_its_place_and_its_seconds(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    grill.tap_and_wait(order)
    undo = grill.screen.header.undo
    assert undo.texts == [f"{order.number} · 10"]
    clock_of(shop).advance(4 * SECOND_MS)
    grill.wait(lambda: undo.texts == [f"{order.number} · 6"])
    grill.press("undo:0")
    grill.calm()
    assert grill.act(order) == "Start"
    assert undo.texts == []


def test_undo_here_is_of_this_station_only(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    grill, pizza = cook(shop), cook(shop, "Pizza")
    grill.tap_and_wait(order)
    pizza.calm()
    assert pizza.screen.header.undo.texts == []
    assert grill.screen.header.undo.texts


def test_bring_back_opens_only_this_station_s_share_again(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    grill, pizza = cook(shop), cook(shop, "Pizza")
    for one in (grill, pizza):
        one.tap_and_wait(order)
        one.tap_and_wait(order)
    assert grill.order(order).kind is Kind.READY
    grill.calm()
    grill.press("bring_back")
    grill.press(f"recall:{order.number}")
    grill.calm()
    assert grill.act(order) == "Ready"
    assert grill.order(order).kind is Kind.PREPARING
    pizza.calm()
    assert pizza.numbers() == []
    assert shop.desk.check().problems == ()


def test_the_last_twenty_can_be_brought_back(shop: Shop, cook: OpenCook) -> None:
    orders = [place(shop) for _ in range(22)]
    grill = cook(shop)
    for order in orders:
        clock_of(shop).advance(SECOND_MS)
        shop.desk.bump(order.id, None, grill.station_id)
        shop.desk.bump(order.id, None, grill.station_id)
    grill.calm()
    grill.press("bring_back")
    names = [f"recall:{order.number}" for order in orders]
    assert [grill.sees(name) for name in names] == [False, False] + [True] * 20


def test_more_offers_first_minutes_hold_and_fire(shop: Shop, cook: OpenCook) -> None:
    first, second = place(shop), place(shop)
    grill = cook(shop)
    grill.open_panel(second)
    grill.press("panel_first")
    grill.calm()
    assert grill.numbers() == [second.number, first.number]
    grill.open_panel(second)
    grill.press("panel_hold")
    grill.calm()
    assert grill.act(second) == "Fire"
    grill.tap_and_wait(second)
    assert grill.act(second) == "Start"
    promised = grill.order(second).promised_at
    grill.open_panel(second)
    grill.press("panel_minutes")
    grill.calm()
    assert grill.order(second).promised_at == promised + 5 * 60 * SECOND_MS
    assert not grill.sees("card_panel")


def test_more_asks_the_counter_one_of_the_usual_questions(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    grill.open_panel(order)
    grill.press("panel_ask")
    grill.press("ask:1")
    grill.calm()
    assert grill.order(order).question == "How should it be cooked?"
    assert "?" in grill.texts(order)


def test_a_question_can_be_typed_where_there_is_a_keyboard(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    grill.open_panel(order)
    grill.press("panel_ask")
    field = grill.screen.findChild(QLineEdit, "ask_text")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Rare?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    grill.calm()
    assert grill.order(order).question == "Rare?"


def test_more_makes_a_dish_again_with_its_reason(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0), (1, 1, 0))))
    grill = cook(shop)
    grill.tap_and_wait(order)
    grill.open_panel(order)
    grill.press("panel_again")
    grill.press("again:2")
    grill.press("reason:burnt")
    grill.calm()
    assert any("burnt" in text for text in grill.texts(order))
    assert grill.act(order) == "Seen"
    remade = [line for line in grill.order(order).open_lines if line.remake_reason]
    assert [line.remake_reason for line in remade] == ["burnt"]


def test_more_takes_a_dish_off_the_menu_and_back(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    dish_id = order.lines[0].dish_id
    grill = cook(shop)
    for sold_out in (True, False):
        grill.open_panel(order)
        grill.press("panel_sold_out")
        grill.press(f"sold_out:{dish_id}")
        grill.calm()
        dish = shop.desk.setup().menu.dish(dish_id)
        assert dish is not None
        assert dish.sold_out is sold_out
        grill.wait(lambda: not grill.background.busy)


def test_the_panel_lies_beside_its_card_and_nothing_is_modal(shop: Shop, cook: OpenCook) -> None:
    orders = fill(shop, 12)
    grill = cook(shop, metres=1.0)
    left = orders[0]
    assert grill.cells(left)[0].place.left() < 100
    grill.open_panel(left)
    panel = grill.screen.panel
    assert panel.isVisible()
    assert not panel.isModal()
    assert panel.geometry().left() > grill.cells(left)[0].place.right()
    grill.key(Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_bump_bar_s_keys_work(shop: Shop, cook: OpenCook) -> None:
    orders = [place(shop) for _ in range(3)]
    grill = cook(shop)
    grill.key(Qt.Key.Key_2)
    assert grill.grid.chosen == orders[1].id
    grill.key(Qt.Key.Key_Return)
    grill.calm()
    assert grill.ticket(orders[1]).kind is Kind.PREPARING
    grill.key(Qt.Key.Key_U)
    grill.calm()
    assert grill.ticket(orders[1]).kind is Kind.ACCEPTED
    grill.key(Qt.Key.Key_Down)
    assert grill.grid.chosen == orders[2].id
    grill.key(Qt.Key.Key_Up)
    grill.key(Qt.Key.Key_Space)
    grill.calm()
    assert grill.ticket(orders[1]).kind is Kind.PREPARING
    grill.key(Qt.Key.Key_B)
    assert grill.sees("recall_drawer")
    grill.key(Qt.Key.Key_B)
    assert not grill.sees("recall_drawer")


@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right])
def test_arrows_go_from_column_to_column(shop: Shop, cook: OpenCook, key: Qt.Key) -> None:
    fill(shop, 12)
    grill = cook(shop, metres=1.0)
    ids = list(dict.fromkeys(cell.card.content.order.id for cell in grill.grid.shown))
    grill.grid.choose(len(ids) // 2)
    before = grill.grid.chosen
    grill.key(key)
    assert grill.grid.chosen != before


def test_refusals_are_told_and_nothing_moves(shop: Shop, cook: OpenCook) -> None:
    order = place(shop)
    grill = cook(shop)
    content = grill.card(order).content
    shop.desk.bump(order.id, content.entry, grill.station_id)
    grill.screen.acts.do(content)
    grill.calm()
    assert any("moved by somebody else" in notice.title for notice in grill.said)
    assert grill.ticket(order).kind is Kind.PREPARING
    assert grill.sees("kitchen_notice")


def test_the_header_speaks_only_when_something_is_wrong(shop: Shop, cook: OpenCook) -> None:
    grill = cook(shop)
    assert not grill.sees("lanesSentence")
    grill.screen.show_lanes_sentence("No internet since 19:31.")
    assert grill.sees("lanesSentence")
    grill.screen.show_lanes_sentence("")
    assert not grill.sees("lanesSentence")
