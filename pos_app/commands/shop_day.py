"""`orderbell shop …`: its hours, and where the owner is told how the day was."""

from __future__ import annotations

import argparse
from dataclasses import replace

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, table
from pos_app.domain.hours_text import DAYS

_SPANS = "such as 10:00-22:00 or 10:00-15:00,18:00-02:00; '' is closed"


def add(commands: Commands) -> None:
    acts = group(commands, "shop", "the shop's hours, and what its owner is told")
    hours = command(acts, "hours", hours_of, "show or set the opening and quiet hours")
    for day in DAYS:
        hours.add_argument(f"--{day}", metavar="HOURS", help=_SPANS)
    hours.add_argument("--every-day", metavar="HOURS", help="the same on all days")
    hours.add_argument("--closed", metavar="DATES", help="closed on these dates, ISO; '' is none")
    hours.add_argument("--quiet", metavar="HOURS", help="no offers, no feedback; '' is never")
    hours.add_argument("--always", action="store_true", help="open at all times")
    owner = command(acts, "owner", owner_of, "show or set where the owner is told of the day")
    owner.add_argument("--mail", metavar="ADDRESS", help="'' is nowhere")
    owner.add_argument("--phone", metavar="PHONE", help="for the short form; '' is nowhere")
    owner.add_argument("--telegram", metavar="CHAT", help="the number of a chat; '' is nowhere")
    for parser in (hours, owner):
        parser.add_argument("--json", action="store_true", help="for a program")
        take_manager(parser)


def hours_of(arguments: argparse.Namespace) -> int:
    from pos_app.domain import hours_text

    given = {day: getattr(arguments, day) for day in DAYS if getattr(arguments, day) is not None}
    every, closed, quiet = arguments.every_day, arguments.closed, arguments.quiet
    changes = bool(given) or arguments.always or (every, closed, quiet) != (None, None, None)
    with opened(arguments) as shop:
        held = shop.desk.setup().settings.hours
        if changes:
            manager_agrees(shop, arguments)
            week = held.week or ((),) * len(DAYS)
            days = {day: hours_text.shown(week[no]) for no, day in enumerate(DAYS)}
            if every is not None or arguments.always:
                days = dict.fromkeys(DAYS, every or "")
            shop.desk.owner.set_hours(
                hours_text.read(
                    days | given,
                    " ".join(held.closed) if closed is None else closed,
                    (hours_text.shown((held.quiet,)) if held.quiet else "")
                    if quiet is None
                    else quiet,
                )
            )
        hours = shop.desk.setup().settings.hours
    days = dict(zip(DAYS, map(hours_text.shown, hours.week), strict=False))
    quiet_now = hours_text.shown((hours.quiet,)) if hours.quiet else ""
    if arguments.json:
        answer({"week": days, "closed": hours.closed, "quiet": quiet_now})
        return 0
    if days:
        table([(day, spans or "closed") for day, spans in days.items()])
    else:
        say("Always open.")
    if hours.closed:
        say(f"Closed on {', '.join(hours.closed)}.")
    say(f"Quiet hours: {quiet_now or 'none'}.")
    return 0


def owner_of(arguments: argparse.Namespace) -> int:
    wanted = {
        name: getattr(arguments, name)
        for name in ("mail", "phone", "telegram")
        if getattr(arguments, name) is not None
    }
    with opened(arguments) as shop:
        owner = shop.desk.setup().settings.owner
        if wanted:
            manager_agrees(shop, arguments)
            owner = shop.desk.owner.set_addresses(replace(owner, **wanted))
        told = shop.desk.owner.newest()[:5]
    if arguments.json:
        answer({"mail": owner.mail, "phone": owner.phone, "telegram": owner.telegram})
        return 0
    table(
        [
            ("mail", owner.mail or "-"),
            ("phone", owner.phone or "-"),
            ("telegram", owner.telegram or "-"),
        ]
    )
    for one in told:
        say(" ".join(part for part in (one.day, one.channel, one.state, one.reason) if part))
    return 0
