"""`orderbell staff`: who works here, with which role, and whose name a PIN proves."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, named, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, ask_secret, say, table

ROLES = ("courier", "kitchen", "cashier", "manager")


def add(commands: Commands) -> None:
    acts = group(commands, "staff", "names, roles and PINs of those who work here")
    listing = command(acts, "list", list_staff, "list who works here")
    listing.add_argument("--json", action="store_true", help="a JSON list")
    adding = command(acts, "add", add_member, "add somebody who works here")
    adding.add_argument("name", metavar="NAME")
    adding.add_argument("--role", required=True, choices=ROLES)
    adding.add_argument("--phone", default="", metavar="PHONE", help="a courier's, for the counter")
    pinning = command(acts, "pin", set_pin, "set a PIN; asks for it, nothing takes it off")
    pinning.add_argument("name", metavar="NAME_OR_ID")
    removing = command(acts, "remove", remove, "somebody works here no longer")
    removing.add_argument("name", metavar="NAME_OR_ID")
    for parser in (adding, pinning, removing):
        take_manager(parser)


def list_staff(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        staff = shop.desk.staff.everyone()
    if arguments.json:
        answer(
            [
                {
                    "id": member.id,
                    "name": member.name,
                    "role": member.role.value,
                    "phone": member.phone or None,
                    "pin": member.has_pin,
                }
                for member in staff
            ]
        )
    elif not staff:
        say("Nobody has a name here.")
    else:
        rows = [("NAME", "ROLE", "PIN", "PHONE", "ID")]
        rows += [(m.name, m.role.value, "yes" if m.has_pin else "no", m.phone, m.id) for m in staff]
        table(rows)
    return 0


def add_member(arguments: argparse.Namespace) -> int:
    from pos_app.domain.staff import Role

    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        role = Role(arguments.role)
        member = shop.desk.staff.add(arguments.name, role, phone=arguments.phone)
    say(f"{member.name} works here as {role.value}.")
    return 0


def set_pin(arguments: argparse.Namespace) -> int:
    """The PIN comes by prompt or as the next line of standard input, never as an argument."""
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        member = named(shop, arguments.name)
        pin = ask_secret(f"New PIN of {member.name} (empty: none)")
        shop.desk.staff.set_pin(member.id, pin)
    say(f"{member.name} has a new PIN." if pin else f"{member.name} has no PIN now.")
    return 0


def remove(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        member = named(shop, arguments.name)
        shop.desk.staff.remove(member.id)
    say(f"{member.name} works here no longer.")
    return 0
