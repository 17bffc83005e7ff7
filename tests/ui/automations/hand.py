"""Hands at the auto-messages: choose, type, add, as a person does it."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.automation.model import Rule
from pos_app.clock import SECOND_MS, VirtualClock
from tests.support.pictures_automations import choose, reach
from tests.support.shops import EVENING
from tests.support.window import Till

__all__ = ["choose", "named", "open_all", "open_plain", "reach", "tap", "till_at"]


def till_at(open_till: Callable[..., Till], **more: object) -> tuple[Till, VirtualClock]:
    """A till whose clock only the test moves."""
    clock = VirtualClock(EVENING)
    return open_till(clock=clock, **more), clock


def open_plain(till: Till) -> None:
    till.tap("rail:automations")
    till.wait(lambda: till.text("switch:ready") == "On", "the rules have been read")


def open_all(till: Till) -> None:
    open_plain(till)
    till.tap("part:all")


def tap(till: Till, name: str) -> None:
    """Scroll to a part and touch it."""
    till.settle()
    reach(till, name)
    till.tap(name)


def named(till: Till, name: str) -> Rule | None:
    """The rule that the shop calls `name`."""
    return next(
        (one.rule for one in till.shop.desk.rules.everything() if one.rule.name == name), None
    )


def pass_undo(till: Till, clock: VirtualClock) -> None:
    """Until nothing can be undone any more, and what waited for that is done."""
    clock.advance(31 * SECOND_MS)
    till.shop.desk.rules.do_due()
