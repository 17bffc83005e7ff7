"""`orderbell report save FILE` and `orderbell licences`: what one sends on, and what ships."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, data_folder, group
from pos_app.commands.doctor import examined
from pos_app.commands.output import answer, say, table, write_output
from pos_app.errors import NotFound


def add(commands: Commands) -> None:
    acts = group(commands, "report", "a report for whoever helps: findings and crash reports")
    saving = command(acts, "save", save, "write it, without names, numbers and secrets")
    saving.add_argument("file", metavar="FILE", help="a new file, or - for standard output")
    listing = command(commands, "licences", licences, "what ships with Orderbell, and how it may")
    listing.add_argument("name", metavar="NAME", nargs="?", help="its licence as a whole")
    listing.add_argument("--json", action="store_true", help="a JSON list, with the texts")


def save(arguments: argparse.Namespace) -> int:
    from pos_app import support

    document = support.report(data_folder(arguments), examined(arguments))
    write_output(arguments.file, document.encode())
    if arguments.file != "-":
        say(f"{arguments.file}: look into it, then send it to whoever helps you.")
    return 0


def licences(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from pos_app import support

    listed = support.licences()
    if arguments.name is not None:
        wanted = arguments.name.casefold()
        listed = [one for one in listed if one.name.casefold() == wanted]
        if not listed:
            raise NotFound("Nothing of that name ships", hint="See `orderbell licences`.")
    if arguments.json:
        answer([asdict(one) for one in listed])
    elif arguments.name is not None:
        for one in listed:
            say("\n".join(part for part in (f"{one.name} {one.version}", one.source, one.text)))
    else:
        table([(one.name, one.version, one.licence) for one in listed])
    return 0
