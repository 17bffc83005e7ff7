"""The inbox lane: what guests write to the shop's bot, long-polled, done once and answered.

What an update does and that it is done are one transaction. Answers leave after it: a till that
dies in between says nothing twice, and the guest asks again.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.ids import new_uid
from pos_app.domain.stop_words import says_start
from pos_app.lanes.allowance import Allowance, Verdict
from pos_app.lanes.bot_line import Bot, BotLine
from pos_app.lanes.lane import Down, always
from pos_app.lanes.shop import OpenShop

if TYPE_CHECKING:
    from pos_app.channels.telegram_answers import PageWords, Wish
    from pos_app.channels.telegram_bot import Entry, Opted, Said
    from pos_app.lanes.bot_words import BotWords

WAIT_S = 25
ANSWER_LIFE_MS = 2 * MINUTE_MS
HASTY_S = 1.0
_MOST_OWED = 100
BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is still to be said in a chat; later than `not_after` nobody waits for it."""

    chat_id: int
    text: str
    not_after: Instant


class InboxWorker:
    """Polls with `wait_s` seconds of patience. `heard` counts updates dealt with.

    `page_words` gives the tracking page's words; `holds` says whether this process surely has
    the lease: Telegram lets only one program read a bot.
    """

    def __init__(
        self,
        shop: OpenShop,
        page_words: Callable[[], PageWords],
        holds: Callable[[], bool] = always,
        wait_s: int = WAIT_S,
    ) -> None:
        self._shop = shop
        self._page_words = page_words
        self._holds = holds
        self._wait_s = wait_s
        self._line = BotLine(shop)
        self._allowance = Allowance()
        self._owed: deque[Answer] = deque(maxlen=_MOST_OWED)
        self._found_words: BotWords | None = None
        self._answered = False
        self._stopping = threading.Event()
        self.heard = 0

    def work(self) -> float | None:
        """One poll; the next follows at once. Without a bot there is nothing to ask."""
        if self._shop.desk.setup().settings.catch_up.pauses_page:
            # The till that this store was copied from reads it.
            return None
        bot = self._line.current()
        if bot is None or self._stopping.is_set() or not self._holds():
            return None
        self._say_owed(bot)
        wait_s = self._poll(bot)
        self._say_owed(bot)
        return wait_s

    def stop(self) -> None:
        self._stopping.set()
        self._line.cut()

    def close(self) -> None:
        self._line.close()

    def _poll(self, bot: Bot) -> float:
        """Seconds until the next poll."""
        from pos_app.channels.telegram_bot import NotRead

        place = self._shop.desk.chats.place()
        # The first answer after trouble comes at once, so that the screens stop speaking of it.
        patience_s = self._wait_s if self._answered else 0
        self._answered = False
        asked_at_s = time.monotonic()
        read = bot.inbox.read(place.offset(bot.name, self._shop.clock.now()), poll_s=patience_s)
        if isinstance(read, NotRead):
            raise Down(read.code, read.after_s)
        self._answered = True
        if not self._holds():
            return 0.0
        if self._shop.clock.now() - place.heard_at >= MINUTE_MS:
            self._shop.desk.chats.hear(self._shop.terminal_id)
        for entry in read.entries:
            if self._stopping.is_set() or not self._holds():
                return 0.0
            self._take(bot.name, entry)
            self.heard += 1
        if read.next_offset is not None:
            self._shop.desk.chats.read_up_to(bot.name, read.next_offset)
            return 0.0
        # Whoever answers at once that there is nothing is not asked without a pause.
        is_hasty = bool(patience_s) and time.monotonic() - asked_at_s < HASTY_S
        return HASTY_S if is_hasty else 0.0

    def _take(self, bot: str, entry: Entry) -> None:
        from pos_app.channels.telegram_bot import Left, Opted

        if isinstance(entry, Left):
            self._shop.desk.chats.left(bot, entry.update_id, entry.chat_id)
            return
        said = self._open(bot, entry) if isinstance(entry, Opted) else self._hear(bot, entry)
        if said:
            until = Instant(self._shop.clock.now() + ANSWER_LIFE_MS)
            self._owed.append(Answer(entry.chat_id, said, until))

    def _open(self, bot: str, entry: Opted) -> str:
        """A good word always opens; one that opens nothing is answered within limits."""
        found = self._shop.desk.chats.opened(
            bot, entry.update_id, entry.chat_id, entry.word, entry.language
        )
        if found is None:
            return ""
        said = self._words().opened(found, entry.language)
        return said if found.order_id is not None else self._within_limits(entry, lambda: said)

    def _hear(self, bot: str, entry: Said) -> str:
        from pos_app.channels.telegram_answers import Wish, wish_of

        chats = self._shop.desk.chats
        wish = wish_of(entry.text)
        if wish is Wish.STOP:
            # However much he has written: this is always done.
            is_new = chats.stopped(bot, entry.update_id, entry.chat_id)
            return self._words().stopped(entry.language) if is_new else ""
        if says_start(entry.text):
            is_back = chats.started(bot, entry.update_id, entry.chat_id)
            if is_back is not False:
                return self._words().started(entry.language) if is_back else ""
        return self._within_limits(entry, lambda: self._reply(bot, entry, wish))

    def _reply(self, bot: str, entry: Said, wish: Wish) -> str:
        from pos_app.channels.telegram_answers import Wish

        chats, words = self._shop.desk.chats, self._words()
        if wish is Wish.HELP:
            return words.helped(entry.language)
        if wish is Wish.WHERE:
            return words.where(chats.told(entry.chat_id), entry.language)
        if not entry.text:
            return words.only_words(entry.language)
        found = chats.wrote(bot, entry.update_id, entry.chat_id, entry.text)
        return "" if found is None else words.wrote(found, entry.language)

    def _within_limits(self, entry: Opted | Said, reply: Callable[[], str]) -> str:
        now = self._shop.clock.now()
        if not self._shop.desk.chats.knows(entry.chat_id) and not self._allowance.stranger(now):
            return ""
        verdict = self._allowance.ask(entry.chat_id, now)
        if verdict is Verdict.NO:
            return ""
        return self._words().enough(entry.language) if verdict is Verdict.LAST else reply()

    def _say_owed(self, bot: Bot) -> None:
        """Say what is owed while somebody waits for it. Raises Down when it has to be later."""
        from pos_app.channels.protocol import GiveUp, OutgoingText, RetryLater

        while self._owed and not self._stopping.is_set() and self._holds():
            answer = self._owed[0]
            if self._shop.clock.now() < answer.not_after:
                to = str(answer.chat_id)
                text = OutgoingText(new_uid(), to, answer.text, answer.not_after)
                outcome = bot.voice.send(text)
                if isinstance(outcome, RetryLater):
                    raise Down(outcome.code, outcome.after_s)
                if isinstance(outcome, GiveUp) and outcome.code == BLOCKED:
                    self._shop.desk.chats.unreachable(answer.chat_id)
            self._owed.popleft()

    def _words(self) -> BotWords:
        if self._found_words is None:
            from pos_app.lanes.bot_words import BotWords

            self._found_words = BotWords(self._shop, self._page_words)
        return self._found_words
