"""The two ends of the shop's bot: its inbox and its voice, opened anew when the set-up changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app import keys
from pos_app.config import WayOut
from pos_app.lanes.outlet import sealed_of
from pos_app.lanes.shop import OpenShop

if TYPE_CHECKING:
    from pos_app.channels.telegram import Telegram
    from pos_app.channels.telegram_bot import TelegramInbox


@dataclass(frozen=True, slots=True)
class Bot:
    """An open bot; `name` is without the @."""

    name: str
    inbox: TelegramInbox
    voice: Telegram

    def cut(self) -> None:
        """End whatever call is under way, for good; from another thread."""
        self.inbox.cut()
        self.voice.cut()

    def close(self) -> None:
        self.inbox.close()
        self.voice.close()


class BotLine:
    """Holds the open bot of one lane. `cut` may be called from another thread."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._revision = -1
        self._way: tuple[WayOut, str] | None = None
        self._bot: Bot | None = None
        self._guard = threading.Lock()

    def current(self) -> Bot | None:
        """The bot as it is set up; None without one. Raises BadInput, StoreError."""
        setup = self._shop.desk.setup()
        with self._guard:
            if setup.revision != self._revision:
                self._follow(setup.settings.way("telegram") if setup.bot else None)
                self._revision = setup.revision
            return self._bot

    def cut(self) -> None:
        bot = self._bot
        if bot is not None:
            bot.cut()

    def close(self) -> None:
        with self._guard:
            self._shut()

    def _shut(self) -> None:
        if self._bot is not None:
            self._bot.close()
        self._bot, self._way = None, None

    def _follow(self, way: WayOut | None) -> None:
        """Another setting must not cut what is under way."""
        if way is None:
            self._shut()
            return
        sealed = sealed_of(self._shop, way)
        if (way, sealed) == self._way:
            return
        self._shut()
        self._bot, self._way = self._opened(way, sealed), (way, sealed)

    def _opened(self, way: WayOut, sealed: str) -> Bot:
        # Only a shop with a bot waits for the library that calls it.
        from pos_app.channels import ways
        from pos_app.channels.telegram import Telegram
        from pos_app.channels.telegram_bot import TelegramInbox

        setup = ways.made(way.kind, way.setup)
        key = keys.secret(self._shop.keys, keys.STORE)
        token = keys.open_sealed(key, way.secret, sealed)
        return Bot(setup.bot, TelegramInbox(setup, token), Telegram(setup, token))
