"""`orderbell printer`: the printers of this computer."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, table
from pos_app.errors import Ambiguous, NotFound
from pos_app.fields import clean


def add(commands: Commands) -> None:
    acts = group(commands, "printer", "add, list or remove printers")
    adding = command(acts, "add", add_printer, "print slips on a network printer or into a folder")
    adding.add_argument("name", metavar="NAME")
    where = adding.add_mutually_exclusive_group(required=True)
    where.add_argument("--network", metavar="HOST[:PORT]", help="port 9100 unless given")
    where.add_argument("--folder", metavar="DIR", help="one file per slip")
    adding.add_argument("--width", type=int, choices=(58, 80), default=80, help="of the paper, mm")
    adding.add_argument("--kitchen", action="store_true", help="kitchen slips too")
    adding.add_argument("--no-slips", action="store_true", help="no slips for guests")
    listing = command(acts, "list", list_printers, "list printers")
    listing.add_argument("--json", action="store_true", help="a JSON list")
    removing = command(acts, "remove", remove, "forget a printer and what waits for it")
    removing.add_argument("printer", metavar="NAME_OR_ID")


def add_printer(arguments: argparse.Namespace) -> int:
    name = clean(arguments.name, "name", 80)
    with opened(arguments) as shop:
        printer_id = shop.desk.add_printer(
            name=name,
            kind="network" if arguments.network is not None else "file",
            address=arguments.network if arguments.network is not None else arguments.folder,
            width_mm=arguments.width,
            slips=not arguments.no_slips,
            kitchen=arguments.kitchen,
        )
    say(f"Printer {printer_id} “{name}” prints from now on.")
    return 0


def list_printers(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        printers = shop.desk.setup().printers
    if arguments.json:
        answer(
            [
                {
                    "id": printer.id,
                    "name": printer.name,
                    "kind": printer.kind,
                    "address": printer.address,
                    "width_mm": printer.width_mm,
                    "slips": printer.slips,
                    "kitchen": printer.kitchen,
                }
                for printer in printers
            ]
        )
    elif not printers:
        say("No printers.")
    else:
        rows = [("ID", "NAME", "KIND", "ADDRESS", "PAPER", "PRINTS")]
        for printer in printers:
            prints = [word for word, on in _prints(printer.slips, printer.kitchen) if on]
            paper = f"{printer.width_mm} mm"
            what = ", ".join(prints) or "nothing"
            rows.append((str(printer.id), printer.name, printer.kind, printer.address, paper, what))
        table(rows)
    return 0


def _prints(slips: bool, kitchen: bool) -> tuple[tuple[str, bool], ...]:
    return ("slips", slips), ("kitchen slips", kitchen)


def remove(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        wanted = arguments.printer.strip()
        found = [p for p in shop.desk.setup().printers if wanted in (p.name, str(p.id))]
        if not found:
            raise NotFound(
                "There is no printer {printer}",
                hint="See `orderbell printer list`.",
                printer=wanted,
            )
        if len(found) > 1:
            raise Ambiguous(
                "More than one printer is {printer}", hint="Name it by its id.", printer=wanted
            )
        shop.desk.remove_printer(found[0].id)
    say(f"Printer “{found[0].name}” is forgotten.")
    return 0
