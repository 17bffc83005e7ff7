"""How much one chat may ask of the bot: so many things an hour, and all strangers together so many.

Kept in memory: a till that starts anew is generous once.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from enum import StrEnum

from pos_app.clock import HOUR_MS, Instant

A_CHAT = 20
ALL_STRANGERS = 300
"""Whoever has no order here: more than all guests who ever scan an old slip in one hour."""
MOST_CHATS = 10_000


class Verdict(StrEnum):
    """`last`: it is answered with the word that it was the last."""

    YES = "yes"
    LAST = "last"
    NO = "no"


class Allowance:
    """Counts what was asked in the last hour."""

    def __init__(self, a_chat: int = A_CHAT, all_strangers: int = ALL_STRANGERS) -> None:
        self._a_chat = a_chat
        self._all_strangers = all_strangers
        self._chats: OrderedDict[int, deque[Instant]] = OrderedDict()
        self._strangers: deque[Instant] = deque()

    def ask(self, chat_id: int, now: Instant) -> Verdict:
        """Whether this chat may ask one thing more; counted if so."""
        asked = self._chats.setdefault(chat_id, deque())
        self._chats.move_to_end(chat_id)
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
        _forget_old(asked, now)
        if len(asked) > self._a_chat:
            return Verdict.NO
        asked.append(now)
        return Verdict.LAST if len(asked) > self._a_chat else Verdict.YES

    def stranger(self, now: Instant) -> bool:
        """Whether one more chat without an order is answered; counted if so."""
        _forget_old(self._strangers, now)
        if len(self._strangers) >= self._all_strangers:
            return False
        self._strangers.append(now)
        return True


def _forget_old(asked: deque[Instant], now: Instant) -> None:
    while asked and now - asked[0] >= HOUR_MS:
        asked.popleft()
