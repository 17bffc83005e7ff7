"""`orderbell order …`: the acts on one order."""

from __future__ import annotations

import argparse

from pos_app.commands import handing_over, kitchen
from pos_app.commands.answers import history, order_of
from pos_app.commands.arguments import Commands, command, group, on_order
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, read_input
from pos_app.commands.stations import station_id
from pos_app.fields import clean


def add(commands: Commands) -> None:
    acts = group(commands, "order", "place an order, or act on one")
    placing = command(acts, "place", place, "place the order in a JSON file")
    placing.add_argument("file", metavar="FILE", help="JSON file, or - for standard input")
    bumping = on_order(acts, "bump", bump, "move an order to its next status")
    bumping.add_argument("--station", metavar="NAME", help="only this station's ticket")
    on_order(acts, "undo", undo, "take back the last act while its grace runs")
    on_order(acts, "recall", recall, "bring an order back one stage")
    on_order(acts, "show", show, "print an order with its history")
    cancelling = on_order(acts, "cancel", cancel, "cancel an open order")
    cancelling.add_argument("--reason", required=True, metavar="TEXT", help="why, for the staff")
    paying = on_order(acts, "pay", pay, "record that what is due was paid")
    paying.add_argument("type", metavar="TYPE", help="cash, card or online")
    adding = on_order(acts, "add-line", add_line, "add a dish to an order")
    adding.add_argument("dish", metavar="DISH", help="the dish's name or id")
    adding.add_argument("--quantity", type=int, default=1, metavar="N")
    adding.add_argument("--modifier", action="append", default=[], metavar="M", help="name or id")
    adding.add_argument("--note", default="", metavar="TEXT")
    voiding = on_order(acts, "void-line", void_line, "take a line off an order")
    voiding.add_argument("line", type=int, metavar="LINE_NO", help="the line's number, from 1")
    handing = on_order(acts, "by-hand", by_hand, "rules say nothing about it; a person still may")
    handing.add_argument("state", choices=("on", "off"))
    kitchen.add(acts)
    handing_over.add(acts)


def place(arguments: argparse.Namespace) -> int:
    from pos_app import intake

    raw = read_input(arguments.file, intake.LONGEST_INPUT)
    with opened(arguments) as shop:
        setup = shop.desk.setup()
        country = setup.settings.shop.country
        draft = intake.read_order(raw, intake.Shop(setup.menu, country, shop.clock.now()))
        placed = shop.desk.place(draft)
        answer(order_of(shop, placed.order.id, created=placed.created))
    return 0


def bump(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        where = None
        if arguments.station is not None:
            where = station_id(shop.desk.setup(), arguments.station)
        bumped = shop.desk.bump(order_id, station_id=where)
        answer({**order_of(shop, order_id), "moved": bumped.moved})
    return 0


def undo(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.undo(order_id)
        answer(order_of(shop, order_id))
    return 0


def recall(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.recall(order_id)
        answer(order_of(shop, order_id))
    return 0


def show(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        zone = shop.desk.setup().settings.shop.zone
        entries = shop.desk.timeline(order_id)
        answer({**order_of(shop, order_id), "history": history(entries, zone)})
    return 0


def cancel(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.cancel(order_id, clean(arguments.reason, "reason"))
        answer(order_of(shop, order_id))
    return 0


def pay(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.pay(order_id, arguments.type)
        answer(order_of(shop, order_id))
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
        answer(order_of(shop, order_id))
    return 0


def void_line(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.void_line(order_id, arguments.line)
        answer(order_of(shop, order_id))
    return 0


def by_hand(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        shop.desk.wishes.order_by_hand(order_id, arguments.state == "on")
        answer({**order_of(shop, order_id), "by_hand": arguments.state == "on"})
    return 0
