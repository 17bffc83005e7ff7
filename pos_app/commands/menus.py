"""`orderbell menu`: take the menu out as JSON or as a table, bring it back changed."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import STANDARD, read_input, say, warn, write_output
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from pos_app.desk.menu_plan import Fault, Plan

_LONGEST = 4_000_000
_TABLE = ".csv"


def add(commands: Commands) -> None:
    acts = group(commands, "menu", "import or export the menu")
    exporting = command(acts, "export", export_file, "write the menu to a file: JSON, or NAME.csv")
    exporting.add_argument("file", metavar="FILE", help="- for standard output")
    exporting.add_argument(
        "--table", action="store_true", help="a table for a spreadsheet, whatever the name"
    )
    importing = command(acts, "import", import_file, "add and change dishes: JSON or a table")
    importing.add_argument("file", metavar="FILE", help="- for standard input")
    importing.add_argument(
        "--replace", action="store_true", help="take dishes that the file does not name off"
    )
    importing.add_argument(
        "--preview", action="store_true", help="say what would change, and write nothing"
    )
    take_manager(importing)
    emptying = command(acts, "empty", empty, "begin with an empty menu instead of the sample")
    take_manager(emptying)


def export_file(arguments: argparse.Namespace) -> int:
    as_table = arguments.table or arguments.file.lower().endswith(_TABLE)
    with opened(arguments) as shop:
        menu = shop.desk.menu
        data = menu.table() if as_table else menu.document()
    write_output(arguments.file, data.encode())
    return 0


def import_file(arguments: argparse.Namespace) -> int:
    if arguments.file == STANDARD and arguments.manager is not None:
        raise BadInput("file", "Standard input carries the PIN", hint="Put the menu into a file.")
    raw = read_input(arguments.file, _LONGEST)
    if len(raw) > _LONGEST:
        raise BadInput("file", "The menu is larger than 4 MB")
    with opened(arguments) as shop:
        plan = shop.desk.menu.plan(raw, replace_all=arguments.replace)
        if arguments.preview:
            _say_plan(plan, shop.desk.setup().settings.shop.language)
            return 0
        for fault in plan.faults:
            warn(_told(fault))
        if plan.faults:
            return 2
        manager_agrees(shop, arguments)
        shop.desk.menu.bring_in(plan)
    known = sum(not change.old.hidden for change in plan.changed) + len(plan.same)
    added = len(plan.added) + len(plan.changed) + len(plan.same) - known
    say(f"{added} dishes added, {known} changed, {len(plan.off)} taken off the menu.")
    return 0


def empty(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        shop.desk.menu.remove_sample()
    say("The menu is empty.")
    return 0


def _say_plan(plan: Plan, language: str) -> None:
    from pos_app.language import pick

    for sign, dishes in (
        ("+", plan.added),
        ("~", [change.new for change in plan.changed]),
        ("-", plan.off),
    ):
        for dish in dishes:
            say(f"{sign} {pick(dish.names, language)}")
    for fault in plan.faults:
        say(f"! {_told(fault)}")
    say(
        f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.same)} as they are, "
        f"{len(plan.off)} off, {len(plan.faults)} that cannot be read. Nothing was written."
    )


def _told(fault: Fault) -> str:
    """`line 4: price: “free” is not an amount`."""
    return f"line {fault.line}: {fault.error}" if fault.line else str(fault.error)
