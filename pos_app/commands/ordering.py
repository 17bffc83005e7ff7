"""`orderbell order …`: the acts on one order."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pos_app.commands.answers import history, order_answer
from pos_app.commands.arguments import Commands, Run, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, read_input
from pos_app.errors import NotFound
from pos_app.fields import clean

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.setup import Setup

_NUMBER = "NUMBER[@DATE]"


def add(commands: Commands) -> None:
    acts = group(commands, "order", "place an order, or act on one")
    placing = command(acts, "place", place, "place the order in a JSON file")
    placing.add_argument("file", metavar="FILE", help="JSON file, or - for standard input")
    bumping = _on_order(acts, "bump", bump, "move an order to its next status")
    bumping.add_argument("--station", metavar="NAME", help="only this station's ticket")
    _on_order(acts, "undo", undo, "take back the last act while its grace runs")
    _on_order(acts, "recall", recall, "bring an order back one stage")
    _on_order(acts, "show", show, "print an order with its history")
    cancelling = _on_order(acts, "cancel", cancel, "cancel an open order")
    cancelling.add_argument("--reason", required=True, metavar="TEXT", help="why, for the staff")
    paying = _on_order(acts, "pay", pay, "record that what is due was paid")
    paying.add_argument("type", metavar="TYPE", help="cash, card or online")
    adding = _on_order(acts, "add-line", add_line, "add a dish to an order")
    adding.add_argument("dish", metavar="DISH", help="the dish's name or id")
    adding.add_argument("--quantity", type=int, default=1, metavar="N")
    adding.add_argument("--modifier", action="append", default=[], metavar="M", help="name or id")
    adding.add_argument("--note", default="", metavar="TEXT")
    voiding = _on_order(acts, "void-line", void_line, "take a line off an order")
    voiding.add_argument("line", type=int, metavar="LINE_NO", help="the line's number, from 1")


def _on_order(acts: Commands, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    parser = command(acts, name, run, help_text)
    parser.add_argument("number", metavar=_NUMBER)
    return parser


def place(arguments: argparse.Namespace) -> int:
    from pos_app import intake

    raw = read_input(arguments.file, intake.LONGEST_INPUT)
    with opened(arguments) as shop:
        setup = shop.desk.setup()
        country = setup.settings.shop.country
        draft = intake.read_order(raw, intake.Shop(setup.menu, country, shop.clock.now()))
        placed = shop.desk.place(draft)
        answer(_answer(shop, placed.order.id, created=placed.created))
    return 0


def bump(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        station_id = None
        if arguments.station is not None:
            station_id = _station(shop.desk.setup(), arguments.station)
        bumped = shop.desk.bump(order_id, station_id=station_id)
        answer({**_answer(shop, order_id), "moved": bumped.moved})
    return 0


def _station(setup: Setup, wanted: str) -> int:
    from pos_app.domain.menu import folded
    from pos_app.language import pick

    key = folded(wanted)
    for station in setup.menu.stations:
        if station.uid == wanted or key in map(folded, station.names.values()):
            return station.id
    language = setup.settings.shop.language
    known = ", ".join(pick(station.names, language) for station in setup.menu.stations)
    raise NotFound(
        "There is no station {station}", hint="There are: {known}.", station=wanted, known=known
    )


def undo(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.undo(order_id)
        answer(_answer(shop, order_id))
    return 0


def recall(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.recall(order_id)
        answer(_answer(shop, order_id))
    return 0


def show(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        zone = shop.desk.setup().settings.shop.zone
        entries = shop.desk.timeline(order_id)
        answer({**_answer(shop, order_id), "history": history(entries, zone)})
    return 0


def cancel(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.cancel(order_id, clean(arguments.reason, "reason"))
        answer(_answer(shop, order_id))
    return 0


def pay(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.pay(order_id, arguments.type)
        answer(_answer(shop, order_id))
    return 0


def add_line(arguments: argparse.Namespace) -> int:
    from pos_app import intake

    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        given = {
            "dish": arguments.dish,
            "quantity": arguments.quantity,
            "modifiers": arguments.modifier,
            "note": arguments.note,
        }
        shop.desk.add_line(order_id, intake.line(given, shop.desk.setup().menu, "line"))
        answer(_answer(shop, order_id))
    return 0


def void_line(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.void_line(order_id, arguments.line)
        answer(_answer(shop, order_id))
    return 0


def _answer(shop: Shop, order_id: int, *, created: bool = False) -> dict[str, Any]:
    card = shop.desk.order(order_id)
    if card is None:
        raise NotFound("There is no such order")
    url = shop.desk.tracking_url(order_id)
    return order_answer(card, shop.desk.setup(), url, created=created)
