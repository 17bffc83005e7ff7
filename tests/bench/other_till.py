"""The other process of `journey`: bumps the order whose id it reads, and says when it began."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pos_app.bootstrap import open_shop


def main() -> None:
    shop = open_shop(Path(sys.argv[1]))
    print("ready", flush=True)
    for line in sys.stdin:
        # CLOCK_MONOTONIC: one clock for all processes of the computer.
        began = time.perf_counter()
        shop.desk.bump(int(line))
        print(began, flush=True)
    shop.close()


if __name__ == "__main__":
    main()
