"""`orderbell backup` and `orderbell restore`: copies of the store, made, listed and put back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command, data_folder
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened, staff_id
from pos_app.commands.output import answer, say, warn
from pos_app.errors import Refused, StoreError

if TYPE_CHECKING:
    from pos_app.progress import Progress, Step
    from pos_app.store.copies import StoreCopy


def add(commands: Commands) -> None:
    make = command(commands, "backup", backup, "copy the store while it works, and prove the copy")
    make.add_argument(
        "target",
        metavar="TARGET",
        nargs="?",
        type=Path,
        help="a folder or a new file NAME.sqlite; the shop's folder of backups if not given",
    )
    make.add_argument("--list", action="store_true", help="list the backups there are")
    make.add_argument("--json", action="store_true", help="JSON")
    back = command(commands, "restore", restore, "put a backup in the store's place")
    back.add_argument("copy", metavar="COPY", help="`latest`, a name of `backup --list`, or a file")
    back.add_argument("--yes", action="store_true", help="even if newer orders are set aside")
    take_manager(back)


def backup(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        if arguments.list:
            found = shop.desk.backups.found()
            zone = shop.desk.setup().settings.shop.zone
            return _list([*found.copies], found.folder, zone, as_json=arguments.json)
        made = shop.desk.backups.make(arguments.target, told_on_terminal())
    if arguments.json:
        answer(
            {
                "file": str(made.copy.path),
                "bytes": made.size,
                "orders": made.report.orders,
                "events": made.report.events,
            }
        )
    else:
        counts = f"{made.report.orders} orders, {made.report.events} events"
        say(f"{made.copy.path}: {counts}, {made.size // 1_000} kB, opened and checked")
        if arguments.target is not None:
            say("It holds guests' names and phones: keep it where only you can read it.")
    return 0


def _list(found: list[StoreCopy], folder: Path, zone: str, *, as_json: bool) -> int:
    from pos_app.clock import iso

    if as_json:
        rows: list[dict[str, Any]] = [
            {
                "name": copy.path.name,
                "made_at": iso(copy.made_at, zone),
                "kind": copy.kind,
                "bytes": copy.path.stat().st_size,
                "guests": copy.has_guests,
            }
            for copy in found
        ]
        answer({"folder": str(folder), "copies": rows})
        return 0
    for copy in found:
        size = copy.path.stat().st_size // 1_000
        guests = "" if copy.has_guests else ", without guests"
        say(f"{copy.path.name}  {iso(copy.made_at, zone)}  {size} kB{guests}")
    if not found:
        say(f"No backup in {folder}")
    return 0


def restore(arguments: argparse.Namespace) -> int:
    from pos_app import bootstrap
    from pos_app.clock import iso
    from pos_app.desk import backing_up
    from pos_app.paths import store_file
    from pos_app.store import copies

    data = data_folder(arguments)
    zone = "UTC"
    known = copies.found_in(copies.folder_of(store_file(data)))
    try:
        with opened(arguments) as shop:
            manager_agrees(shop, arguments)
            known = list(shop.desk.backups.found().copies)
            zone = shop.desk.setup().settings.shop.zone
            file = backing_up.chosen(known, arguments.copy)
            if not arguments.yes:
                _refuse_newer(shop.desk.backups.newer_than(file), file.name)
    except (StoreError, Refused) as error:
        if isinstance(error, Refused) and bootstrap.exists(data):
            raise
        # What cannot be opened is what a restore is for.
        if bootstrap.exists(data):
            warn(f"The present store cannot be opened: {error}")
        file = backing_up.chosen(known, arguments.copy)
    done = bootstrap.restore_shop(data, file, staff_id=staff_id(), progress=told_on_terminal())
    answer(
        {
            "restored": file.name,
            "since": iso(done.since, zone),
            "epoch": done.begun.epoch,
            "open_orders": done.begun.open_orders,
            "held": done.begun.held,
            "next_number": done.begun.numbers_from,
            "replaced": None if done.replaced is None else str(done.replaced),
        }
    )
    warn("Texts are paused until a person has looked: open Orderbell, or use `orderbell catch-up`.")
    if done.stops_lost:
        warn("This computer cannot recognise who has stopped texts; see `orderbell doctor`.")
    return 0


def _refuse_newer(count: int, name: str) -> None:
    if count:
        raise Refused(
            "This backup lacks newer orders: {count}",
            "They would be set aside with the present store, which is kept.",
            "Say --yes to restore {name} all the same.",
            count=count,
            name=name,
        )


def told_on_terminal() -> Progress:
    """One line that moves on a terminal; silence where nobody sits."""
    from pos_app.progress import silent

    if not sys.stderr.isatty():
        return silent

    def told(step: Step, done: int, of: int) -> None:
        share = 100 if not of else 100 * done // of
        sys.stderr.write(f"\r{step.value} {share:3d} %" + ("\n" if done >= of else ""))
        sys.stderr.flush()

    return told
