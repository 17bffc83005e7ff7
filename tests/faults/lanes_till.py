"""A window's lanes as a process of their own: `python -m tests.faults.lanes_till DATA SABOTAGE`.

It says `ready` and works until its input ends. Nothing of the sabotage exists in the program.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pos_app.bootstrap import lanes_of, open_shop
from pos_app.channels.pace import UNLIMITED
from pos_app.channels.smsgate import SmsGate
from pos_app.lanes import lease, pulse, runner
from pos_app.store import lanes as lane_rows
from tests.faults.till import say


class _AnyFence(int):
    """A fence that everybody takes for his own."""

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


def sabotage(name: str) -> None:
    """Break one promise of the lease on purpose."""
    if name == "nobody-watches-the-beat":
        vars(lease)["STILL_S"] = 1e9
    elif name == "a-sleeper-does-not-look":
        pulse.Pulse.is_steady = lambda self: True  # type: ignore[method-assign]
        lane_rows.current_fence = lambda *_given: _AnyFence(1)
        lane_rows.beat = lambda *_given: True


def main() -> None:
    data, broken = Path(sys.argv[1]), sys.argv[2]
    sabotage(broken)
    # A window of the evening has stood for hours.
    vars(runner)["READY_AFTER_S"] = 0.0
    # The row is about who sends: thirty parts in half an hour would make twenty rounds an evening.
    SmsGate.pace = UNLIMITED
    shop = open_shop(data)
    shop.watch.start()
    lanes = lanes_of(shop)
    lanes.start()
    say("ready")
    try:
        sys.stdin.read()
    finally:
        lanes.stop()
        shop.close()


if __name__ == "__main__":
    main()
