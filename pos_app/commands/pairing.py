"""`orderbell pair`: join a hosted site with one pasted code."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import ask_secret, say


def add(commands: Commands) -> None:
    parser = command(commands, "pair", pair, "join a hosted site; asks for the code it gave you")
    take_manager(parser)


def pair(arguments: argparse.Namespace) -> int:
    """The code comes by prompt or as the first line of standard input, never as an argument."""
    from pos_app.wire.pairing import parse_code

    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        code = parse_code(ask_secret("Pairing code"))
        from pos_app.lanes import pairing

        paired = pairing.pair(shop, code)
    say(f"Paired with {paired.origin}. Check word: {paired.check_word}")
    say("The site shows the same word beside this till; if not, unpair at once.")
    return 0
