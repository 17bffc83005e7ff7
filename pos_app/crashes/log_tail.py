"""The last sentences of our log, without their values: a template stays, what fills it does not."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass

from pos_app.clock import Instant, iso

KEPT = 40
_OURS = ("orderbell", "pos_app", "ui")


@dataclass(frozen=True, slots=True)
class LogLine:
    """`said` is the sentence's template; empty where another library wrote it."""

    at: str
    level: str
    logger: str
    said: str


class LogTail(logging.Handler):
    """Remembers in memory what was logged last."""

    def __init__(self) -> None:
        super().__init__(level=logging.INFO)
        self._lines: deque[LogLine] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        is_ours = record.name.partition(".")[0] in _OURS and isinstance(record.msg, str)
        said = record.msg if is_ours else ""
        at = iso(Instant(int(record.created * 1000)))
        self._lines.append(LogLine(at, record.levelname, record.name, said))

    @property
    def lines(self) -> list[LogLine]:
        return list(self._lines)
