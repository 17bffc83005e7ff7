"""`orderbell page`: what its owner does about the tracking page beyond pairing it."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import say


def add(commands: Commands) -> None:
    acts = group(commands, "page", "the guests' tracking page")
    rotate = command(acts, "rotate", renew_key, "make links with a new key from now on")
    take_manager(rotate)


def renew_key(arguments: argparse.Namespace) -> int:
    """Asked again after a cut connection it gets the same key, so it may simply be repeated."""
    from pos_app.page_setup import renew_key as renew

    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        generation = renew(shop)
    say(f"New links have key {generation}. Links that are printed go on opening.")
    return 0
