"""What a running site does by itself: beats, changes from other processes, the purge."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from pos_app.clock import HOUR_MS, SECOND_MS, Clock, Instant
from pos_app.errors import StoreError
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.hub import Hub
from pos_app.tracking.link_keys import forget_ended
from pos_app.tracking.repository import Repository
from pos_app.tracking.repository.upgrading import drop_copies
from pos_app.tracking.shelf import ENDED_KEPT_MS, HORIZON_MS, Shelf
from pos_app.tracking.stream import BEAT_S

_LOOK_S = 0.5


def purge(repository: Repository, now: Instant) -> list[tuple[str, str]]:
    """Remove what has ended 14 days ago, leaving hash stubs; the links that changed."""
    drop_copies(repository.file, made_before=Instant(now - ENDED_KEPT_MS))
    with repository.write() as session:
        session.purge_expired(now)
        session.purge_drops(now, forget_at=Instant(now + HORIZON_MS))
        return session.purge_orders(
            ended_before=Instant(now - ENDED_KEPT_MS),
            stored_before=Instant(now - HORIZON_MS),
            forget_at=Instant(now + HORIZON_MS),
        )


class Upkeep:
    """Runs beside the requests from start-up to shutdown."""

    def __init__(
        self,
        repository: Repository,
        directory: KeyDirectory,
        shelf: Shelf,
        hub: Hub,
        clock: Clock,
    ) -> None:
        self._repository = repository
        self._directory = directory
        self._shelf = shelf
        self._hub = hub
        self._clock = clock
        self._log = logging.getLogger("orderbell.site")

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Load the keys (StoreError stops the start), then keep house until the end."""
        # Looked before loading, so that what another process writes in between is noticed.
        seen = await asyncio.to_thread(self._repository.foreign_changes)
        await asyncio.to_thread(self._directory.load)
        jobs = (self._beat(), self._look(seen), self._purge())
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            yield
        finally:
            self._hub.close()
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            self._hub.beat()

    async def _look(self, seen: int) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            found = await self._foreign_changes(seen)
            if found != seen:
                seen = found
                await self._read_again()

    async def _foreign_changes(self, seen: int) -> int:
        try:
            return await asyncio.to_thread(self._repository.foreign_changes)
        except StoreError:
            return seen

    async def _read_again(self) -> None:
        with suppress(StoreError):
            await asyncio.to_thread(self._directory.load)
        self._hub.call_terminals(self._directory.revoked())
        self._shelf.forget_all()
        self._hub.publish_all()

    async def _purge(self) -> None:
        while True:
            try:
                now = self._clock.now()
                changed = await asyncio.to_thread(purge, self._repository, now)
                if await asyncio.to_thread(forget_ended, self._repository, now):
                    await asyncio.to_thread(self._directory.load)
            except StoreError as error:
                self._log.error("purge_failed error=%s", error.code)
                changed = []
            for shop_id, token_hash in changed:
                self._shelf.forget(shop_id, [token_hash])
                self._hub.publish(shop_id, [token_hash])
            await asyncio.sleep(HOUR_MS / SECOND_MS)
