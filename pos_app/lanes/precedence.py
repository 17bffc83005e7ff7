"""Which of a channel's ways are left alone just now, so that the ones behind them step in.

Shared by the lanes of one holder, each on a thread of its own. A way that begins a round is no
longer left alone: the next text is its trial. What a lane has in its hands is known too, so that no
other takes it for a try without a known end while the owner moves the ways about.
"""

from __future__ import annotations

import threading
from collections.abc import Callable


def _nobody(_channel: str, _place: int) -> None:
    return


class Precedence:
    """`fell` is told when a way begins to be left alone: who stands behind it has work."""

    def __init__(self, fell: Callable[[str, int], None] = _nobody) -> None:
        self._fell = fell
        self._down: set[tuple[str, int]] = set()
        self._in_hand: dict[tuple[str, int], int] = {}
        self._guard = threading.Lock()

    def leave_alone(self, channel: str, place: int) -> None:
        with self._guard:
            is_news = (channel, place) not in self._down
            self._down.add((channel, place))
        if is_news:
            self._fell(channel, place)

    def try_again(self, channel: str, place: int) -> None:
        with self._guard:
            self._down.discard((channel, place))

    def is_left_alone(self, channel: str, place: int) -> bool:
        with self._guard:
            return (channel, place) in self._down

    def take_in_hand(self, channel: str, place: int, message_id: int) -> None:
        """The lane at this place works on a text, and on no other."""
        with self._guard:
            self._in_hand[channel, place] = message_id

    def let_go(self, channel: str, place: int) -> None:
        with self._guard:
            self._in_hand.pop((channel, place), None)

    def in_other_hands(self, channel: str, place: int) -> frozenset[int]:
        """What lanes at other places work on."""
        with self._guard:
            return frozenset(
                message_id for hand, message_id in self._in_hand.items() if hand != (channel, place)
            )
