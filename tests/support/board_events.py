"""Scenes of the pass with everything on it that asks to be noticed, and what opens about it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import Stop
from pos_app.domain.order import Order, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Kind, Phase, Source
from pos_app.wire.snapshots import CANCEL_ASKED, Action
from tests.support.board_shop import EVENING, NOW, Guest, draft, fill, line, open_evening
from tests.support.pictures_stage import Scene, Scenes, of_till, till_of
from tests.support.shift import courier
from tests.support.window import Till
from ui.board.drawer import Drawer

_P, _D, _I = Fulfilment.PICKUP, Fulfilment.DELIVERY, Fulfilment.DINE_IN
_MORE = (
    Guest(_P, "Andrii", (("burger", 1, (0,)), ("fries", 1, ())), 9, 12, "+380671110051",
          Kind.READY, 1, texts=True, source=Source.PHONE,
          more={"payment": PaymentDraft("cash", False, 100_000)}),
    Guest(_D, "Glovo 7781", (("pepperoni", 2, ()),), 14, 10, "", Kind.READY, 2,
          source=Source.WEB, paid=True, more={"partner": "Glovo"}),
    Guest(_D, "Nadiia", (("carbonara", 2, ()),), 38, 4, "+380671110053", Kind.OUT_FOR_DELIVERY, 12),
    Guest(_I, "", (("burger", 2, (0, 1)), ("caesar", 1, ()), ("lemonade", 3, ())), 11, 9,
          to=Kind.PREPARING, entered=8, more={"table": "4", "allergy": "горіхи, кунжут"}),
    Guest(_P, "Kateryna", (("varenyky", 2, ()),), 2, 10, "+380671110055",
          more={"hold": True}),
    Guest(_P, "Jean-Baptiste", (("poke", 1, ()), ("cola", 2, ())), 1, 20, "+380671110056",
          more={"note": "birthday, please write a card"}),
    Guest(_P, "Svitlana", (("four", 2, ()), ("cola", 2, ())), 5, 70, "+380671110057", later=True),
    Guest(_D, "Bohdan", (("margherita", 4, ()),), 4, 118, "+380671110058", later=True, paid=True),
)  # fmt: skip


def fill_eventful(shop: Shop) -> None:
    """The design's evening, and beside it whatever can happen to an order."""
    orders = fill(shop, (*EVENING, *_MORE))
    named = {order.customer.name or order.table: order for order in orders.values()}
    desk = shop.desk
    desk.kitchen.rush(named["Taras"].id)
    desk.kitchen.ask_counter(named["Jean-Baptiste"].id, "Поке закінчилося. Що натомість?")
    table = named["4"]
    desk.kitchen.change_allergy(table.id, "горіхи, кунжут, молоко")
    desk.add_line(table.id, line(shop, "fries"))
    desk.kitchen.make_again(table.id, table.open_lines[0].id, "burnt")
    oleh = courier(shop, "Олег")
    desk.dispatch.assign([named["Marta"].id, named["Dmytro"].id], oleh)
    desk.handover.end(named["Nadiia"].id, Kind.DELIVERY_FAILED, "nobody_home")
    desk.handover.refund(named["Solomiia"].id, "card")
    desk.handover.hand_over_lines(named["Andrii"].id, [named["Andrii"].open_lines[1].id])
    _ask_to_cancel(shop, named["Olena"])
    again = draft(shop, replace(EVENING[6], name="Iryna", phone="+380671110099"))
    desk.place(replace(again, promised_at=Instant(NOW + 90 * MINUTE_MS)))


def _ask_to_cancel(shop: Shop, order: Order) -> None:
    """As the guest's page would send it."""
    shop.desk.apply_action(Action("0" * 32, 1, CANCEL_ASKED, order.uid, shop.clock.now()))


def eventful(data: Path, language: str) -> Scenes:
    """The board, each question below its tickets, each drawer, and the pages of the details."""
    shop = open_evening(data, language)
    fill_eventful(shop)
    shop.close()
    with till_of(data, language, screen="board", clock=VirtualClock(NOW)) as till:
        yield of_till("board-eventful", till, is_board=True)
        yield from _questions(till)
        yield from _drawers(till)
        yield from _pages(till)


def _questions(till: Till) -> Scenes:
    screen, desk = till.window.board, till.shop.desk
    andrii = _named(till, "Andrii")
    screen.questions.ask_payment(andrii, lambda _way: None)
    yield of_till("board-pay", till, is_board=True)
    screen.questions.pay.hide()
    desk.recall(andrii.id)
    desk.evening.stop(Stop(deliveries_until=Instant(NOW + 48 * MINUTE_MS)))
    till.wait(lambda: screen.columns.phase_of(andrii.id) is Phase.IN_KITCHEN, "brought back")
    screen.questions.ask_correction(_named(till, "Andrii"))
    till.wait(screen.questions.tell.isVisible, "the question")
    yield of_till("board-tell", till, is_board=True)
    screen.questions.tell.hide()
    desk.evening.stop(Stop())


def _drawers(till: Till) -> Scenes:
    screen = till.window.board
    screen.toggle_later()
    yield _opened("board-later", till, screen.drawers.later)
    screen.drawers.toggle_taking()
    till.wait(screen.drawers.taking.isVisible, "what we take")
    yield of_till("board-taking", till, is_board=True)
    screen.drawers.shut()


def _pages(till: Till) -> Scenes:
    drawers = till.window.board.drawers
    table = next(c.order for c in till.shop.desk.board() if c.order.table == "4")
    till.window.board.show_details(table.id)
    yield _opened("board-changed", till, drawers.details)
    for steps in (("more",), ("ask",), ("more", "add"), ("more", "part"), ("more", "allergy")):
        for step in steps:
            _press(till, step)
        yield of_till(f"board-{steps[-1]}", till, is_board=True)
        _press(till, "page_back")
    drawers.shut()


def _opened(name: str, till: Till, drawer: Drawer) -> Scene:
    till.wait(drawer.isVisible, name)
    return of_till(name, till, is_board=True)


def _press(till: Till, name: str) -> None:
    """Touch a button of the details once it listens."""
    details = till.window.board.drawers.details
    found: list[QPushButton] = []

    def there() -> bool:
        found[:] = [b for b in details.findChildren(QPushButton, name) if b.isVisible()]
        return details.listens and bool(found)

    till.wait(there, name)
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def _named(till: Till, name: str) -> Order:
    return next(c.order for c in till.shop.desk.board() if c.order.customer.name == name)
