"""Scenes of the texts: what waits, what arrived, what did not, and one of them looked at."""

from __future__ import annotations

from pathlib import Path

from pos_app.clock import HOUR_MS, MINUTE_MS, VirtualClock
from pos_app.lanes.sync import sync_once
from tests.support.pictures_stage import Scenes, of_till, till_of
from tests.support.shift import ready
from tests.support.shops import EVENING, pickup


def messages(work: Path, language: str) -> Scenes:
    """All texts, and those that somebody should look at."""
    clock = VirtualClock(EVENING)
    with till_of(work / "shop", language, clock=clock) as till:
        ready(till.shop, pickup(till.shop, "Margherita"))
        clock.advance(2 * HOUR_MS)
        sync_once(till.shop)
        for _ in range(2):
            ready(till.shop, pickup(till.shop, "Margherita", "Tiramisu"))
        clock.advance(MINUTE_MS)
        sync_once(till.shop)
        for _ in range(2):
            ready(till.shop, pickup(till.shop, "Margherita"))
        till.shop.desk.messages.take_back(4)
        till.tap("rail:messages")
        till.wait(lambda: till.sees("message:1"), "the texts")
        till.tap("message:5")
        till.wait(lambda: till.sees("message_back"), "one that waits")
        yield of_till("messages", till)
        till.tap("messages_group:look")
        till.wait(lambda: till.sees("message:1") and not till.sees("message:5"), "what did not")
        till.tap("message:1")
        till.wait(lambda: till.sees("message_again"), "one that did not arrive")
        yield of_till("messages-look", till)
        till.tap("message_order")
        till.wait(lambda: till.sees("guest:write"), "its order")
        till.tap("guest:write")
        yield of_till("orders-write", till)
