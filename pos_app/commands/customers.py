"""`orderbell customer …`: what is held about a guest, what he wants of texts, forgetting him."""

from __future__ import annotations

import argparse
import sys

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, warn
from pos_app.errors import BadInput, Refused


def add(commands: Commands) -> None:
    acts = group(commands, "customer", "what is held about a guest, his texts, forgetting him")
    exporting = command(acts, "export", export, "everything held about one guest")
    exporting.add_argument("phone", metavar="PHONE")
    exporting.add_argument("--format", choices=("json",), default="json", help="how it is written")
    erasing = command(acts, "erase", erase, "forget a guest for good; his orders stay as numbers")
    erasing.add_argument("phone", metavar="PHONE", nargs="?")
    erasing.add_argument("--id", type=int, metavar="N", help="a guest without a phone, by his row")
    erasing.add_argument("--yes", action="store_true", help="do not ask once more")
    keeping = command(acts, "keep-days", keep_days, "after how many days guests are forgotten")
    keeping.add_argument("days", metavar="N", type=int, help="0: only when they ask")
    stopping = command(acts, "stop", stop, "no more texts to a number, on any channel")
    resuming = command(acts, "resume", resume, "texts to a number again")
    for parser in (stopping, resuming):
        parser.add_argument("phone", metavar="PHONE")
        parser.add_argument("--channel", default="sms", metavar="NAME", help="of the address (sms)")
    losing = command(
        acts,
        "forget-lost-stops",
        forget_lost_stops,
        "drop the stops of another computer that this one cannot recognise",
    )
    handing = command(acts, "by-hand", by_hand, "rules say nothing to a guest; a person still may")
    handing.add_argument("phone", metavar="PHONE")
    handing.add_argument("state", choices=("on", "off"))
    for parser in (exporting, erasing, keeping, losing):
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


def stop(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        dropped = shop.desk.wishes.opt_out(arguments.phone, arguments.channel, "command")
    say(f"No texts go there any more; {dropped} that waited were dropped.")
    return 0


def resume(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        had = shop.desk.wishes.opt_in_again(arguments.phone, arguments.channel, "command")
    say("Texts go there again." if had else "Nobody had stopped texts there.")
    return 0


def forget_lost_stops(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        gone = shop.desk.wishes.forget_lost_stops()
    if gone:
        say(f"{gone} stops that nobody can recognise here are gone.")
    else:
        say("Everybody who has stopped texts is recognised here.")
    return 0


def by_hand(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        shop.desk.wishes.guest_by_hand(arguments.phone, arguments.state == "on")
    if arguments.state == "on":
        say("Rules say nothing to this guest; a text by hand still goes.")
    else:
        say("Rules speak to this guest again.")
    return 0


def _is_sure() -> bool:
    sys.stderr.write("This cannot be undone. Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"
