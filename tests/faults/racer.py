"""One window in a race: `python -m tests.faults.racer DATA SABOTAGE`.

Each line of input is one act as JSON with the instant at which it begins (`at_ns`, the
machine's monotonic clock): all windows are given the same one. Each answer is a line of JSON:
`ok` with what the desk said, `refused` by the shop's rules, or `trouble` that a person would
have seen. `send` lets the texts lane do a round instead.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, open_shop
from pos_app.desk import texting
from pos_app.domain.order import LineDraft
from pos_app.errors import AlreadyLeft, OrderbellError, Refused
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.texts import TextsWorker
from pos_app.store import database, lanes
from tests.faults.till import say


class Racer:
    """A desk, and a texts lane that works only when it is told to."""

    def __init__(self, shop: Shop, *, ignores_entry: bool) -> None:
        self._desk = shop.desk
        self._ignores_entry = ignores_entry
        self._dishes = shop.desk.setup().menu.dishes
        with shop.database.read() as connection:
            fence = lanes.current_fence(connection)
        self._lane = TextsWorker(shop, fence, Outlet(shop))
        self.acts: dict[str, Callable[[dict[str, Any]], object]] = {
            "bump": self._bump,
            "recall": lambda act: self._desk.recall(act["order"]).kind.value,
            "add": self._add,
            "void": lambda act: self._desk.void_line(act["order"], act["no"]).total,
            "pay": lambda act: self._desk.pay(act["order"], "card").paid,
            "undo": lambda act: self._desk.undo(act["order"], act["seq"]).kind.value,
            "send": lambda _act: self._lane.work(),
        }

    def do(self, act: dict[str, Any]) -> dict[str, object]:
        _wait_for(act["at_ns"])
        try:
            return {"ok": self.acts[act["act"]](act)}
        except AlreadyLeft:
            return {"refused": "already left"}
        except Refused as error:
            return {"refused": error.title}
        except OrderbellError as error:
            return {"trouble": str(error)}

    def close(self) -> None:
        self._lane.close()

    def _bump(self, act: dict[str, Any]) -> bool:
        entry = None if self._ignores_entry else act["entry"]
        return self._desk.bump(act["order"], entry).moved

    def _add(self, act: dict[str, Any]) -> int:
        dish = self._dishes[act["dish"] % len(self._dishes)]
        return self._desk.add_line(act["order"], LineDraft(dish.id, 1)).total


def _wait_for(at_ns: int) -> None:
    # Waking up takes longer than an act: only who spins begins in time.
    while time.monotonic_ns() < at_ns:
        pass


def sabotage(name: str) -> None:
    """Break one promise of the program on purpose."""
    if name == "deferred-begin":
        database._BEGIN_WRITING = "BEGIN"
    elif name == "undo-unasked":
        texting.LEFT = ()  # type: ignore[assignment]


def main() -> None:
    data, name = Path(sys.argv[1]), sys.argv[2]
    shop = open_shop(data)
    # Only now: windows that come up together must not fail at that already.
    sabotage(name)
    racer = Racer(shop, ignores_entry=name == "ignore-entry")
    say("ready")
    try:
        for line in sys.stdin:
            say(json.dumps(racer.do(json.loads(line))))
    finally:
        racer.close()
        shop.close()


if __name__ == "__main__":
    main()
