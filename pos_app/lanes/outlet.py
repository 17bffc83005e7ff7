"""Which way texts of one channel leave right now: recorded in practice, as set up, or none.

Of several ways of a channel each has an outlet of its own, by its place in the owner's order.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from pos_app import config, keys
from pos_app.channels.protocol import Channel, OutgoingText
from pos_app.channels.recording import Recording
from pos_app.lanes.shop import OpenShop
from pos_app.store import messages, settings

if TYPE_CHECKING:
    from pos_app.channels.letters import Attach


class Outlet:
    """Holds the open channel, and opens another one when its own set-up changes."""

    def __init__(self, shop: OpenShop, channel_name: str = "sms", place: int = 0) -> None:
        self._shop = shop
        self.channel_name = channel_name
        self.place = place
        self._revision = -1
        self._way: tuple[bool, config.WayOut | None, str] | None = None
        self._channel: Channel | None = None
        self._guard = threading.Lock()

    @property
    def way_name(self) -> str:
        """What the way of `current` is called; empty in practice and while there is none."""
        practice, way, _sealed_secret = self._way or (True, None, "")
        return "" if practice or way is None else way.name

    def current(self) -> Channel | None:
        """The channel for texts; None while there is no way out. Raises StoreError."""
        setup = self._shop.desk.setup()
        with self._guard:
            if setup.revision != self._revision:
                ways = setup.settings.ways_of(self.channel_name)[self.place :]
                self._follow(setup.identity.practice, ways[0] if ways else None)
                self._revision = setup.revision
            return self._channel

    def cut(self) -> None:
        """End a call in progress; for another thread than the lane's."""
        channel = self._channel
        if channel is not None:
            channel.cut()

    def close(self) -> None:
        with self._guard:
            self._shut()

    def _shut(self) -> None:
        if self._channel is not None:
            self._channel.close()
        self._channel = None

    def _follow(self, practice: bool, way: config.WayOut | None) -> None:
        """Open anew only what has changed: another setting must not cut what is under way."""
        sealed = "" if way is None else sealed_of(self._shop, way)
        if (practice, way, sealed) == self._way:
            return
        self._shut()
        self._way = None
        if practice:
            self._channel = Recording(self._keep) if self.place == 0 else None
        elif way is not None:
            self._channel = open_way(self._shop, way)
        self._way = (practice, way, sealed)

    def _keep(self, outgoing: OutgoingText) -> None:
        with self._shop.database.write() as connection:
            message = messages.under_way(connection, outgoing.uid)
            if message is not None:
                messages.record_text(connection, message, outgoing.text, self._shop.clock.now())


def open_way(shop: OpenShop, way: config.WayOut) -> Channel:
    """The way out with its secret. Raises BadInput, StoreError when that cannot be opened."""
    secret = secret_of(shop, way)
    # Only a shop with a gateway waits for the library that calls it.
    from pos_app.channels import ways

    return ways.opened(way, secret, shop.clock, _receipt(shop) if way.kind == "mail" else None)


def _receipt(shop: OpenShop) -> Attach:
    from pos_app.lanes.letter_receipts import LetterReceipts

    return LetterReceipts(shop)


def secret_of(shop: OpenShop, way: config.WayOut) -> str:
    """The secret of a way out, empty where it has none. Raises StoreError."""
    sealed = sealed_of(shop, way)
    if not sealed:
        return ""
    return keys.open_sealed(keys.secret(shop.keys, keys.STORE), way.secret, sealed)


def sealed_of(shop: OpenShop, way: config.WayOut) -> str:
    with shop.database.read() as connection:
        return settings.read_sealed(connection, way.secret) or ""
