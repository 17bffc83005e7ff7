"""`orderbell salvage FOLDER`: a new shop from what can be read of a damaged one."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app import paths
from pos_app.commands.arguments import Commands, command, data_folder
from pos_app.commands.output import answer, say, warn
from pos_app.errors import Refused

if TYPE_CHECKING:
    from pos_app.desk.salvaging import Outcome
    from pos_app.store.salvage import Found

# Beside the store: what makes it this shop on this computer.
_BESIDE = ("keys", "terminal")
_TOLD = ("orders", "lines", "tickets", "people", "dishes", "settings", "journal", "messages")


def add(commands: Commands) -> None:
    parser = command(
        commands, "salvage", salvage, "make a new shop from what can be read of a damaged one"
    )
    parser.add_argument("target", metavar="FOLDER", type=Path, help="new folder for the shop")
    parser.add_argument("--json", action="store_true", help="a JSON object")


def salvage(arguments: argparse.Namespace) -> int:
    """0 when all was found, 1 when something is lost (the new shop is there all the same)."""
    damaged, target = data_folder(arguments), arguments.target
    _refuse(damaged, target)
    found, outcome, problems = _salvage(damaged, target)
    is_whole = not (
        found.damaged_pages or found.unreadable or found.homeless or outcome.mended or problems
    )
    if arguments.json:
        answer(_as_json(found, outcome, problems))
    else:
        _tell(found, outcome, problems, target)
    return 0 if is_whole else 1


def _refuse(damaged: Path, target: Path) -> None:
    if not paths.store_file(damaged).exists():
        raise Refused(
            "There is no shop in this folder",
            "{folder}",
            "Name the damaged one with --data.",
            folder=damaged,
        )
    if target.exists() and any(target.iterdir()):
        raise Refused(
            "The folder for the new shop is not empty",
            "{folder}",
            "Name one that does not exist yet.",
            folder=target,
        )


def _salvage(damaged: Path, target: Path) -> tuple[Found, Outcome, tuple[str, ...]]:
    from pos_app.clock import SystemClock
    from pos_app.desk import checking
    from pos_app.desk.salvaging import put_right
    from pos_app.store import salvage as reading

    now = SystemClock().now()
    paths.make_private_folder(target)
    part = target / ".store.part"
    database, found = reading.salvage(paths.store_file(damaged), part, now)
    try:
        outcome = put_right(database, now)
        problems = checking.check(database).problems
    finally:
        database.close()
    for name in _BESIDE:
        _copy_beside(damaged / name, target / name)
    # Last, so that a folder with a store in it is a whole shop.
    part.rename(paths.store_file(target))
    return found, outcome, problems


def _copy_beside(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.exists():
        shutil.copy2(source, target)


def _as_json(found: Found, outcome: Outcome, problems: tuple[str, ...]) -> dict[str, object]:
    return {
        "found": dict(found.kept),
        "unreadable": dict(found.unreadable),
        "homeless": dict(found.homeless),
        "lost_orders_named_by_other_rows": len(found.lost_orders),
        "damaged_pages": found.damaged_pages,
        "stray_pages": found.strays,
        "same_store": found.is_same_store,
        "orders": [
            {
                "number": mended.number,
                "business_date": mended.business_date,
                "kept": mended.is_kept,
                "what": list(mended.what),
            }
            for mended in outcome.mended
        ],
        "skipped_numbers": outcome.skipped_numbers,
        "problems": list(problems),
    }


def _tell(found: Found, outcome: Outcome, problems: tuple[str, ...], target: Path) -> None:
    say("found:  " + ", ".join(f"{found.kept[name]} {name}" for name in _TOLD))
    lost = found.unreadable + found.homeless
    say("lost:   " + (", ".join(f"{n} {name}" for name, n in sorted(lost.items())) or "no row"))
    if found.damaged_pages:
        say(f"        {found.damaged_pages} pages cannot be read")
    if found.lost_orders:
        say(f"        {len(found.lost_orders)} orders of which only parts were found")
    for mended in outcome.mended:
        done = "kept" if mended.is_kept else "left out"
        say(f"{done}: {mended.number}@{mended.business_date}: {'; '.join(mended.what)}")
    if not found.is_same_store:
        warn("Who the store was is lost: pair the page and the SMS phone again.")
    for problem in problems:
        warn(problem)
    say(
        f"The new shop is in {target}. Its texts are held, its numbers jump ahead. "
        f"Look at it: orderbell --data {target}"
    )
