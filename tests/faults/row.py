"""What every row of the fault tests hands back: whether it holds, and the counts it printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

_SHOWN = 20


class Report(Protocol):
    """The outcome of one row."""

    @property
    def holds(self) -> bool: ...

    def text(self) -> str: ...


@dataclass
class Counted:
    """Counts by name, in the order in which they were first met, and each broken promise."""

    counts: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        # A row that looked at nothing has shown nothing.
        return not self.broken and self.counts.total() > 0

    def text(self) -> str:
        lines = [f"broken: {sentence}" for sentence in self.broken[:_SHOWN]]
        said = [f"{name} {count}" for name, count in self.counts.items()]
        lines.append(", ".join([*said, f"broken promises {len(self.broken)}"]))
        return "\n".join(lines)
