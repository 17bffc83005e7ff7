"""Runs one row of the fault tests: 0 when it holds, 1 when it does not, 2 for bad arguments.

The counts are the last line. With `--sabotage` the row must not hold.
"""

from __future__ import annotations

import argparse
import importlib
import sys

# Row → what it does; its module is `tests.faults.NAME` with `run` and `SABOTAGES`.
ROWS = {
    "kill": "SIGKILL of the till between any two steps",
    "power-cut": "the plug is pulled: disk images of what was synced and a part of the rest",
    "snapshot": "copies of a store under load, with the tills stopped and without",
    "race": "windows that act on the same order at the same instant",
    "clock": "midnight, summer time, and leaps while the till is up, down or asleep",
    "takeover": "windows that are killed, frozen and woken: one sender at a time",
    "network": "gateways whose answers get lost, and one that sleeps for three hours",
    "disk": "a store that is full, read-only, locked, cut off, corrupted or newer",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    rows = parser.add_subparsers(dest="row", required=True)
    for name, said in ROWS.items():
        row = rows.add_parser(name, help=said)
        row.add_argument("--long", action="store_true", help="the long form")
        sabotages = importlib.import_module(_module(name)).SABOTAGES
        row.add_argument(
            "--sabotage",
            nargs="?",
            const=next(iter(sabotages)),
            default="",
            choices=list(sabotages),
            help="must turn the row red; without a name the first of them",
        )
    arguments = parser.parse_args()
    row_module = importlib.import_module(_module(arguments.row))
    report = row_module.run(is_long=arguments.long, sabotage=arguments.sabotage)
    print(report.text())
    return 0 if report.holds else 1


def _module(row: str) -> str:
    return f"tests.faults.{row.replace('-', '_')}"


if __name__ == "__main__":
    sys.exit(main())
