"""`orderbell courier`: who has which delivery, who left and came back, and his cash."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import named
from pos_app.commands.opening import opened
from pos_app.commands.output import answer

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.reading import Card


def add(commands: Commands) -> None:
    acts = group(commands, "courier", "deliveries, and the cash for them")
    command(acts, "list", overview, "print who has what, and what he has to hand in")
    _on_courier(acts, "assign", assign, "these deliveries are his", "+")
    _on_courier(acts, "leaves", leaves, "he leaves with these; they must be ready", "+")
    back = _on_courier(acts, "back", is_back, "he is back and has delivered these", "*")
    back.add_argument(
        "--failed", nargs="+", default=[], metavar="NUMBER", help="these could not be delivered"
    )
    freeing = command(acts, "release", release, "take deliveries from their courier")
    freeing.add_argument("numbers", nargs="+", metavar="NUMBER[@DATE]")
    handing = command(acts, "hand-in", hand_in, "record cash that he hands in")
    handing.add_argument("name", metavar="NAME_OR_ID")
    handing.add_argument("amount", metavar="AMOUNT", help="such as 585 or 45.50")


def _on_courier(
    acts: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    help_text: str,
    how_many: str,
) -> argparse.ArgumentParser:
    parser = command(acts, name, run, help_text)
    parser.add_argument("name", metavar="NAME_OR_ID")
    parser.add_argument("numbers", nargs=how_many, metavar="NUMBER[@DATE]")
    return parser


def overview(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        answer(_overview(shop))
    return 0


def assign(arguments: argparse.Namespace) -> int:
    return _act(
        arguments,
        lambda shop: shop.desk.dispatch.assign(
            _ids(shop, arguments.numbers), named(shop, arguments.name).id
        ),
    )


def leaves(arguments: argparse.Namespace) -> int:
    return _act(
        arguments,
        lambda shop: shop.desk.dispatch.leaves(
            named(shop, arguments.name).id, _ids(shop, arguments.numbers)
        ),
    )


def is_back(arguments: argparse.Namespace) -> int:
    return _act(
        arguments,
        lambda shop: shop.desk.dispatch.is_back(
            named(shop, arguments.name).id,
            _ids(shop, arguments.numbers),
            _ids(shop, arguments.failed),
        ),
    )


def release(arguments: argparse.Namespace) -> int:
    def do(shop: Shop) -> None:
        for order_id in _ids(shop, arguments.numbers):
            shop.desk.dispatch.release(order_id)

    return _act(arguments, do)


def hand_in(arguments: argparse.Namespace) -> int:
    from pos_app.domain.money import parse_amount

    def do(shop: Shop) -> None:
        currency = shop.desk.setup().settings.shop.currency
        amount = parse_amount(arguments.amount, currency, "amount")
        shop.desk.dispatch.hand_in(named(shop, arguments.name).id, amount)

    return _act(arguments, do)


def _act(arguments: argparse.Namespace, do: Callable[[Shop], object]) -> int:
    with opened(arguments) as shop:
        do(shop)
        answer(_overview(shop))
    return 0


def _ids(shop: Shop, numbers: Sequence[str]) -> list[int]:
    return [shop.desk.find(number) for number in numbers]


def _overview(shop: Shop) -> dict[str, Any]:
    """Amounts in minor units."""
    found = shop.desk.dispatch.overview()
    return {
        "free": _numbers(found.free),
        "failed": _numbers(found.failed),
        "couriers": [
            {
                "id": run.courier.id,
                "name": run.courier.name,
                "assigned": _numbers(run.assigned),
                "out": _numbers(run.out),
                "back": _numbers(run.back),
                "to_collect": run.to_collect,
                "to_hand_in": run.to_hand_in,
            }
            for run in found.runs
        ],
    }


def _numbers(cards: Sequence[Card]) -> list[str]:
    return [card.order.number for card in cards]
