"""What cards say: names, money, texts, bands, long tickets; and how they stand in a column."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton
from sqlalchemy import update

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, VirtualClock
from pos_app.config import SmsSettings
from pos_app.domain.board import Band, Standing
from pos_app.domain.order import Customer, Draft, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Kind, Phase, Source
from pos_app.store import tables
from tests.support.board_shop import EVENING, fill, line, rush
from tests.support.cards import faults, of_board
from tests.ui.board.kitchen import Kitchen
from ui.board import wording
from ui.board.layout import arrange
from ui.board.measures import measures, scale_for
from ui.legibility import arc_minutes

OpenBoard = Callable[..., Kitchen]


def pickup(shop: Shop, name: str, phone: str, **more: object) -> int:
    draft = Draft(
        Fulfilment.PICKUP,
        (line(shop, "margherita"),),
        source=Source.PHONE,
        customer=Customer(name, phone, "uk", order_texts=True),
    )
    return shop.desk.place(replace(draft, **more)).order.id  # type: ignore[arg-type]


def test_two_irynas_get_the_last_digits_until_one_has_gone(
    shop: Shop, open_board: OpenBoard
) -> None:
    first = pickup(shop, "Iryna", "+380671234567")
    board = open_board(shop)
    assert board.card(first).content.title == "Iryna"
    second = pickup(shop, "iryna", "+380671110012")
    board.wait(lambda: board.card(first).content.title == "Iryna ·567")
    assert board.card(second).content.title == "iryna ·012"
    shop.desk.cancel(second, "test")
    board.wait(lambda: board.card(first).content.title == "Iryna")


def test_tickets_stand_as_they_came_and_what_goes_first_in_front(
    shop: Shop, open_board: OpenBoard
) -> None:
    soon = shop.clock.now() + 10 * MINUTE_MS
    first = pickup(shop, "First", "+380671234567")
    second = pickup(shop, "Promised sooner", "+380671234568", promised_at=soon)
    third = pickup(shop, "Third", "+380671234569")
    board = open_board(shop)
    model = board.screen.columns.column(Phase.NEW).model
    assert [slot.order_id for slot in model.slots] == [first, second, third]
    shop.desk.kitchen.rush(third)
    board.wait(lambda: [slot.order_id for slot in model.slots] == [third, first, second])
    assert [card.order.id for card in shop.desk.board()] == [third, first, second]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("delivered", "accepted"),
        ("sent", "accepted"),
        ("failed", "text failed · call"),
        ("expired", "text too late · call"),
        ("uncertain", "text perhaps lost · call"),
        ("held", "text held"),
    ],
)
def test_the_foot_says_what_became_of_the_text(
    shop: Shop, open_board: OpenBoard, state: str, words: str
) -> None:
    order_id = pickup(shop, "Olena", "+380671110047")
    with shop.database.write() as connection:
        connection.execute(update(tables.messages).values(state=state))
    board = open_board(shop)
    assert board.foot(order_id) == [words]


def test_a_waiting_text_counts_down(shop: Shop, open_board: OpenBoard) -> None:
    order_id = pickup(shop, "Olena", "+380671110047")
    board = open_board(shop)
    note = board.card(order_id).content.foot[0]
    now = shop.clock.now()
    assert wording.foot_text(note, now) == "text in 10 s"
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(4 * SECOND_MS)
    assert wording.foot_text(note, clock.now()) == "text in 6 s"
    clock.advance(7 * SECOND_MS)
    assert wording.foot_text(note, clock.now()) == "text waits to leave"


def test_without_a_gateway_the_card_says_so(shop: Shop, open_board: OpenBoard) -> None:
    shop.desk.set_sms(SmsSettings())
    order_id = pickup(shop, "Olena", "+380671110047")
    board = open_board(shop)
    assert board.foot(order_id) == ["no texts set up"]


def test_a_text_that_will_come_is_announced(shop: Shop, open_board: OpenBoard) -> None:
    order_id = pickup(shop, "Olena", "+380671110047", source=Source.COUNTER)
    board = open_board(shop)
    assert board.foot(order_id) == ["text at Ready"]


def test_money_is_on_every_card(shop: Shop, open_board: OpenBoard) -> None:
    unpaid = pickup(shop, "Olena", "+380671110047", tags=("VIP",))
    paid = pickup(shop, "Taras", "+380671110043", payment=PaymentDraft("card", paid=True))
    board = open_board(shop)
    assert [chip.text for chip in board.card(unpaid).content.chips] == ["VIP", "TO PAY 220 ₴"]
    assert [chip.text for chip in board.card(paid).content.chips] == ["PAID"]


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(Band.ON_TIME, 12, 0, waiting=False), "on time"),
        (Standing(Band.SOON, 3, 0, waiting=False), "soon, 3 min"),
        (Standing(Band.SOON, 40, 0, waiting=False), "soon"),
        (Standing(Band.SOON, 3, 0, waiting=True), "waiting"),
        (Standing(Band.LATE, 7, 0, waiting=False), "LATE 7"),
    ],
)
def test_a_band_has_its_word(standing: Standing, words: str) -> None:
    assert wording.band(standing) == words


def test_an_hour_is_not_read_as_a_minute() -> None:
    assert wording.clock(571 * SECOND_MS) == "9:31"
    assert wording.clock(65 * MINUTE_MS) == "1 h 05"


def test_a_ticket_taller_than_the_view_goes_on_in_the_next_card(
    shop: Shop, open_board: OpenBoard
) -> None:
    fill(shop, rush(25, [])[2:3])
    board = open_board(shop, (1278, 768))
    column = next(c for c in board.screen.columns.all if c.model.slots)
    parts = [slot.layout for slot in column.model.slots]
    assert len(parts) > 1
    assert sum(len(part.lines) for part in parts) == 14
    assert [part.button is not None for part in parts] == [False] * (len(parts) - 1) + [True]
    _width, tallest = column.room()
    assert all(part.height <= tallest for part in parts)


def test_what_is_out_of_view_is_counted_and_comes_by_a_tap(
    shop: Shop, open_board: OpenBoard
) -> None:
    for place in range(12):
        pickup(shop, f"Guest {place}", f"+3806711100{place:02}")
    board = open_board(shop)
    view = board.screen.columns.column(Phase.NEW).view
    above, below = view.hidden()
    assert above == 0
    assert 6 < below < 12
    while view.hidden()[1]:
        before = view.hidden()[1]
        board.press("more:new")
        board.calm()
        assert view.hidden()[1] < before
    assert view.hidden()[0] > 0
    board.press("above:new")
    assert view.hidden() == (0, below)


def test_targets_are_as_large_as_fingers(shop: Shop, open_board: OpenBoard) -> None:
    fill(shop)
    board = open_board(shop, (1278, 768))
    for column in board.screen.columns.all:
        for slot in column.model.slots:
            card = slot.layout
            assert card.button is None or card.button.height() >= 60
            assert card.head.height() >= 48
            assert all(area.place.height() >= 48 for area in card.lines)


@pytest.mark.parametrize("size", [(1278, 768), (1832, 1080)])
def test_questions_and_acts_are_as_large_as_gloves(
    shop: Shop, open_board: OpenBoard, size: tuple[int, int]
) -> None:
    order_id = pickup(shop, "Olena", "+380671110047")
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    board = open_board(shop, size)
    board.tap_button(order_id)
    board.tap_head(order_id)
    board.wait(lambda: board.has("more") and board.has("pay_bar:cash"))
    board.calm()
    parts = (board.screen.questions.pay, board.screen.drawers.details)
    buttons = [b for part in parts for b in part.findChildren(QPushButton) if b.isVisible()]
    small = [b.objectName() for b in buttons if b.height() < 60 and b.objectName()]
    assert small == ["drawer_close"]


def test_no_text_leaves_its_card(shop: Shop, open_board: OpenBoard) -> None:
    fill(shop)
    board = open_board(shop, (1278, 768))
    for column in board.screen.columns.all:
        for slot in column.model.slots:
            card = slot.layout
            for piece in card.pieces:
                assert piece.place.left() >= 0
                assert piece.place.top() + 1 < card.height


def test_a_screen_reader_hears_the_ticket(shop: Shop, open_board: OpenBoard) -> None:
    order_id = pickup(shop, "Olena", "+380671110047", allergy="nuts")
    board = open_board(shop)
    model = board.screen.columns.column(Phase.NEW).model
    spoken = model.data(model.index(model.rows_of(order_id)[0]), Qt.ItemDataRole.AccessibleTextRole)
    for words in ("Olena", "ALLERGY: nuts", "1 Margherita", "next: Seen"):
        assert words in spoken


def test_sizes_at_arm_s_length_are_those_of_the_design() -> None:
    pixel_mm = 21.5 * 25.4 / 2203
    m = measures(1.0)
    assert arc_minutes(m.number.pixelSize(), pixel_mm, 0.7) >= 20
    for face in (m.quantity, m.dish, m.modifier):
        assert arc_minutes(face.pixelSize(), pixel_mm, 0.7) >= 16
    far = measures(scale_for(21.5, 1920, 1080, 1.5))
    assert arc_minutes(far.modifier.pixelSize(), pixel_mm, 1.5) >= 15.8


def test_ten_thousand_repaints_lose_no_none(shop: Shop, open_board: OpenBoard) -> None:
    """Some Qt bindings lose one reference to None per drawn text; the board would die of it."""
    fill(shop, EVENING[2:3])
    board = open_board(shop, (700, 400))
    column = board.screen.columns.column(Phase.READY)
    canvas = QPixmap(column.view.viewport().size())
    viewport = column.view.viewport()
    viewport.render(canvas, QPoint(0, 0))
    before = sys.getrefcount(None)
    for _ in range(10_000):
        viewport.render(canvas, QPoint(0, 0))
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_the_evening_of_the_design_stands_where_it_should(
    shop: Shop, open_board: OpenBoard
) -> None:
    orders = fill(shop)
    board = open_board(shop)
    by_name = {order.customer.name or order.table: order.id for order in orders.values()}
    assert board.phase(by_name["Marta"]) is Phase.ON_THE_WAY
    assert board.phase(by_name["Solomiia"]) is Phase.READY
    assert board.kind(by_name["Taras"]) is Kind.PREPARING
    assert board.tickets() == len(EVENING)


def test_a_button_leaves_a_message_room_for_its_longest_word(
    shop: Shop, open_board: OpenBoard
) -> None:
    order_id = pickup(shop, "Iryna", "+380671234567")
    content = open_board(shop).card(order_id).content
    button = content.button
    assert button is not None
    said = wording.FootNote("off", "SMS не налаштовано")
    content = replace(content, foot=(said,), button=replace(button, label="Доставлено"))
    m = measures(1.0)
    narrow = range(298, 420, 10)
    found = [faults([of_board(arrange(content, width, 900, m)[0], m)]) for width in narrow]
    assert found == [[]] * len(narrow)
