"""A manager's word for what the command line may not do alone.

The account of the operating system is the boundary; a manager's PIN says who agreed.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pos_app.commands.output import ask_secret
from pos_app.errors import NotFound, Refused

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.domain.staff import StaffMember


def take_manager(parser: argparse.ArgumentParser) -> None:
    """Let `--as NAME` name the manager who agrees."""
    parser.add_argument(
        "--as",
        dest="manager",
        metavar="NAME",
        help="the manager who agrees; asks for the PIN (needed once a manager has one)",
    )


def manager_agrees(shop: Shop, arguments: argparse.Namespace) -> None:
    """Nothing while no manager has a PIN; else the one of `--as` must type it.

    The PIN comes by prompt or as the first line of standard input, never as an argument.
    Raises Refused, NotFound, PinRefused.
    """
    from pos_app.domain.staff import proven_managers

    managers = proven_managers(shop.desk.staff.everyone())
    if not managers:
        return
    if arguments.manager is None:
        raise Refused("A manager has to agree", hint="Name one with --as; the PIN is asked for.")
    manager = named(shop, arguments.manager)
    shop.desk.staff.prove_manager(manager.id, ask_secret(f"PIN of {manager.name}"))


def named(shop: Shop, wanted: str) -> StaffMember:
    """The one who works here under this name or id. Raises NotFound."""
    from pos_app.domain.menu import folded

    for member in shop.desk.staff.everyone():
        if member.id == wanted or folded(member.name) == folded(wanted):
            return member
    raise NotFound(
        "Nobody called {name} works here", hint="See `orderbell staff list`.", name=wanted
    )
