"""`orderbell clock`: what time it is for the shop; `clock confirm` after a leap."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer


def add(commands: Commands) -> None:
    acts = group(commands, "clock", "the shop's clock, and what to do when it leapt")
    command(acts, "show", show, "what time it is, and whether the computer's clock has leapt")
    command(acts, "confirm", confirm, "the computer's clock has leapt and is right now")


def show(arguments: argparse.Namespace) -> int:
    from pos_app.clock import iso

    with opened(arguments) as shop:
        zone = shop.desk.setup().settings.shop.zone
        answer({"now": iso(shop.clock.now(), zone), "leap_s": shop.clock.leap_ms() // 1000})
    return 0


def confirm(arguments: argparse.Namespace) -> int:
    from pos_app.clock import iso

    with opened(arguments) as shop:
        leap_ms = shop.desk.evening.confirm_clock()
        zone = shop.desk.setup().settings.shop.zone
        answer({"now": iso(shop.clock.now(), zone), "confirmed_leap_s": leap_ms // 1000})
    return 0
