"""`orderbell customer …`: show a guest what is held about him, and forget him."""

from __future__ import annotations

import argparse
import sys

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, warn
from pos_app.errors import BadInput, Refused


def add(commands: Commands) -> None:
    acts = group(commands, "customer", "what is held about a guest, and forgetting him")
    exporting = command(acts, "export", export, "everything held about one guest")
    exporting.add_argument("phone", metavar="PHONE")
    exporting.add_argument("--format", choices=("json",), default="json", help="how it is written")
    erasing = command(acts, "erase", erase, "forget a guest for good; his orders stay as numbers")
    erasing.add_argument("phone", metavar="PHONE", nargs="?")
    erasing.add_argument("--id", type=int, metavar="N", help="a guest without a phone, by his row")
    erasing.add_argument("--yes", action="store_true", help="do not ask once more")
    keeping = command(acts, "keep-days", keep_days, "after how many days guests are forgotten")
    keeping.add_argument("days", metavar="N", type=int, help="0: only when they ask")
    for parser in (exporting, erasing, keeping):
        take_manager(parser)


def export(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        answer(shop.desk.privacy.export(arguments.phone))
    return 0


def erase(arguments: argparse.Namespace) -> int:
    if (arguments.phone is None) == (arguments.id is None):
        raise BadInput("phone", "Name the guest by his phone, or by --id")
    if not arguments.yes and not sys.stdin.isatty():
        raise Refused("Nothing was erased", hint="Say --yes: it cannot be undone.")
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        if not arguments.yes and not _is_sure():
            raise Refused("Nothing was erased")
        done = shop.desk.privacy.erase(arguments.phone or "", arguments.id)
    say(f"Erased: the guest ({done.people} rows) and the words of {done.orders} orders.")
    if done.is_clean:
        say("Looked through the store's file: no trace is left in it.")
    else:
        warn("Copies may still stand in the store's file: it is written anew in the night.")
    say("Backups made before hold the guest until they are too old to be kept.")
    return 0


def keep_days(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        shop.desk.privacy.keep_days(arguments.days)
    if arguments.days:
        say(f"Guests are forgotten {arguments.days} days after their last order.")
    else:
        say("Guests are forgotten only when they ask.")
    return 0


def _is_sure() -> bool:
    sys.stderr.write("This cannot be undone. Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"
