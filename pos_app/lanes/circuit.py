"""When a way out is left alone as a whole. Pure: how long is the lane's own wait.

Closed it takes one text after the other. After several failures in a row, or one that concerns
the gateway itself, it is open: the lane waits, and then tries with a single message. That one
decides whether it closes again.
"""

from __future__ import annotations

from dataclasses import dataclass

FAILURES_TO_OPEN = 3


@dataclass(frozen=True, slots=True)
class Circuit:
    """`failures` in a row."""

    failures: int = 0

    @property
    def is_open(self) -> bool:
        """Whether only a single message is tried before the lane waits again."""
        return self.failures >= FAILURES_TO_OPEN

    def failed(self, *, down: bool) -> Circuit:
        """`down`: the gateway takes nothing at all, so one failure is enough."""
        return Circuit(max(self.failures + 1, FAILURES_TO_OPEN if down else 0))

    def worked(self) -> Circuit:
        """The gateway has answered for a message, whatever it said of it."""
        return Circuit()
