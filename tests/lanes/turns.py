"""One turn of a lane at a moment that the test chooses."""

from __future__ import annotations

from pos_app.bootstrap import Shop
from pos_app.lanes.lane import Down, Worker
from pos_app.lanes.state import LaneStates


def turn(shop: Shop, worker: Worker, lane: str) -> str:
    """Let it work once; its trouble as a code, empty when there was none."""
    states = LaneStates(shop)
    try:
        worker.work()
    except Down as down:
        states.note(lane, down.code)
        return down.code
    states.note(lane, "")
    return ""
