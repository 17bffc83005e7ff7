"""`orderbell dish`: what is sold out and what is on sale again."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import say


def add(commands: Commands) -> None:
    acts = group(commands, "dish", "mark a dish as sold out, or as on sale again")
    command(acts, "sold-out", sold_out, "nobody can order it").add_argument("dish", metavar="NAME")
    command(acts, "on-sale", on_sale, "it can be ordered again").add_argument(
        "dish", metavar="NAME"
    )


def sold_out(arguments: argparse.Namespace) -> int:
    return _mark(arguments, is_sold_out=True)


def on_sale(arguments: argparse.Namespace) -> int:
    return _mark(arguments, is_sold_out=False)


def _mark(arguments: argparse.Namespace, *, is_sold_out: bool) -> int:
    from pos_app import intake
    from pos_app.language import pick

    with opened(arguments) as shop:
        setup = shop.desk.setup()
        dish = intake.named_dish(setup.menu, arguments.dish, "dish")
        shop.desk.mark_sold_out(dish.id, is_sold_out)
    name = pick(dish.names, setup.settings.shop.language)
    say(f"{name} is {'sold out' if is_sold_out else 'on sale'}.")
    return 0
