"""The key map in memory: who may sign, and which keys prove tokens."""

from __future__ import annotations

import asyncio
import math
import time

from pos_app.errors import StoreError
from pos_app.tracking.keys import KeyMap, LinkKey, Seal, read_key_map
from pos_app.tracking.repository import Repository
from pos_app.tracking.rows import Terminal

# A locked database must not hold up the answer to a false token; a till can wait a little longer
# and would otherwise be turned away by a busy host.
_PATIENCE_S = 0.2
_PATIENCE_WITH_TILLS_S = 3.0
_PAUSE_S = 1.0


class KeyDirectory:
    """Answers from memory; an unknown name makes it read the database, at most once a second."""

    def __init__(self, repository: Repository, seal: Seal) -> None:
        self._repository = repository
        self._seal = seal
        self._map = KeyMap({}, {})
        self._asked_at = -math.inf
        self._reading: asyncio.Task[None] | None = None

    def load(self) -> None:
        """Read everything now. Raises StoreError when the database or a key does not answer."""
        self._map = read_key_map(self._repository, self._seal)

    async def link(self, kid: int) -> LinkKey | None:
        found = self._map.links.get(kid)
        if found is None and await self._refreshed(_PATIENCE_S):
            found = self._map.links.get(kid)
        return found

    async def terminal(self, terminal_id: str) -> Terminal | None:
        found = self._map.terminals.get(terminal_id)
        if found is None and await self._refreshed(_PATIENCE_WITH_TILLS_S):
            found = self._map.terminals.get(terminal_id)
        return found

    def revoked(self) -> frozenset[str]:
        """The terminals that were cut off, as they were read last."""
        return frozenset(name for name, known in self._map.terminals.items() if known.revoked)

    def knows_link(self, kid: int) -> bool:
        return kid in self._map.links

    def knows_terminal(self, terminal_id: str) -> bool:
        return terminal_id in self._map.terminals

    async def _refreshed(self, patience_s: float) -> bool:
        now = time.monotonic()
        if self._reading is None and now - self._asked_at >= _PAUSE_S:
            self._asked_at = now
            self._reading = asyncio.create_task(asyncio.to_thread(self.load))
            self._reading.add_done_callback(self._read)
        if self._reading is None:
            return False
        done, _ = await asyncio.wait({self._reading}, timeout=patience_s)
        return bool(done)

    def _read(self, reading: asyncio.Task[None]) -> None:
        self._reading = None
        error = None if reading.cancelled() else reading.exception()
        if error is not None and not isinstance(error, StoreError):
            raise error
