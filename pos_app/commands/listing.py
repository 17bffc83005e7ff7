"""`orderbell orders`: what stands on the board, everything, or what a question finds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos_app.commands.answers import order_answer
from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import answer_list, say, table
from pos_app.errors import BadInput
from pos_app.language import pick

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.reading import Card
    from pos_app.desk.setup import Setup

_CHUNK = 400
_MOST_FOUND = 1_000
_HEAD = ("NUMBER", "DATE", "PLACED", "STATUS", "FOR", "HOW", "TOTAL", "PAID", "GUEST", "DISHES")


def add(commands: Commands) -> None:
    parser = command(commands, "orders", orders, "list open orders")
    parser.add_argument("--all", action="store_true", help="ended ones too, newest first")
    parser.add_argument(
        "--find", metavar="WORDS", help="number, phone, name, dish, table or date, newest first"
    )
    parser.add_argument("--limit", type=int, default=50, help="of --find, at most (50)")
    parser.add_argument(
        "--before", metavar="NUMBER@DATE", help="go on behind this order: the next page of --find"
    )
    parser.add_argument("--json", action="store_true", help="a JSON list")


def orders(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        setup = shop.desk.setup()
        cards = _asked_for(shop, arguments)
        if arguments.json:
            answer_list(
                order_answer(card, setup, shop.desk.tracking_url(card.order.id)) for card in cards
            )
            return 0
        rows = [_row(card, setup) for card in cards]
    if rows:
        table([_HEAD, *rows])
    else:
        say(_nothing(arguments))
    return 0


def _asked_for(shop: Shop, arguments: argparse.Namespace) -> Iterator[Card]:
    if arguments.find is None:
        if arguments.before is not None:
            raise BadInput("--before", "Only what --find finds has pages")
        return _every_card(shop) if arguments.all else iter(shop.desk.board())
    if not 1 <= arguments.limit <= _MOST_FOUND:
        raise BadInput("--limit", "From 1 to {most} orders", most=_MOST_FOUND)
    before = shop.desk.find(arguments.before) if arguments.before is not None else None
    return iter(shop.desk.search(arguments.find, arguments.limit, before=before))


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.find is not None:
        return "No order is found."
    return "No orders yet." if arguments.all else "No open orders."


def _every_card(shop: Shop) -> Iterator[Card]:
    from pos_app.store.orders import page

    before: int | None = None
    while True:
        with shop.database.read() as connection:
            ids = page(connection, _CHUNK, before)
        if not ids:
            return
        found = shop.desk.cards(ids)
        yield from (found[order_id] for order_id in ids if order_id in found)
        before = ids[-1]


def _row(card: Card, setup: Setup) -> tuple[str, ...]:
    from pos_app.clock import local
    from pos_app.domain.money import show

    order = card.order
    shop = setup.settings.shop
    dishes = ", ".join(
        f"{line.quantity} {pick(line.names, shop.language)}" for line in order.open_lines
    )
    return (
        order.number,
        order.business_date,
        f"{local(order.placed_at, shop.zone):%H:%M}",
        order.kind.value,
        f"{local(order.promised_at, shop.zone):%H:%M}",
        order.fulfilment.value,
        show(order.total, order.currency, shop.language),
        "paid" if not order.due else "to pay",
        order.customer.name or order.table,
        dishes,
    )
