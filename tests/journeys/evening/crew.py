"""Who works this evening, and what they say to each other."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from tests.journeys.evening.counter import Cashier
from tests.journeys.evening.people import Cook, Expediter, Worker
from tests.journeys.evening.phones import CourierPhone, GuestPhone
from tests.journeys.evening.rush import Item
from tests.journeys.evening.stage import Stage
from tests.journeys.evening.tally import CARD, CASH, Tally, Wish
from tests.support.waiting import until

_SAID = re.compile(r": order (\S+) is (ready|on its way|not ready yet)\b")
_ABOUT = {"ready": "ready", "on its way": "on_the_way", "not ready yet": "not_ready_yet"}
LONG_S = 150.0
# Four windows, a site and two browsers share two cores: whoever waits long looks seldom.
SELDOM_S = 0.2
P = ParamSpec("P")
T = TypeVar("T")


class Crew:
    """Cashier here; cook and expediter each on a thread of his own. `by_role`: their numbers."""

    def __init__(self, stage: Stage, tally: Tally) -> None:
        self.stage, self.tally = stage, tally
        self.cashier = Cashier(stage, tally)
        self.cook = Cook(stage.kitchen, tally)
        self.expediter = Expediter(stage.board, tally)
        self.guest: GuestPhone | None = None
        self.courier = CourierPhone(stage.browser, stage.printer)
        self.by_role: dict[str, str] = {}
        self.scenes_s: dict[str, float] = {}
        self._workers: list[Worker] = []

    def __enter__(self) -> Self:
        self._workers = [
            Worker("cook", self.cook.look),
            Worker("expediter", self.expediter.look),
        ]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.go_home()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Cook and expediter touch nothing meanwhile."""
        cook, expediter = self._workers
        with cook.aside(), expediter.aside():
            yield

    def until(
        self,
        condition: Callable[[], object],
        what: str,
        deadline_s: float = LONG_S,
        pause_s: float = SELDOM_S,
    ) -> None:
        """Wait for what the others do; their trouble ends it at once."""

        def looked() -> bool:
            for worker in self._workers:
                worker.check()
            return bool(condition())

        until(looked, what, deadline_s, pause_s)

    def do(self, act: Callable[Concatenate[Crew, P], T], *args: P.args, **more: P.kwargs) -> T:
        """One scene of the evening, timed."""
        began = time.monotonic()
        result = act(self, *args, **more)
        self.scenes_s[act.__name__.strip("_")] = time.monotonic() - began
        return result

    # What they tell each other

    def enter(self, role: str, wish: Wish) -> str:
        """By touch at the counter."""
        number = self.cashier.enter(wish).number
        self.by_role[role] = number
        return number

    def telephone(self, role: str, wish: Wish, *, cook: bool = True) -> str:
        """By telephone; without `cook` the kitchen leaves it alone for now."""
        number, at = self.cashier.telephone(wish), time.time()
        if not cook:
            self.cook.leave.add(number)
        self.tally.placed(number, wish, at)
        self.by_role[role] = number
        return number

    def others(self, when: str, orders: Sequence[tuple[Item, ...]]) -> list[str]:
        """Those without a part of their own: every third by touch, the rest by telephone."""
        found = []
        for place, items in enumerate(orders):
            wish = Wish(items, pay=(CASH, CARD)[place % 2])
            how = self.enter if place % 3 == 0 else self.telephone
            found.append(how(f"{when} {place}", wish))
        return found

    def status(self, number: str) -> str:
        return str(self.stage.desk.show(number)["status"])

    def until_ready(self, *numbers: str) -> None:
        for number in numbers:
            self.until(lambda number=number: self.status(number) == "ready", f"{number} ready")  # type: ignore[misc]

    def give_out(self, number: str, paid: str = "") -> None:
        """The expediter may hand it over, and an unpaid one is paid like this."""
        self.expediter.may_leave[number] = paid

    def until_gone(self, *numbers: str) -> None:
        for number in numbers:
            self.until(lambda number=number: self.tally[number].ended, f"{number} given out")  # type: ignore[misc]

    # What guests have read

    def heard(self) -> Counter[tuple[str, str]]:
        """By number and subject how often a text of it has left."""
        found: Counter[tuple[str, str]] = Counter()
        for text, count in self.stage.texts().items():
            said = _SAID.search(text)
            assert said is not None, f"no text of ours: {text}"
            found[said[1], _ABOUT[said[2]]] += count
        return found

    def until_heard(self, number: str, about: str, times: int = 1) -> None:
        """The text has left; from now on it belongs to the count."""
        self.until(lambda: self.heard()[number, about] >= times, f"the text “{about}” of {number}")
        self.tally.texts[number, about] = times
