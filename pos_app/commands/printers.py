"""`orderbell printer`: the printers of this computer, and the paper that waits for them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.clock import local
from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, table
from pos_app.errors import Ambiguous, NotFound
from pos_app.fields import clean

if TYPE_CHECKING:
    from pos_app.desk.printers import Prints, StoredPrinter
    from pos_app.desk.setup import Setup

NOBODY = "none"


def add(commands: Commands) -> None:
    acts = group(commands, "printer", "printers, what comes out of them, and what waits")
    adding = command(acts, "add", add_printer, "print slips on a network printer or into a folder")
    adding.add_argument("name", metavar="NAME")
    where = adding.add_mutually_exclusive_group(required=True)
    where.add_argument("--network", metavar="HOST[:PORT]", help="port 9100 unless given")
    where.add_argument("--folder", metavar="DIR", help="one file per slip")
    adding.add_argument("--width", type=int, choices=(58, 80), default=80, help="of the paper, mm")
    _prints_arguments(adding)
    changing = command(acts, "change", change, "say anew what comes out of a printer")
    changing.add_argument("printer", metavar="NAME_OR_ID")
    _prints_arguments(changing)
    listing = command(acts, "list", list_printers, "list printers")
    listing.add_argument("--json", action="store_true", help="a JSON list")
    removing = command(acts, "remove", remove, "forget a printer and what waits for it")
    removing.add_argument("printer", metavar="NAME_OR_ID")
    queue = command(acts, "queue", list_queue, "list paper that has not come out")
    queue.add_argument("--json", action="store_true", help="a JSON list")
    releasing = command(acts, "release", release, "print slips older than ten minutes after all")
    releasing.add_argument("printer", metavar="NAME_OR_ID")
    dropping = command(acts, "drop", drop, "never print slips older than ten minutes")
    dropping.add_argument("printer", metavar="NAME_OR_ID")


def _prints_arguments(parser: argparse.ArgumentParser) -> None:
    switch = argparse.BooleanOptionalAction
    parser.add_argument("--slips", action=switch, help="slips for guests")
    parser.add_argument("--kitchen", action=switch, help="kitchen slips")
    parser.add_argument("--stubs", action=switch, help="stubs for bags")
    parser.add_argument("--deliveries", action=switch, help="slips for couriers")
    parser.add_argument(
        "--station",
        action="append",
        metavar="NAME",
        help="only this station's kitchen slips; may be repeated; “all” for every station",
    )
    parser.add_argument(
        "--fallback",
        metavar="NAME_OR_ID",
        help=f"who stands in when it is down; “{NOBODY}”: nobody",
    )


def _wanted(arguments: argparse.Namespace, before: Prints, setup: Setup) -> Prints:
    """`before` with what the command line says otherwise."""
    prints = before
    for form in ("slips", "kitchen", "stubs", "deliveries"):
        if (chosen := getattr(arguments, form)) is not None:
            prints = replace(prints, **{form: chosen})
    if arguments.station is not None:
        prints = replace(prints, station_ids=_stations(arguments.station, setup))
    if arguments.fallback is not None:
        stands_in = None
        if arguments.fallback.strip() != NOBODY:
            stands_in = _found(setup, arguments.fallback).id
        prints = replace(prints, fallback_id=stands_in)
    return prints


def _stations(wanted: list[str], setup: Setup) -> tuple[int, ...]:
    if "all" in wanted:
        return ()
    by_name = {
        name.casefold(): station.id
        for station in setup.menu.stations
        for name in station.names.values()
    }
    found = []
    for name in wanted:
        station_id = by_name.get(name.strip().casefold())
        if station_id is None:
            raise NotFound(
                "There is no station {station}",
                hint="{known}",
                station=name,
                known=", ".join(sorted(by_name)),
            )
        found.append(station_id)
    return tuple(found)


def add_printer(arguments: argparse.Namespace) -> int:
    from pos_app.desk.printers import Prints

    name = clean(arguments.name, "name", 80)
    with opened(arguments) as shop:
        prints = _wanted(arguments, Prints(), shop.desk.setup())
        printer_id = shop.desk.add_printer(
            name=name,
            kind="network" if arguments.network is not None else "file",
            address=arguments.network if arguments.network is not None else arguments.folder,
            width_mm=arguments.width,
            prints=prints,
        )
    say(f"Printer {printer_id} “{name}” prints from now on.")
    return 0


def change(arguments: argparse.Namespace) -> int:
    from pos_app.desk.printers import prints_of

    with opened(arguments) as shop:
        setup = shop.desk.setup()
        printer = _found(setup, arguments.printer)
        shop.desk.change_printer(printer.id, _wanted(arguments, prints_of(printer), setup))
        after = _found(shop.desk.setup(), str(printer.id))
    say(f"Printer “{printer.name}” prints {_what(after) or 'nothing'}.")
    return 0


def list_printers(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        printers = shop.desk.setup().printers
    if arguments.json:
        answer([_as_json(printer) for printer in printers])
    elif not printers:
        say("No printers.")
    else:
        rows = [("ID", "NAME", "KIND", "ADDRESS", "PAPER", "PRINTS")]
        for printer in printers:
            paper, what = f"{printer.width_mm} mm", _what(printer) or "nothing"
            rows.append((str(printer.id), printer.name, printer.kind, printer.address, paper, what))
        table(rows)
    return 0


def _as_json(printer: StoredPrinter) -> dict[str, object]:
    return {
        "id": printer.id,
        "name": printer.name,
        "kind": printer.kind,
        "address": printer.address,
        "width_mm": printer.width_mm,
        "slips": printer.slips,
        "kitchen": printer.kitchen,
        "stubs": printer.stubs,
        "deliveries": printer.deliveries,
        "station_ids": list(printer.station_ids),
        "fallback_id": printer.fallback_id,
    }


def _what(printer: StoredPrinter) -> str:
    words = (
        ("slips", printer.slips),
        ("kitchen slips", printer.kitchen),
        ("bag stubs", printer.stubs),
        ("courier slips", printer.deliveries),
    )
    return ", ".join(word for word, on in words if on)


def remove(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        printer = _found(shop.desk.setup(), arguments.printer)
        shop.desk.remove_printer(printer.id)
    say(f"Printer “{printer.name}” is forgotten.")
    return 0


def list_queue(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        queues = shop.desk.paper_queue.waiting()
        zone = shop.desk.setup().settings.shop.zone
    if arguments.json:
        answer(
            [
                {
                    "printer_id": queue.printer.id,
                    "waiting": queue.waiting,
                    "held": queue.held,
                    "oldest_at": local(queue.oldest_at, zone).isoformat(),
                    "reason": queue.reason,
                }
                for queue in queues
            ]
        )
    elif not queues:
        say("No paper waits.")
    else:
        rows = [("PRINTER", "WAITING", "HELD", "OLDEST", "REASON")]
        for queue in queues:
            oldest = f"{local(queue.oldest_at, zone):%H:%M}"
            counts = str(queue.waiting), str(queue.held)
            rows.append((queue.printer.name, *counts, oldest, queue.reason))
        table(rows)
    return 0


def release(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        printer = _found(shop.desk.setup(), arguments.printer)
        count = shop.desk.paper_queue.print_held(printer.id)
    say(f"{count} slips of “{printer.name}” wait for the printer again.")
    return 0


def drop(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        printer = _found(shop.desk.setup(), arguments.printer)
        count = shop.desk.paper_queue.drop_held(printer.id)
    say(f"{count} slips of “{printer.name}” are dropped.")
    return 0


def _found(setup: Setup, named: str) -> StoredPrinter:
    wanted = named.strip()
    found = [p for p in setup.printers if wanted in (p.name, str(p.id))]
    if not found:
        raise NotFound(
            "There is no printer {printer}", hint="See `orderbell printer list`.", printer=wanted
        )
    if len(found) > 1:
        raise Ambiguous(
            "More than one printer is {printer}", hint="Name it by its id.", printer=wanted
        )
    return found[0]
