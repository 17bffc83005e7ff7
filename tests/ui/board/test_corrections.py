"""Brought back after its guest was told *ready*: the pass is asked once, and nothing waits."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from pos_app.bootstrap import Shop
from pos_app.domain.workflow import Phase
from pos_app.store import tables
from tests.support.board_shop import line
from tests.ui.board.kitchen import Kitchen, place

OpenBoard = Callable[..., Kitchen]


def told_ready(shop: Shop) -> int:
    """An order whose guest has had the text *ready*."""
    order_id = place(shop)
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    with shop.database.write() as connection:
        connection.execute(update(tables.messages).values(state="delivered"))
    return order_id


def abouts(shop: Shop) -> list[str]:
    with shop.database.read() as connection:
        return [row.about for row in connection.execute(tables.messages.select())]


def bring_back(board: Kitchen, order_id: int) -> None:
    board.tap_head(order_id)
    board.press("details_bring_back")
    board.wait(lambda: board.phase(order_id) is Phase.IN_KITCHEN)


def test_the_guest_is_told_that_it_is_not_ready_yet(shop: Shop, open_board: OpenBoard) -> None:
    order_id = told_ready(shop)
    board = open_board(shop)
    bring_back(board, order_id)
    board.wait(board.screen.questions.tell.isVisible)
    asked = "A1 · Tell the guest: not ready yet, about 20:02?"
    assert asked in board.words(board.screen.questions.tell)
    board.press("tell_bar:send")
    board.wait(lambda: "not_ready_yet" in abouts(shop))
    assert not board.screen.questions.tell.isVisible()


def test_no_tells_nobody(shop: Shop, open_board: OpenBoard) -> None:
    order_id = told_ready(shop)
    board = open_board(shop)
    bring_back(board, order_id)
    board.press("tell_bar:no")
    board.calm()
    assert not board.screen.questions.tell.isVisible()
    assert "not_ready_yet" not in abouts(shop)


def test_a_guest_who_was_told_nothing_is_no_question(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop)
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    board = open_board(shop)
    bring_back(board, order_id)
    board.calm()
    assert not board.screen.questions.tell.isVisible()


def test_the_question_goes_by_itself_when_the_order_moves_on(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = told_ready(shop)
    board = open_board(shop)
    bring_back(board, order_id)
    board.wait(board.screen.questions.tell.isVisible)
    shop.desk.bump(order_id)
    board.wait(lambda: not board.screen.questions.tell.isVisible())


def test_a_ready_order_that_gets_another_dish_asks_too(shop: Shop, open_board: OpenBoard) -> None:
    order_id = told_ready(shop)
    board = open_board(shop)
    board.tap_head(order_id)
    board.press("more")
    board.press("add")
    board.type("add_search", "fri")
    board.press("add:Fries")
    board.wait(board.screen.questions.tell.isVisible)
    assert board.phase(order_id) is Phase.IN_KITCHEN
    assert board.card(order_id).content.changes == ("+1 Fries",)


def test_a_dish_is_taken_off(shop: Shop, open_board: OpenBoard) -> None:
    order_id = place(shop, "margherita", "tiramisu")
    board = open_board(shop)
    shop.desk.add_line(order_id, line(shop, "fries"))
    board.wait(lambda: len(board.card(order_id).content.lines) == 3)
    board.calm()
    board.tap_head(order_id)
    board.press("more")
    board.press("void")
    board.press("void:2")
    board.wait(lambda: len(board.card(order_id).content.lines) == 2)
