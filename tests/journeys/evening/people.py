"""Those who work at the boards: each looks at one window and touches it, as fast as is allowed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.journeys.evening.tally import Tally
from tests.journeys.evening.windows import AGAIN_S, LOOK_S, SETTLED_S, Row, Window, happens


class Eye:
    """Knows since when each button stands where it is, and which it has touched."""

    def __init__(self) -> None:
        self._since: dict[Row, float] = {}
        self._touched: dict[tuple[str, str], float] = {}

    def settled(self, rows: list[Row]) -> list[Row]:
        now = time.monotonic()
        self._since = {row: self._since.get(row, now) for row in rows}
        return [
            row
            for row in rows
            if now - self._since[row] > SETTLED_S
            and now - self._touched.get(row[:2], 0.0) > AGAIN_S
        ]

    def touched(self, row: Row) -> None:
        self._touched[row[:2]] = time.monotonic()


class Worker:
    """A person on a thread of his own, who does what `look` finds until he may go home."""

    def __init__(self, name: str, look: Callable[[], bool]) -> None:
        self._look = look
        self._home = threading.Event()
        self._aside = threading.RLock()
        self.trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name=name)
        self._thread.start()

    def _work(self) -> None:
        try:
            while not self._home.is_set():
                with self._aside:
                    did = self._look()
                if not did:
                    self._home.wait(LOOK_S)
        except BaseException as error:  # noqa: BLE001 - told to the test, on its own thread
            self.trouble = error

    @contextmanager
    def aside(self) -> Iterator[None]:
        """He stands aside and touches nothing meanwhile."""
        with self._aside:
            yield

    def check(self) -> None:
        if self.trouble is not None:
            raise AssertionError(f"{self._thread.name}: {self.trouble}") from self.trouble

    def go_home(self) -> None:
        self._home.set()
        self._thread.join()


class Cook:
    """Starts and finishes the tickets of one station, but not those in `leave`.

    `only_start`: are begun and not finished.
    """

    def __init__(self, window: Window, tally: Tally) -> None:
        self.window, self._tally = window, tally
        self._eye = Eye()
        self.leave: set[str] = set()
        self.only_start: set[str] = set()

    def look(self) -> bool:
        """Do the next thing; False when there is nothing to do."""
        with self.window.mine:
            for row in self._eye.settled(self.window.rows()):
                number, act = row[:2]
                if self._is_mine(number, act):
                    self.window.touch(row)
                    self._eye.touched(row)
                    if act == "ready":
                        self._tally.ready(number, time.time())
                    return True
        return False

    def _is_mine(self, number: str, act: str) -> bool:
        if number in self.leave or number not in self._tally.orders:
            return False
        return act in ("see", "start") or (act == "ready" and number not in self.only_start)


class Expediter:
    """Gives out what may leave. `may_leave`: by number how an unpaid one is paid, else empty."""

    def __init__(self, window: Window, tally: Tally) -> None:
        self.window, self._tally = window, tally
        self._eye = Eye()
        self.may_leave: dict[str, str] = {}

    def look(self) -> bool:
        with self.window.mine:
            rows = self.window.rows()
            for row in self._eye.settled(rows):
                number, act = row[:2]
                if act in ("Given out", "Served") and number in self.may_leave:
                    self.window.touch(row)
                    self._eye.touched(row)
                    self._hand_over(number, self.may_leave[number])
                    return True
            if self.may_leave and not self.may_leave.keys() & {row[0] for row in rows}:
                self.window.look_further()
        return False

    def _hand_over(self, number: str, paid: str) -> None:
        """Say how it is paid where that is asked; what does not go is touched again later."""
        way = f"pay_bar:{paid}"
        if paid and not happens(lambda: self.window.find(way), AGAIN_S):
            return
        if paid:
            self.window.tap_settled(way)
        if happens(lambda: all(row[0] != number for row in self.window.rows()), AGAIN_S):
            del self.may_leave[number]
            self._tally.gone(number, time.time(), paid)
