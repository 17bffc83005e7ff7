"""The pull lane: what guests did on the page, long-polled after the cursor and applied once."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from pos_app.clock import MINUTE_MS
from pos_app.errors import BadInput
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_client import SiteClient
from pos_app.store import sites
from pos_app.store.sites import Site
from pos_app.wire.envelopes import ACTION, Envelope, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer

WAIT_S = 25


@dataclass(frozen=True, slots=True)
class _Door:
    """What a connection is made for; another site or another key needs another one."""

    site_id: str
    origin: str
    terminal_id: str


class PullWorker:
    """Polls with `wait_s` seconds of patience. `applied` counts actions dealt with."""

    def __init__(self, shop: OpenShop, wait_s: int = WAIT_S) -> None:
        self._shop = shop
        self._wait_s = wait_s
        self._client: SiteClient | None = None
        self._stopping = threading.Event()
        self.applied = 0

    def work(self) -> float | None:
        """One poll; the next follows at once. Without a site there is nothing to ask."""
        with self._shop.database.read() as connection:
            site = sites.active(connection)
        if site is None:
            return None
        client = self._connected(site)
        if self._stopping.is_set():
            return None
        answer = client.actions(site.action_cursor, self._wait_s)
        self._take(site, answer)
        return 0.0

    def stop(self) -> None:
        self._stopping.set()
        if self._client is not None:
            self._client.cut()

    def close(self) -> None:
        if self._client is not None:
            self._client.close()

    def _connected(self, site: Site) -> SiteClient:
        client = self._client
        if client is not None and _door(client.site) == _door(site):
            return client
        if client is not None:
            client.close()
        self._client = SiteClient(site, self._shop.keys, self._shop.clock)
        return self._client

    def _take(self, site: Site, answer: ActionsAnswer) -> None:
        if answer.site_epoch != site.site_epoch or answer.site_id != site.site_id:
            # A restored site counts anew; what is met again is known by its id.
            self._start_over(site, answer)
            return
        for envelope in answer.actions:
            self._apply(envelope)
            self.applied += 1
        self._heard(site, answer)

    def _apply(self, envelope: Envelope) -> None:
        try:
            action = open_envelope(envelope, ACTION, Action)
        except BadInput:
            self._shop.desk.skip_action(envelope.id, envelope.type)
            return
        self._shop.desk.apply_action(action)

    def _start_over(self, site: Site, answer: ActionsAnswer) -> None:
        with self._shop.database.write() as connection:
            sites.change(
                connection, site.site_id, site_epoch=answer.site_epoch, action_cursor=0,
                profile_version=0,
            )  # fmt: skip

    def _heard(self, site: Site, answer: ActionsAnswer) -> None:
        now = self._shop.clock.now()
        is_fresh = site.heard_at is not None and now - site.heard_at < MINUTE_MS
        if is_fresh and answer.cursor <= site.action_cursor:
            return
        with self._shop.database.write() as connection:
            sites.move_cursor(connection, site.site_id, answer.cursor)
            sites.change(connection, site.site_id, heard_at=now)


def _door(site: Site) -> _Door:
    return _Door(site.site_id, site.origin, site.terminal_id)
