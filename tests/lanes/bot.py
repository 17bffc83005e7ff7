"""A shop with a bot, whose guests write to it when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pos_app.automation.model import On, Rule, Send, Trigger
from pos_app.bootstrap import Shop, add_channel
from pos_app.clock import VirtualClock
from pos_app.config import WayOut
from pos_app.domain.order import Order
from pos_app.lanes.inbox import InboxWorker
from pos_app.lanes.lease import Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.state import INBOX
from pos_app.lanes.texts import TextsWorker
from pos_app.store.tasks import Task
from pos_app.tracking import words as page_words
from tests.lanes.turns import turn
from tests.support.bot_api import TOKEN, BotApi, message
from tests.support.receiver import receiving
from tests.support.shops import EVENING, open_test_shop, pickup

OLENA, TARAS = 42, 43
BOT = "trattoria_bot"


@dataclass
class BotShop:
    """`worker` is its inbox lane, `texts` that of the texts; both turn only by hand."""

    shop: Shop
    clock: VirtualClock
    api: BotApi
    worker: InboxWorker
    texts: TextsWorker
    read: dict[int, int] = field(default_factory=dict)

    def place(self, **more: Any) -> Order:
        return self.shop.desk.place(pickup(self.shop, **more)).order

    def word(self, order: Order) -> str:
        """The word on the order's slip."""
        url = self.shop.desk.tracking_url(order.id)
        assert url is not None, "the slip opens nothing"
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc, parts.path) == ("https", "t.me", f"/{BOT}")
        return parse_qs(parts.query)["start"][0]

    def writes(self, chat: int, text: str, **more: object) -> int:
        self.api.opened.add(chat)
        return self.api.hears(message(chat, text, **more))

    def follows(self, chat: int, word: str) -> None:
        self.writes(chat, f"/start {word}")
        assert self.turn() == ""

    def hears(self, chat: int, text: str, **more: object) -> list[str]:
        """A guest writes; what the bot answers him."""
        self.writes(chat, text, **more)
        assert self.turn() == ""
        return self.answers(chat)

    def answers(self, chat: int) -> list[str]:
        """What was said in a chat since a test has looked there last."""
        said = [sent["text"] for sent in self.api.sent if sent["chat_id"] == chat]
        seen = self.read.get(chat, 0)
        self.read[chat] = len(said)
        return said[seen:]

    def turn(self) -> str:
        """One poll of the inbox; its trouble as a code."""
        return turn(self.shop, self.worker, INBOX)

    def send(self) -> None:
        """The texts that are due leave."""
        self.texts.work()

    def anew(self) -> None:
        """The till dies and another process takes over its inbox."""
        self.worker.close()
        self.worker = InboxWorker(self.shop, lambda: page_words, wait_s=0)

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(round(seconds * 1000))

    def tasks(self) -> list[Task]:
        return self.shop.desk.rules.tasks()

    def speaks_to_all(self) -> None:
        """A rule of the shop's own that sends *ready* to Telegram, whoever is reached there."""
        ready = Rule(
            "",
            "Ready, to all",
            Trigger(On.ENTERED, "ready"),
            (Send("", "ready", channels=("telegram",), grace_s=10),),
        )
        self.shop.desk.rules.save(ready, on=True)

    def ready(self, order: Order) -> None:
        self.shop.desk.bump(order.id)
        self.shop.desk.bump(order.id)
        self.pass_time(31)


def way_to_bot(url: str) -> WayOut:
    return WayOut("bot", "telegram", "telegram", {"bot": BOT, "url": url, "lan": True})


@contextmanager
def bot_shop(data: Path) -> Iterator[BotShop]:
    clock, api = VirtualClock(EVENING), BotApi()
    with receiving(api) as url, open_test_shop(data, clock=clock, practice=False) as shop:
        add_channel(shop, way_to_bot(url), TOKEN)
        lease = Lease(shop)
        assert lease.take()
        texts = TextsWorker(shop, lease.fence, Outlet(shop, "telegram"))
        worker = InboxWorker(shop, lambda: page_words, wait_s=0)
        found = BotShop(shop, clock, api, worker, texts)
        try:
            yield found
        finally:
            found.worker.close()
            texts.close()
            lease.release()
