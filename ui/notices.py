"""Short sentences for people: what happened, what it means, what to do. Never modal.

Screens put sentences here; the main window shows the newest in its own place until it is
touched or its time is over. Errors from the desk are told in the language of the screens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from pos_app.errors import OrderbellError
from ui.words import sentences, told


class Tone(StrEnum):
    GOOD = "good"
    PLAIN = "plain"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Offer:
    """What one tap beside a sentence does."""

    words: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    detail: str = ""
    tone: Tone = Tone.PLAIN
    offer: Offer | None = None


class Notices(QObject):
    """Where sentences for people go."""

    said = Signal(object)

    def say(
        self, title: str, detail: str = "", tone: Tone = Tone.PLAIN, offer: Offer | None = None
    ) -> None:
        self.said.emit(Notice(title, detail, tone, offer))

    def tell_error(self, error: OrderbellError) -> None:
        words = told(error)
        self.said.emit(Notice(words.title, sentences(words.message, words.hint), Tone.BAD))
