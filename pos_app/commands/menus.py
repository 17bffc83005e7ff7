"""`orderbell menu`: take the menu out as a JSON file, bring it back changed."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import STANDARD, read_input, say, write_output
from pos_app.errors import BadInput

_LONGEST = 4_000_000


def add(commands: Commands) -> None:
    acts = group(commands, "menu", "import or export the menu")
    exporting = command(acts, "export", export_file, "write the menu to a JSON file")
    exporting.add_argument("file", metavar="FILE", help="- for standard output")
    importing = command(acts, "import", import_file, "add and change dishes from a JSON file")
    importing.add_argument("file", metavar="FILE", help="- for standard input")
    importing.add_argument(
        "--replace", action="store_true", help="take dishes that the file does not name off"
    )
    take_manager(importing)


def export_file(arguments: argparse.Namespace) -> int:
    from pos_app.desk.menu_exchange import export_menu

    with opened(arguments) as shop:
        setup = shop.desk.setup()
    write_output(arguments.file, export_menu(setup.menu, setup.settings.shop.currency))
    return 0


def import_file(arguments: argparse.Namespace) -> int:
    from pos_app.desk.menu_exchange import import_menu
    from pos_app.desk.menus import parse_menu

    if arguments.file == STANDARD and arguments.manager is not None:
        raise BadInput("file", "Standard input carries the PIN", hint="Put the menu into a file.")
    raw = read_input(arguments.file, _LONGEST)
    if len(raw) > _LONGEST:
        raise BadInput("file", "The menu is larger than 4 MB")
    file = parse_menu(raw)
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        with shop.desk.act() as act:
            done = import_menu(act, file, replace=arguments.replace)
    say(f"{done.added} dishes added, {done.changed} changed, {done.hidden} taken off the menu.")
    return 0
