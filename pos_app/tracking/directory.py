"""The key map in memory: who may sign, and which keys prove tokens."""

from __future__ import annotations

import asyncio

from pos_app.clock import SECOND_MS, Clock, Instant
from pos_app.errors import StoreError
from pos_app.tracking.keys import KeyMap, LinkKey, Seal, read_key_map
from pos_app.tracking.repository import Repository, Terminal

_PATIENCE_S = 0.2


class KeyDirectory:
    """Answers from memory; an unknown name makes it read the database, at most once a second."""

    def __init__(self, repository: Repository, seal: Seal, clock: Clock) -> None:
        self._repository = repository
        self._seal = seal
        self._clock = clock
        self._map = KeyMap({}, {})
        self._read_at = Instant(0)
        self._reading: asyncio.Task[None] | None = None

    def load(self) -> None:
        """Read everything now. Raises StoreError when the database or a key does not answer."""
        self._read_at = self._clock.now()
        self._map = read_key_map(self._repository, self._seal)

    async def link(self, kid: int) -> LinkKey | None:
        found = self._map.links.get(kid)
        if found is None and await self._refreshed():
            found = self._map.links.get(kid)
        return found

    async def terminal(self, terminal_id: str) -> Terminal | None:
        found = self._map.terminals.get(terminal_id)
        if found is None and await self._refreshed():
            found = self._map.terminals.get(terminal_id)
        return found

    def knows_terminal(self, terminal_id: str) -> bool:
        return terminal_id in self._map.terminals

    async def _refreshed(self) -> bool:
        now = self._clock.now()
        if self._reading is None and now - self._read_at >= SECOND_MS:
            self._reading = asyncio.create_task(asyncio.to_thread(self.load))
            self._reading.add_done_callback(self._read)
        if self._reading is None:
            return False
        # A locked database must not hold up the answer to a false token.
        done, _ = await asyncio.wait({self._reading}, timeout=_PATIENCE_S)
        return bool(done)

    def _read(self, reading: asyncio.Task[None]) -> None:
        self._reading = None
        error = None if reading.cancelled() else reading.exception()
        if error is not None and not isinstance(error, StoreError):
            raise error
