"""`orderbell updates`: whether somebody asks for a newer Orderbell, and asking now.

Nothing is ever fetched or installed: a newer version is told, and a person installs it.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say

if TYPE_CHECKING:
    from pos_app.domain.release import Release


def add(commands: Commands) -> None:
    acts = group(commands, "updates", "whether there is a newer Orderbell")
    checking = command(acts, "check", check, "ask now")
    checking.add_argument("--json", action="store_true", help="a JSON object")
    on = command(acts, "on", switch_on, "ask once a day, while a window is open")
    on.add_argument("--address", default="", metavar="URL", help="where the signed manifest lies")
    on.add_argument("--key", default="", metavar="KEY", help="the publisher's key, in base64")
    on.add_argument("--lan", action="store_true", help="the address is in our own network")
    off = command(acts, "off", switch_off, "ask nobody")
    for parser in (on, off):
        take_manager(parser)


def check(arguments: argparse.Namespace) -> int:
    from pos_app import __version__, support

    with opened(arguments) as shop:
        newer = support.ask_for_updates(shop)
    if arguments.json:
        answer({"version": __version__, "newer": _told(newer)})
    elif newer is None:
        say(f"{__version__} is the newest Orderbell.")
    else:
        from pos_app.language import pick

        say(f"Orderbell {newer.version} is out; this is {__version__}.")
        say(pick(newer.notes, "en"))
    return 0


def switch_on(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        held = shop.desk.setup().settings.updates
        wanted = replace(
            held,
            on=True,
            address=arguments.address or held.address,
            key=arguments.key or held.key,
            lan=arguments.lan or held.lan,
        )
        found = shop.desk.updates.switch(wanted)
    say(f"{found.address} is asked once a day, while a window is open.")
    return 0


def switch_off(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        shop.desk.updates.switch(replace(shop.desk.setup().settings.updates, on=False))
    say("Nobody is asked for a newer Orderbell.")
    return 0


def _told(newer: Release | None) -> dict[str, object] | None:
    from pos_app.clock import iso

    if newer is None:
        return None
    return {
        "version": newer.version,
        "published_at": iso(newer.published_at),
        "notes": newer.notes,
    }
