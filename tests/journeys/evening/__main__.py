"""Plays one evening and prints its figures: 0 when all numbers agree."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.journeys.evening.play import play


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.evening")
    parser.add_argument("--long", action="store_true", help="eight rush hours instead of two")
    parser.add_argument("--keep", type=Path, help="an empty folder for what is left of it")
    chosen = parser.parse_args()
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True, exist_ok=True)
        print(play(chosen.keep, is_long=chosen.long).text())
        return 0
    with tempfile.TemporaryDirectory() as folder:
        print(play(Path(folder), is_long=chosen.long).text())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
