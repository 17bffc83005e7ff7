"""Runs one row of the fault tests: 0 when it holds, 1 when it does not, 2 for bad arguments."""

from __future__ import annotations

import argparse
import sys

import tests.faults.kill as kill  # noqa: PLR0402 - a module, not a name of the package


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    rows = parser.add_subparsers(dest="row", required=True)
    row = rows.add_parser("kill", help="SIGKILL of the till between any two steps")
    row.add_argument("--long", action="store_true", help="at least 200 kills")
    row.add_argument(
        "--sabotage",
        nargs="?",
        const="texts-in-another-commit",
        choices=sorted(kill.SABOTAGES),
        help="must turn the row red; without a name the outbox is committed apart",
    )
    arguments = parser.parse_args()
    report = kill.run(is_long=arguments.long, sabotage=arguments.sabotage or "")
    print(report.text())
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
