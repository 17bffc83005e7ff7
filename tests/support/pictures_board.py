"""Scenes of the pass: the evening of the design, a rush of 25, and what opens beside them."""

from __future__ import annotations

from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from tests.support.board_events import eventful
from tests.support.board_shop import NOW, fill, longest_names, open_evening, rush
from tests.support.pictures_stage import DOWN, Scene, Scenes, of_till, till_of
from tests.support.window import Till

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
# The longest of a year of real pizza orders, where the data itself is not at hand.
_LONGEST = ("Spinach supr, S", "Mediterraneo, L", "Green garden, M", "Peppr salami, S")
_LONG = ("Піца «Чотири сезони» з трюфелем, 50 см", "Вареники з картоплею та грибами, 12 шт.")


def names() -> list[str]:
    real = longest_names(SHARED, 6) if SHARED.is_dir() else list(_LONGEST)
    return [*real, *_LONG]


def board(work: Path, language: str) -> Scenes:
    """The board of the design, then 25 tickets of which one has 14 lines."""
    yield from _evening(work / "evening", language)
    yield from _rush(work / "rush", language)
    yield from eventful(work / "eventful", language)


def _board_scene(name: str, till: Till) -> Scene:
    return of_till(name, till, is_board=True)


def _evening(data: Path, language: str) -> Scenes:
    shop = open_evening(data, language)
    orders = fill(shop)
    number, first = next(
        (o.number, o.open_lines[0].id) for o in orders.values() if o.customer.name == "Iryna"
    )
    shop.desk.check_off(orders[number].id, first, True)
    _ask(shop)
    shop.close()
    with till_of(data, language, screen="board", clock=VirtualClock(NOW)) as till:
        yield _board_scene("board-evening", till)
        screen = till.window.board
        screen.show_details(orders[number].id)
        till.wait(screen.drawers.details.isVisible, "the details")
        yield _board_scene("board-details", till)
        screen.drawers.shut()
        screen.toggle_bring_back()
        till.wait(screen.drawers.bring_back.isVisible, "what can be brought back")
        yield _board_scene("board-bring-back", till)
        screen.drawers.shut()
        screen.header.choose_place(1)
        till.settle()
        till.window.strip.show_sentence(DOWN[language])
        yield _board_scene("board-grill", till)
        till.window.strip.show_sentence("")


def _ask(shop: Shop) -> None:
    """One question, one change, one that is first, one on hold: whatever a card can say."""
    open_ids = [card.order.id for card in shop.desk.board()]
    shop.desk.kitchen.rush(open_ids[-2])


def rush_shop(data: Path, language: str) -> Shop:
    """25 open tickets; some are first, asked about or on hold."""
    longest = names()
    shop = open_evening(data, language, longest)
    orders = list(fill(shop, rush(25, longest)).values())
    desk = shop.desk
    desk.kitchen.rush(orders[4].id)
    desk.kitchen.ask_counter(orders[6].id, "No onions at all?")
    desk.kitchen.hold(orders[9].id)
    return shop


def _rush(data: Path, language: str) -> Scenes:
    rush_shop(data, language).close()
    with till_of(data, language, screen="board", clock=VirtualClock(NOW)) as till:
        yield _board_scene("board-rush", till)
