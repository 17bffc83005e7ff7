"""`orderbell sync --once`: one round of the lanes without a window."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, warn
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from pos_app.lanes.sync import SyncReport


def add(commands: Commands) -> None:
    parser = command(commands, "sync", sync, "push pages, take guests' acts, send what is due")
    parser.add_argument("--once", action="store_true", help="one round, then end (needed)")
    parser.add_argument("--json", action="store_true", help="a JSON object")


def sync(arguments: argparse.Namespace) -> int:
    if not arguments.once:
        raise BadInput("--once", "Only a window keeps syncing", hint="Say `orderbell sync --once`.")
    from dataclasses import asdict

    from pos_app.insights.summary import of_day
    from pos_app.lanes.sync import sync_once
    from pos_app.page_words import page_words

    with opened(arguments) as shop:
        report = sync_once(shop, page_words, of_day)
    if arguments.json:
        answer(asdict(report))
    else:
        _tell(report)
    for problem in report.problems:
        warn(f"{problem.lane}: {problem.code}")
    return 1 if report.problems else 0


def _tell(report: SyncReport) -> None:
    if report.held_elsewhere:
        say("Another process of this shop pushes and sends; nothing was done here.")
    else:
        say(f"pages pushed: {report.pushed}")
        say(f"guests' acts: {report.actions}")
        if report.heard:
            say(f"heard by the bot: {report.heard}")
        say(f"texts sent: {report.sent}, expired: {report.expired}, reported: {report.reported}")
    printed = "by another process" if report.printed_elsewhere else str(report.printed)
    say(f"slips printed: {printed}")
    if report.after.sentence:
        say(report.after.sentence)
