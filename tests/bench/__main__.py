"""`python -m tests.bench NAME [--quick] [--json] [--shared FOLDER]`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
from pathlib import Path
from typing import Any

NAMES = (
    "bump",
    "store",
    "page",
    "journey",
    "memory",
    "search",
    "start",
    "growth",
    "rules",
    "simulate",
    "log",
    "bundle",
)
ROOT = Path(__file__).resolve().parents[2]


def _print(found: dict[str, Any]) -> None:
    print(
        f"{found['bench']}: {found['ours']} {found['unit']} against {found['reference']}"
        f" = {found['ratio']}× (reach {found['reach']}, {found['better']} is better),"
        f" p99 {found['p99_ours']} / {found['p99_reference']},"
        f" {found['rounds']} rounds: {'reached' if found['ok'] else 'NOT REACHED'}"
    )
    known = {"bench", "ours", "reference", "ratio", "p99_ours", "p99_reference"}
    for key, value in found.items():
        if key not in known | {"unit", "reach", "ok", "rounds", "better"}:
            print(f"  {key}: {value}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, under 40 s")
    parser.add_argument("--json", action="store_true", help="one object as the last line")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = importlib.import_module(f"tests.bench.{chosen.name}")
    found = bench.measure(quick=chosen.quick, shared=chosen.shared)
    _print(found)
    if chosen.json:
        print(json.dumps(found))
    return 0 if found["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
