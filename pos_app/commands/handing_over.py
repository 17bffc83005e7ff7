"""`orderbell order …`: handing over, the other ends, and money given back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.commands.answers import order_of
from pos_app.commands.arguments import Commands, on_order
from pos_app.commands.opening import opened
from pos_app.commands.output import answer

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop

ENDS = (
    "picked_up",
    "served",
    "handed_to_partner",
    "not_collected",
    "delivered",
    "delivery_failed",
    "returned",
)


def add(acts: Commands) -> None:
    """Add the acts to the group `order`."""
    for name, run, help_text in (
        ("hand-over", hand_over, "give a ready order out"),
        ("serve-now", serve_now, "end an order of counter-made dishes at once"),
    ):
        giving = on_order(acts, name, run, help_text)
        giving.add_argument(
            "--payment", metavar="TYPE", help="how it is paid: cash, card, online or unpaid"
        )
    ending = on_order(acts, "end", end, "end an order, or let its delivery fail")
    ending.add_argument("kind", choices=ENDS)
    ending.add_argument(
        "--reason", default="", metavar="WORD", help="why a delivery failed or came back"
    )
    on_order(acts, "try-again", try_again, "a failed delivery stands ready again")
    refunding = on_order(acts, "refund", refund, "record that money was given back")
    refunding.add_argument("type", metavar="TYPE", help="cash, card or online")
    refunding.add_argument("--amount", metavar="AMOUNT", help="such as 45.50; all if not given")


def _act(arguments: argparse.Namespace, do: Callable[[Shop, int], object]) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        do(shop, order_id)
        answer(order_of(shop, order_id))
    return 0


def hand_over(arguments: argparse.Namespace) -> int:
    return _act(
        arguments,
        lambda shop, order_id: shop.desk.handover.hand_over(order_id, None, arguments.payment),
    )


def serve_now(arguments: argparse.Namespace) -> int:
    return _act(
        arguments,
        lambda shop, order_id: shop.desk.handover.serve_now(order_id, arguments.payment),
    )


def end(arguments: argparse.Namespace) -> int:
    from pos_app.domain.workflow import Kind

    return _act(
        arguments,
        lambda shop, order_id: shop.desk.handover.end(
            order_id, Kind(arguments.kind), arguments.reason
        ),
    )


def try_again(arguments: argparse.Namespace) -> int:
    return _act(arguments, lambda shop, order_id: shop.desk.handover.try_again(order_id))


def refund(arguments: argparse.Namespace) -> int:
    from pos_app.domain.money import parse_amount

    def do(shop: Shop, order_id: int) -> None:
        currency = shop.desk.setup().settings.shop.currency
        amount = None
        if arguments.amount is not None:
            amount = parse_amount(arguments.amount, currency, "amount")
        shop.desk.handover.refund(order_id, arguments.type, amount)

    return _act(arguments, do)
