"""The evening from the first order to the closed day: two rushes, and the dark between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.evening import closing, dark, evening, noon, rush
from tests.journeys.evening.crew import Crew
from tests.journeys.evening.stage import stage
from tests.journeys.evening.tally import Tally


@dataclass(frozen=True, slots=True)
class Report:
    """What was played, in figures."""

    orders: int
    by_touch: int
    clicks: dict[str, int]
    texts: int
    slips: int
    place_s: float
    parts_s: dict[str, float]
    scenes_s: dict[str, float]

    def text(self) -> str:
        clicks = ", ".join(f"{name} {count}" for name, count in sorted(self.clicks.items()))
        parts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in self.parts_s.items())
        scenes = ", ".join(f"{name} {seconds:.0f}" for name, seconds in self.scenes_s.items())
        return (
            f"{self.orders} orders, {self.by_touch} entered by touch; clicks: {clicks};"
            f" {self.texts} texts, {self.slips} slips on paper;"
            f" slowest number after Place {self.place_s:.2f} s; {parts} ({scenes})"
        )


def play(folder: Path, *, is_long: bool = False) -> Report:
    """Everything. Raises AssertionError naming what was awaited or what does not agree."""
    rushes, tally = rush.rush(is_long=is_long), Tally()
    parts: dict[str, float] = {}
    with ExitStack() as stack:
        with _timed(parts, "opening"):
            made = stack.enter_context(stage(folder, rushes, tally))
            crew = stack.enter_context(Crew(made, tally))
        acts: tuple[tuple[str, Callable[[Crew], None]], ...] = (
            ("noon", lambda crew: noon.play(crew, rushes.noon)),
            ("power cut", dark.play),
            ("evening", lambda crew: evening.play(crew, rushes.evening)),
            ("closing", closing.play),
        )
        for name, act in acts:
            with _timed(parts, name):
                act(crew)
        report = Report(
            orders=len(tally.orders),
            by_touch=len(crew.cashier.placed_in),
            clicks=dict(tally.clicks),
            texts=sum(made.texts().values()),
            slips=len(made.printer.slips),
            place_s=max(crew.cashier.placed_in),
            parts_s=parts,
            scenes_s=crew.scenes_s,
        )
    return report


@contextmanager
def _timed(parts: dict[str, float], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    parts[name] = time.monotonic() - began
