"""A till whose wall clock leaps when told: `python -m tests.faults.clock_till DATA SABOTAGE`.

Each line of its input is the number of seconds by which `time.time` is off from then on.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pos_app.bootstrap import lanes_of, open_shop
from tests.faults.till import say

_time = time.time
_off_s = [0.0]


def main() -> None:
    from tests.faults.clock import sabotaged

    time.time = lambda: _time() + _off_s[0]
    with sabotaged(sys.argv[2]):
        shop = open_shop(Path(sys.argv[1]))
        shop.watch.start()
        lanes = lanes_of(shop)
        lanes.start()
        say("ready")
        try:
            for line in sys.stdin:
                _off_s[0] = float(line)
                say(f"off by {line.strip()}")
        finally:
            lanes.stop()
            shop.close()


if __name__ == "__main__":
    main()
