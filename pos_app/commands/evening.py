"""`orderbell catch-up` and `orderbell close-day`: what became of orders that nobody followed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import answer
from pos_app.errors import Refused

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.evening_desk import CatchingUp, EndOfDay

_NUMBER = "NUMBER"


def add(commands: Commands) -> None:
    catching = command(commands, "catch-up", catch_up, "after a power cut: what has left")
    _take_orders(catching, "--gone", "these have left the shop")
    _take_orders(catching, "--here", "these are still here")
    _take_orders(catching, "--cancelled", "these will not be made")
    held = catching.add_mutually_exclusive_group()
    held.add_argument("--send", action="store_true", help="send the held messages that are true")
    held.add_argument("--drop", action="store_true", help="send none of the held messages")
    closing = command(commands, "close-day", close_day, "close a business day")
    closing.add_argument(
        "date", metavar="DATE", nargs="?", help="such as 2026-11-23; today if not given"
    )
    _take_orders(closing, "--collected", "these were collected, served or delivered")
    _take_orders(closing, "--not-collected", "nobody came for these")
    _take_orders(closing, "--cancelled", "these were not made")


def _take_orders(parser: argparse.ArgumentParser, option: str, help_text: str) -> None:
    parser.add_argument(option, nargs="+", default=[], metavar=_NUMBER, help=help_text)


def catch_up(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        evening = shop.desk.evening
        if evening.catching_up() is None:
            raise Refused("There is nothing to catch up")
        for said, numbers in (
            ("gone", arguments.gone),
            ("here", arguments.here),
            ("cancelled", arguments.cancelled),
        ):
            if numbers:
                evening.settle([shop.desk.find(number) for number in numbers], said)
        released = 0
        # With the last answer and nothing held it has ended by itself.
        if (arguments.send or arguments.drop) and evening.catching_up() is not None:
            released = evening.finish_catch_up(send=arguments.send)
        answer({**_catching_up(shop, evening.catching_up()), "released": released})
    return 0


def _catching_up(shop: Shop, found: CatchingUp | None) -> dict[str, Any]:
    from pos_app.clock import iso

    if found is None:
        return {"since": None, "until": None, "open": [], "held": 0}
    zone = shop.desk.setup().settings.shop.zone
    return {
        "since": iso(found.since, zone),
        "until": iso(found.until, zone),
        "open": [card.order.number for card in found.cards],
        "held": found.held,
    }


def close_day(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        evening = shop.desk.evening
        day = arguments.date or evening.end_of_day().business_date
        for said, numbers in (
            ("collected", arguments.collected),
            ("not_collected", arguments.not_collected),
            ("cancelled", arguments.cancelled),
        ):
            for number in numbers:
                evening.close_order(shop.desk.find(number), said)
        evening.close_day(day)
        answer({"business_date": day, **_left(evening.left_open())})
    return 0


def _left(found: EndOfDay | None) -> dict[str, Any]:
    """What an earlier day has left open."""
    cards = found.cards if found is not None else ()
    return {"left_open": [f"{c.order.number}@{c.order.business_date}" for c in cards]}
