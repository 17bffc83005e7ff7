"""`orderbell doctor`: is everything that the shop needs in order, and what to do if not.

With `--json` one object: `ok` (nothing is in trouble), `findings`, each with `subject`, `state`
(`ok`, `off`, `trouble`), `said` and `hint` (may be empty). A subject may come more than once.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, command, data_folder
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say
from pos_app.errors import OrderbellError

if TYPE_CHECKING:
    from pos_app.doctor.finding import Finding


def add(commands: Commands) -> None:
    parser = command(
        commands, "doctor", doctor, "look at disk, store, page, texts, printers, sound and more"
    )
    parser.add_argument("--json", action="store_true", help="a JSON object")


def doctor(arguments: argparse.Namespace) -> int:
    """1 when something is in trouble."""
    from pos_app.doctor.finding import TROUBLE

    found = examined(arguments)
    is_well = all(finding.state != TROUBLE for finding in found)
    if arguments.json:
        answer({"ok": is_well, "findings": [_told(finding) for finding in found]})
        return 0 if is_well else 1
    for finding in found:
        say(f"{finding.subject:<11} {finding.state:<8} {finding.said()}".rstrip())
        if finding.state == TROUBLE and finding.advice():
            say(f"{'':<20} → {finding.advice()}")
    return 0 if is_well else 1


def examined(arguments: argparse.Namespace) -> list[Finding]:
    """What there is to say about the shop in the named folder, whether it opens or not."""
    from pos_app import support

    try:
        with opened(arguments) as shop:
            return support.examine(shop)
    except OrderbellError as error:
        return list(support.without_shop(data_folder(arguments), error))


def _told(finding: Finding) -> dict[str, str]:
    return {
        "subject": finding.subject,
        "state": finding.state,
        "said": finding.said(),
        "hint": finding.advice(),
    }
