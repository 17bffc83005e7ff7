"""`orderbell check`: board = journal = rows = totals, and the file itself is sound."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, warn


def add(commands: Commands) -> None:
    parser = command(commands, "check", check, "prove the store: board, journal, totals, file")
    parser.add_argument("--json", action="store_true", help="a JSON object")


def check(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        report = shop.desk.check()
    if arguments.json:
        answer(
            {
                "ok": not report.problems,
                "orders": report.orders,
                "events": report.events,
                "messages": report.messages,
                "problems": list(report.problems),
            }
        )
        return 1 if report.problems else 0
    for problem in report.problems:
        warn(problem)
    counts = f"{report.orders} orders, {report.events} events, {report.messages} messages"
    count = len(report.problems)
    say(f"{counts}: " + (f"{count} problems" if count else "all right"))
    return 1 if report.problems else 0
