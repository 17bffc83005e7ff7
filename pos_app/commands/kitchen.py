"""`orderbell order …`: the kitchen's acts beside the bump."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.commands.answers import order_of
from pos_app.commands.arguments import Commands, on_order
from pos_app.commands.opening import opened
from pos_app.commands.output import answer
from pos_app.commands.stations import station_id
from pos_app.errors import NotFound
from pos_app.fields import clean

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop


def add(acts: Commands) -> None:
    """Add the acts to the group `order`."""
    seeing = on_order(acts, "seen", seen, "say that allergy and changes have been read")
    seeing.add_argument("--station", metavar="NAME", help="at this station, not at the pass")
    asking = on_order(acts, "ask", ask, "ask the counter; the order's texts pause")
    asking.add_argument("question", metavar="TEXT", help="what to ask the guest")
    replying = on_order(acts, "answer", reply, "answer the kitchen's question")
    replying.add_argument(
        "reply", nargs="?", default="", metavar="TEXT", help="what the guest said"
    )
    warning = on_order(acts, "allergy", allergy, "change the allergy, or take it away")
    warning.add_argument("allergy", metavar="TEXT", help="the allergy, or an empty text")
    noting = on_order(acts, "note", note, "change the note, or take it away")
    noting.add_argument("note", metavar="TEXT", help="the note, or an empty text")
    remaking = on_order(acts, "again", again, "have a line made again")
    remaking.add_argument("line", type=int, metavar="LINE_NO", help="the line's number, from 1")
    remaking.add_argument("--reason", required=True, metavar="TEXT", help="why, for the kitchen")
    hurrying = on_order(acts, "first", first, "put an order in front of the others")
    hurrying.add_argument("--off", action="store_true", help="back to its place")
    giving = on_order(acts, "minutes", minutes, "promise a later time")
    giving.add_argument(
        "minutes", type=int, nargs="?", default=5, metavar="N", help="5 if not said"
    )
    on_order(acts, "hold", hold, "let the kitchen wait with an order")
    on_order(acts, "fire", fire, "let a held or later order go on now")
    on_order(acts, "correct", correct, "text the guest that it is not ready yet after all")


def _act(arguments: argparse.Namespace, do: Callable[[Shop, int], object]) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        do(shop, order_id)
        answer(order_of(shop, order_id))
    return 0


def seen(arguments: argparse.Namespace) -> int:
    def do(shop: Shop, order_id: int) -> None:
        where = None
        if arguments.station is not None:
            where = station_id(shop.desk.setup(), arguments.station)
        shop.desk.kitchen.see(order_id, where)

    return _act(arguments, do)


def ask(arguments: argparse.Namespace) -> int:
    question = clean(arguments.question, "question")
    return _act(arguments, lambda shop, order: shop.desk.kitchen.ask_counter(order, question))


def reply(arguments: argparse.Namespace) -> int:
    said = clean(arguments.reply, "reply")
    return _act(arguments, lambda shop, order: shop.desk.kitchen.answer(order, said))


def allergy(arguments: argparse.Namespace) -> int:
    now_is = clean(arguments.allergy, "allergy")
    return _act(arguments, lambda shop, order: shop.desk.kitchen.change_allergy(order, now_is))


def note(arguments: argparse.Namespace) -> int:
    now_is = clean(arguments.note, "note")
    return _act(arguments, lambda shop, order: shop.desk.kitchen.change_note(order, now_is))


def again(arguments: argparse.Namespace) -> int:
    reason = clean(arguments.reason, "reason")

    def do(shop: Shop, order_id: int) -> None:
        card = shop.desk.order(order_id)
        lines = card.order.open_lines if card is not None else ()
        line = next((line for line in lines if line.no == arguments.line), None)
        if line is None:
            raise NotFound(
                "Order {number} has no open line {no}", number=arguments.number, no=arguments.line
            )
        shop.desk.kitchen.make_again(order_id, line.id, reason)

    return _act(arguments, do)


def first(arguments: argparse.Namespace) -> int:
    return _act(arguments, lambda shop, order: shop.desk.kitchen.rush(order, not arguments.off))


def minutes(arguments: argparse.Namespace) -> int:
    more = arguments.minutes
    return _act(arguments, lambda shop, order: shop.desk.kitchen.give_minutes(order, more))


def hold(arguments: argparse.Namespace) -> int:
    return _act(arguments, lambda shop, order: shop.desk.kitchen.hold(order))


def fire(arguments: argparse.Namespace) -> int:
    return _act(arguments, lambda shop, order: shop.desk.kitchen.fire(order))


def correct(arguments: argparse.Namespace) -> int:
    return _act(arguments, lambda shop, order: shop.desk.kitchen.tell_correction(order))
