"""What a finger does on the board, and that the store has it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.order import PaymentDraft
from pos_app.domain.workflow import Kind, Phase
from tests.ui.board.kitchen import Kitchen, place, stands
from ui.board.screen import BoardScreen
from ui.notices import Notices

OpenBoard = Callable[..., Kitchen]


def is_made(board: Kitchen, order_id: int, made: bool) -> bool:
    return board.card(order_id).content.lines[1].made is made


def test_one_tap_on_the_button_bumps_the_ticket(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    board = open_board(shop)
    board.tap_button(order_id)
    board.wait(lambda: board.phase(order_id) is Phase.IN_KITCHEN)
    assert board.kind(order_id) is Kind.PREPARING
    button = board.card(order_id).content.button
    assert button is not None
    assert button.label == "Ready"


def test_a_ticket_given_out_leaves_the_board(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, payment=PaymentDraft("card", paid=True))
    board = open_board(shop)
    for phase in (Phase.IN_KITCHEN, Phase.READY, None):
        board.tap_button(order_id)
        board.wait(partial(stands, board, order_id, phase))
        board.calm()
    assert board.kind(order_id) is Kind.PICKED_UP
    assert board.tickets() == 0


def test_a_second_tap_on_the_same_spot_is_not_meant(shop: Shop, open_board: OpenBoard) -> None:
    first, second = place(shop), place(shop)
    board = open_board(shop)
    spot = board.spot(first, board.card(first).button.center())  # type: ignore[union-attr]
    board.touch(Phase.NEW, spot)
    board.wait(lambda: board.phase(first) is Phase.IN_KITCHEN)
    board.wait(lambda: not board.background.busy)
    board.screen.grab()
    board.pass_ms(300)
    assert board.spot(second, board.card(second).button.center()) == spot  # type: ignore[union-attr]
    board.touch(Phase.NEW, spot)
    board.calm()
    assert board.kind(second) is Kind.ACCEPTED
    board.touch(Phase.NEW, spot)
    board.wait(lambda: board.phase(second) is Phase.IN_KITCHEN)


def test_a_button_that_moved_under_the_finger_waits(shop: Shop, open_board: OpenBoard) -> None:
    first, second = place(shop), place(shop)
    board = open_board(shop)
    shop.desk.bump(first)
    board.wait(lambda: board.phase(first) is Phase.IN_KITCHEN)
    board.wait(lambda: not board.background.busy)
    board.screen.grab()
    board.pass_ms(699)
    board.tap_button(second)
    board.wait(lambda: not board.background.busy)
    assert board.kind(second) is Kind.ACCEPTED
    board.pass_ms(1)
    board.tap_button(second)
    board.wait(lambda: board.phase(second) is Phase.IN_KITCHEN)


def test_a_station_sees_its_own_and_says_done(shop: Shop, open_board: OpenBoard) -> None:
    both, pizza = place(shop, "burger", "margherita"), place(shop, "pepperoni")
    board = open_board(shop)
    grill = shop.desk.setup().menu.stations[0].id
    QTest.keyClick(board.screen, Qt.Key.Key_1)
    board.calm()
    assert board.phase(pizza) is None
    assert [text.dish for text in board.card(both).content.lines] == ["Burger, medium"]
    board.tap_button(both)
    board.wait(lambda: board.phase(both) is Phase.IN_KITCHEN)
    board.calm()
    assert board.card(both).content.button.label == "Grill done"  # type: ignore[union-attr]
    board.tap_button(both)
    board.wait(lambda: board.phase(both) is Phase.READY)
    assert board.kind(both) is Kind.PREPARING
    assert board.card(both).content.button is None
    assert board.foot(both) == ["waits for: Pizza"]
    tickets = {t.station_id: t.kind for t in shop.desk.order(both).order.tickets}  # type: ignore[union-attr]
    assert tickets[grill] is Kind.READY
    QTest.keyClick(board.screen, Qt.Key.Key_0)
    board.wait(lambda: board.phase(pizza) is Phase.NEW)
    assert [text.made for text in board.card(both).content.lines] == [True, False]


def test_a_tap_on_a_line_checks_it_off_and_back(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "margherita", "tiramisu")
    board = open_board(shop)
    for made in (True, False):
        board.tap_line(order_id, 1)
        board.wait(partial(is_made, board, order_id, made))
        board.calm()
    assert board.phase(order_id) is Phase.NEW


def test_what_is_to_make_follows(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "margherita", "tiramisu")
    place(shop, "margherita")
    board = open_board(shop)
    rows = board.screen.to_make.list
    assert [(row.name, row.quantity) for row in rows.rows] == [("Margherita", 2), ("Tiramisu", 1)]
    board.tap_line(order_id, 1)
    board.wait(lambda: [row.name for row in rows.rows] == ["Margherita"])


def test_undo_takes_the_last_act_back_while_its_grace_runs(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop)
    board = open_board(shop)
    board.tap_button(order_id)
    board.wait(lambda: board.phase(order_id) is Phase.IN_KITCHEN)
    board.calm()
    board.press("undo:0")
    board.wait(lambda: board.phase(order_id) is Phase.NEW)
    assert board.kind(order_id) is Kind.ACCEPTED


def test_undo_of_a_place_takes_the_order_off_the_board(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    board = open_board(shop)
    QTest.keyClick(board.screen, Qt.Key.Key_U)
    board.wait(lambda: board.phase(order_id) is None)
    assert board.kind(order_id) is Kind.CANCELLED


def test_undo_that_comes_too_late_says_why(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    board = open_board(shop)
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(11 * SECOND_MS)
    QTest.keyClick(board.screen, Qt.Key.Key_U)
    board.wait(lambda: bool(board.said))
    assert board.said[0].title == "Too late to undo"
    assert board.kind(order_id) is Kind.ACCEPTED


def test_bring_back_lists_what_was_bumped_and_brings_it_back(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = place(shop)
    for _ in range(3):
        shop.desk.bump(order_id)
    board = open_board(shop)
    QTest.keyClick(board.screen, Qt.Key.Key_B)
    number = shop.desk.order(order_id).order.number  # type: ignore[union-attr]
    board.press(f"bring_back:{number}")
    board.wait(lambda: board.phase(order_id) is Phase.READY)


def test_the_head_opens_the_details_and_a_reason_cancels(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    board = open_board(shop)
    board.tap_head(order_id)
    board.wait(board.screen.drawers.details.isVisible)
    board.press("more")
    board.press("cancel")
    board.press("cancel_reason:3")
    board.press("cancel_confirm")
    board.wait(lambda: board.phase(order_id) is None)
    order = shop.desk.order(order_id).order  # type: ignore[union-attr]
    assert (order.kind, order.cancel_reason) == (Kind.CANCELLED, "Entered by mistake")


def test_a_payment_is_recorded_from_the_details(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    board = open_board(shop)
    assert [chip.text for chip in board.card(order_id).content.chips] == ["TO PAY 220 ₴"]
    board.tap_head(order_id)
    board.press("more")
    board.press("pay_cash")
    board.wait(lambda: [c.text for c in board.card(order_id).content.chips] == ["PAID"])


def test_tell_guests_moves_what_everybody_is_told(shop: Shop, open_board: OpenBoard) -> None:
    board = open_board(shop)
    board.press("tell_guests:+5")
    board.wait(lambda: shop.desk.setup().settings.tell_guests.pickup_minutes == 25)
    told = "Pickup 25 · Delivery 55"
    board.wait(lambda: told in board.screen.header.told)


def test_keys_walk_the_cards_and_bump(shop: Shop, open_board: OpenBoard) -> None:
    first, second = place(shop), place(shop)
    board = open_board(shop)
    new = board.screen.columns.column(Phase.NEW).view
    QTest.keyClick(board.screen, Qt.Key.Key_Down)
    QTest.keyClick(new, Qt.Key.Key_Down)
    assert new.current_order_id() == second
    QTest.keyClick(new, Qt.Key.Key_Space)
    board.wait(lambda: board.phase(second) is Phase.IN_KITCHEN)
    assert board.kind(first) is Kind.ACCEPTED


def test_an_answer_to_a_window_that_has_gone_is_dropped(shop: Shop, open_board: OpenBoard) -> None:
    board = open_board(shop)
    gone = BoardScreen(shop, board.background, board.bridge, Notices())
    shiboken6.delete(gone)
    board.wait(lambda: not board.background.busy)


def test_two_windows_on_one_store_show_the_same(shop: Shop, open_board: OpenBoard) -> None:
    other = open_shop(shop.data, clock=shop.clock)
    try:
        other.watch.start()
        here, there = open_board(shop), open_board(other)
        order_id = place(shop)
        for board in (here, there):
            board.wait(partial(stands, board, order_id, Phase.NEW))
            board.calm()
        here.tap_button(order_id)
        for board in (here, there):
            board.wait(partial(stands, board, order_id, Phase.IN_KITCHEN))
        there.close()
    finally:
        other.close()
