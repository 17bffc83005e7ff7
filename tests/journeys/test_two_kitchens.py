"""Two kitchen screens as two processes on one store: a tap on one is seen on the other."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests.support.processes import Process, ask
from tests.support.screen import Hand, Screen, virtual_screen
from tests.support.waiting import until

SETTLED_S = 0.8


def stand(stack: ExitStack, data: Path, station: str) -> Hand:
    screen: Screen = stack.enter_context(virtual_screen("1920x1080"))
    command = [sys.executable, "-m", "tests.support.probed_till", str(data), "kitchen", station]
    till = stack.enter_context(Process(command, env=screen.env, name=f"kitchen {station}"))
    till.line("probe ready")
    return Hand(till, screen)


def tap(hand: Hand, name: str) -> None:
    """As a cook does: not within the moment in which a button that moved takes no touch."""
    until(lambda: hand.find(name), f"{name} on the screen")
    since = time.monotonic()
    until(lambda: time.monotonic() - since > SETTLED_S, f"{name} to have settled")
    hand.tap(name)


def test_a_tap_on_one_screen_is_seen_on_the_other(tmp_path: Path) -> None:
    data = tmp_path / "shop"
    assert ask("init", "--data", str(data), "--practice", "--name", "Roma").returncode == 0
    with ExitStack() as stack:
        one, other = stand(stack, data, "піца"), stand(stack, data, "Pizza")
        order = json.dumps(
            {"fulfilment": "pickup", "lines": [{"dish": "Margherita", "quantity": 1}]}
        )
        placed = ask("order", "place", "-", "--data", str(data), stdin=order)
        assert placed.returncode == 0, placed.stderr
        until(lambda: other.find("card:A1:start"), "the ticket on the other screen")
        tap(one, "card:A1:start")
        tap(other, "card:A1:ready")
        until(lambda: one.find("card:A1:button") is None, "the ticket gone on the first screen")
        shown = ask("order", "show", "A1", "--data", str(data))
        assert json.loads(shown.stdout)["status"] == "ready"
        assert one.till.stop() == 0
        assert other.till.stop() == 0
    assert ask("check", "--data", str(data)).returncode == 0
