"""`orderbell replay`: play a file of real sales through the desk."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pos_app.commands.arguments import Commands, command, data_folder
from pos_app.commands.opening import staff_id
from pos_app.commands.output import answer, say, warn
from pos_app.errors import BadInput

_ABOUT = (
    "Place every order of a sales file at its own time and move it through a simple kitchen. "
    "Makes a practice shop (US dollars, America/New_York) if there is none. The same file again "
    "adds nothing. Lines that cannot be read are named on standard error and counted; the others "
    "are played and the exit code stays 0."
)
_BAR = 30


def add(commands: Commands) -> None:
    parser = command(commands, "replay", replay, "play a file of real sales through the desk")
    parser.description = _ABOUT
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV, plain or gzip")
    parser.add_argument(
        "--until", metavar="TIME", help="stop here (the shop's zone), open as it is"
    )
    parser.add_argument("--as-now", action="store_true", help="shift all times: --until is now")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the kitchen (1)")
    parser.add_argument("--cooks", type=int, default=2, metavar="N", help="in the kitchen (2)")
    parser.add_argument("--json", action="store_true", help="the counts as a JSON object")


def replay(arguments: argparse.Namespace) -> int:
    until = _until(arguments)
    if not 1 <= arguments.cooks <= 100:
        raise BadInput("--cooks", "From 1 to 100")
    from pos_app.replay import runner
    from pos_app.replay.sales import read_sales

    sales = read_sales(arguments.file)
    for line in sales.bad:
        warn(f"line {line.number}: {line.reason}")
    data = data_folder(arguments)
    if runner.make_shop(data):
        shop = runner.REPLAY_SHOP
        warn(f"Made the practice shop “{shop.name}” in {data} ({shop.currency}, {shop.zone}).")
    bar = Bar()
    played = runner.play(
        data,
        sales,
        until=until,
        as_now=arguments.as_now,
        seed=arguments.seed,
        cooks=arguments.cooks,
        staff_id=staff_id(),
        progress=bar.show,
    )
    bar.end()
    counts = {**asdict(played), "bad_lines": len(sales.bad)}
    if arguments.json:
        answer(counts)
    else:
        say(f"orders placed: {played.placed}")
        say(f"already there: {played.already_there}")
        say(f"left out: {played.left_out}")
        say(f"open on the board: {played.open}")
        say(f"bad lines: {len(sales.bad)}")
    return 0


def _until(arguments: argparse.Namespace) -> datetime | None:
    if arguments.until is None:
        if arguments.as_now:
            raise BadInput("--as-now", "Which moment is now?", hint="Say it with --until TIME.")
        return None
    try:
        return datetime.fromisoformat(arguments.until)
    except ValueError:
        raise BadInput("--until", "This is not a time", hint="Such as 2015-02-06T19:30.") from None


class Bar:
    """Progress on standard error: one line that grows on a terminal, a line per tenth elsewhere."""

    def __init__(self) -> None:
        self._on_terminal = sys.stderr.isatty()
        self._shown = -1

    def show(self, done: int, everything: int) -> None:
        percent = 100 * done // everything if everything else 100
        if percent == self._shown or (not self._on_terminal and percent // 10 == self._shown // 10):
            return
        self._shown = percent
        filled = _BAR * percent // 100
        bar = "#" * filled + "." * (_BAR - filled)
        line = f"[{bar}] {percent:3d} %  {done} of {everything} orders"
        sys.stderr.write(f"\r{line}" if self._on_terminal else f"{line}\n")
        sys.stderr.flush()

    def end(self) -> None:
        if self._on_terminal and self._shown >= 0:
            sys.stderr.write("\n")
