"""Who is watching: streams of pages, and tills that wait for their guests' acts.

Everything runs on the event loop; publishing marks the watchers and wakes them, and each sends
for itself, so that a slow phone holds up nobody.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

CHANGED = 1
BEAT = 2
ENDED = 4


class Watcher:
    """One open stream. `key` is `(shop_id, token hash)`."""

    __slots__ = ("_flags", "_waiter", "address", "key")

    def __init__(self, key: tuple[str, str], address: str) -> None:
        self.key = key
        self.address = address
        self._flags = 0
        self._waiter: asyncio.Future[None] | None = None

    def wake(self, flag: int) -> None:
        self._flags |= flag
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def woken(self) -> int:
        """Wait; which of CHANGED, BEAT, ENDED came."""
        if not self._flags:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        flags, self._flags = self._flags, 0
        return flags


@dataclass(frozen=True, slots=True)
class StreamLimits:
    per_token: int
    per_address: int


class Hub:
    """The watchers of one process."""

    def __init__(self, limits: StreamLimits) -> None:
        self._limits = limits
        self._shops: dict[str, dict[str, set[Watcher]]] = {}
        self._addresses: Counter[str] = Counter()
        self._tills: dict[str, dict[asyncio.Event, str]] = {}
        self.closed = False

    def join(self, key: tuple[str, str], address: str) -> Watcher | None:
        """A new watcher, or None when the link or the address has too many."""
        watching = self._shops.get(key[0], {}).get(key[1], ())
        if len(watching) >= self._limits.per_token:
            return None
        if self._addresses[address] >= self._limits.per_address:
            return None
        watcher = Watcher(key, address)
        self._shops.setdefault(key[0], {}).setdefault(key[1], set()).add(watcher)
        self._addresses[address] += 1
        if self.closed:
            watcher.wake(ENDED)
        return watcher

    def leave(self, watcher: Watcher) -> None:
        links = self._shops[watcher.key[0]]
        watching = links[watcher.key[1]]
        watching.discard(watcher)
        if not watching:
            del links[watcher.key[1]]
        if not links:
            del self._shops[watcher.key[0]]
        self._addresses[watcher.address] -= 1
        if not self._addresses[watcher.address]:
            del self._addresses[watcher.address]

    def publish(self, shop_id: str, token_hashes: Iterable[str]) -> None:
        """These pages have changed."""
        links = self._shops.get(shop_id, {})
        for token_hash in token_hashes:
            _wake(links.get(token_hash, ()), CHANGED)

    def publish_shop(self, shop_id: str) -> None:
        """Every page of the shop has changed."""
        for watching in self._shops.get(shop_id, {}).values():
            _wake(watching, CHANGED)

    def publish_all(self) -> None:
        for shop_id in self._shops:
            self.publish_shop(shop_id)

    def beat(self) -> None:
        """Tell every stream that it is alive, and when its shop was last heard."""
        for links in self._shops.values():
            for watching in links.values():
                _wake(watching, BEAT)

    def till_waits(self, shop_id: str, terminal_id: str) -> asyncio.Event:
        """Set when the shop has a new act; give it back to `till_left`."""
        event = asyncio.Event()
        self._tills.setdefault(shop_id, {})[event] = terminal_id
        if self.closed:
            event.set()
        return event

    @property
    def waiting_tills(self) -> int:
        """How many tills wait for their guests' acts at the moment."""
        return sum(len(events) for events in self._tills.values())

    def till_left(self, shop_id: str, event: asyncio.Event) -> None:
        waiting = self._tills[shop_id]
        del waiting[event]
        if not waiting:
            del self._tills[shop_id]

    def call_till(self, shop_id: str) -> None:
        for event in self._tills.get(shop_id, ()):
            event.set()

    def call_terminals(self, terminal_ids: Collection[str]) -> None:
        """End the waiting of these tills: they hear at once that they were cut off."""
        for waiting in self._tills.values():
            for event, terminal_id in waiting.items():
                if terminal_id in terminal_ids:
                    event.set()

    def close(self) -> None:
        """End every stream and every long poll: the site is stopping."""
        self.closed = True
        for links in self._shops.values():
            for watching in links.values():
                _wake(watching, ENDED)
        for shop_id in self._tills:
            self.call_till(shop_id)


def _wake(watching: Iterable[Watcher], flag: int) -> None:
    for watcher in watching:
        watcher.wake(flag)
