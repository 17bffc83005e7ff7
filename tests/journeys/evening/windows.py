"""A window of the application as a person has it before him: read, touched, scrolled."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable

from tests.journeys.evening.tally import Tally
from tests.support.processes import Process
from tests.support.screen import Hand, Screen
from tests.support.waiting import until

# A button that has just moved takes no touch for 700 ms from when it was painted.
SETTLED_S = 0.9
# Whoever sees that nothing has come of his touch touches again.
AGAIN_S = 6.0
TRIES = 4
LOOK_S = 0.15
PATIENCE_S = 40.0
PHASES = ("new", "in_kitchen", "ready", "on_the_way")

Row = tuple[str, str, int, int]
"""A ticket's number, what its button does, and the middle of the button."""


class Window(Hand):
    """One window of the application on a screen of its own; one hand on it at a time."""

    def __init__(self, name: str, till: Process, screen: Screen, tally: Tally) -> None:
        super().__init__(till, screen)
        self.name = name
        self.mine = threading.RLock()
        self._tally = tally

    def find(self, name: str) -> tuple[int, int] | None:
        with self.mine:
            return super().find(name)

    def tap(self, name: str, deadline_s: float = PATIENCE_S) -> None:
        with self.mine:
            super().tap(name, deadline_s)
        self._tally.click(self.name)

    def touch(self, row: Row) -> None:
        """The button of a ticket that was just looked at."""
        with self.mine:
            self.screen.click(row[2], row[3])
        self._tally.click(self.name)

    def words(self, name: str) -> str:
        """What a part says; empty while it is not there."""
        with self.mine:
            self.till.tell(f"words {name}")
            asked, said = json.loads(self.till.line("words ", 30).removeprefix("words "))
        assert asked == name
        return said or ""

    def rows(self) -> list[Row]:
        with self.mine:
            self.till.tell("rows")
            found = json.loads(self.till.line("rows ", 30).removeprefix("rows "))
        return [(number, act, x, y) for number, act, x, y in found]

    def says(self, name: str, wanted: str, deadline_s: float = PATIENCE_S) -> str:
        """Wait until a part says `wanted`; all that it says then."""
        last = [""]

        def does() -> bool:
            last[0] = self.words(name)
            return wanted in last[0]

        try:
            until(does, f"“{wanted}” in {name} on the {self.name}", deadline_s, LOOK_S)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says “{last[0]}”") from None
        return last[0]

    def sees(self, name: str, deadline_s: float = PATIENCE_S) -> None:
        until(lambda: self.find(name), f"{name} on the {self.name}", deadline_s, LOOK_S)

    def sees_no(self, name: str, deadline_s: float = PATIENCE_S) -> None:
        until(
            lambda: self.find(name) is None,
            f"{name} to leave the {self.name}",
            deadline_s,
            LOOK_S,
        )

    def ticket_says(self, number: str, wanted: str) -> None:
        """Wait until a ticket says `wanted`; where it is out of view it is looked for."""
        name, last = f"card:{number}", [""]

        def does() -> bool:
            with self.mine:
                last[0] = self.words(name)
                if not last[0]:
                    self.look_further()
            return wanted in last[0]

        try:
            until(does, f"“{wanted}” on {number} at the {self.name}", PATIENCE_S, LOOK_S)
        except AssertionError as error:
            raise AssertionError(f"{error}; it says “{last[0]}”") from None

    def look_further(self) -> None:
        """*+3 more* where tickets are out of view, back to the top where there are none below."""
        for phase in PHASES:
            for way in ("more", "above"):
                if self.find(f"{way}:{phase}") is not None:
                    self.tap(f"{way}:{phase}")
                    break

    def tap_settled(self, name: str) -> None:
        """As a cook does: not in the moment in which a button that moved takes no touch."""
        with self.mine:
            before: list[tuple[tuple[int, int] | None, float]] = [(None, time.monotonic())]

            def settled() -> bool:
                now, at = self.find(name), time.monotonic()
                if now != before[0][0]:
                    before[0] = (now, at)
                return now is not None and at - before[0][1] > SETTLED_S

            until(settled, f"{name} to stand still on the {self.name}", PATIENCE_S, LOOK_S)
            self.tap(name)

    def press(self, name: str, done: Callable[[], object], what: str) -> None:
        """Touch a part until `what` has come of it; a touch that had to be repeated is counted."""
        with self.mine:
            for _try in range(TRIES):
                self.tap_settled(name)
                if happens(done, AGAIN_S):
                    return
                self._tally.click("repeated")
        raise AssertionError(f"{what} did not come of touching {name} on the {self.name}")


def happens(condition: Callable[[], object], within_s: float) -> bool:
    """Whether it does, within that time."""
    end, pause = time.monotonic() + within_s, threading.Event()
    while not condition():
        if time.monotonic() > end:
            return False
        pause.wait(LOOK_S)
    return True
