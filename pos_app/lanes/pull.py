"""The pull lane: what guests did on the page, long-polled after the cursor and applied once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos_app.changes import SettingsChanged
from pos_app.clock import DAY_MS, MINUTE_MS, Instant
from pos_app.desk.owning import PAGE_ENDED_DAYS
from pos_app.errors import BadInput
from pos_app.keys import BOX, secret
from pos_app.lanes.lane import always
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_line import SiteLine
from pos_app.store import sites
from pos_app.store.sites import Site
from pos_app.wire import box
from pos_app.wire.browsers import KINDS, BrowserWish, wish
from pos_app.wire.envelopes import ACTION, Envelope, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer

WAIT_S = 25
SITE = "site"


class PullWorker:
    """Polls with `wait_s` seconds of patience. `applied` counts actions dealt with.

    `holds` says whether this process surely has the lease; an answer that it slept over is left
    to whoever asks next.
    """

    def __init__(
        self, shop: OpenShop, wait_s: int = WAIT_S, holds: Callable[[], bool] = always
    ) -> None:
        self._shop = shop
        self._holds = holds
        self._wait_s = wait_s
        self._line = SiteLine(shop)
        self._answered = False
        self._stopping = threading.Event()
        self.applied = 0

    def work(self) -> float | None:
        """One poll; the next follows at once. Without a site there is nothing to ask."""
        with self._shop.database.read() as connection:
            site = sites.active(connection)
        if site is None or self._shop.desk.setup().settings.catch_up.pauses_page:
            return None
        client, _ = self._line.to(site)
        if self._stopping.is_set() or not self._holds():
            return None
        # The first answer after trouble comes at once, so that the screens stop speaking of it.
        patience_s = self._wait_s if self._answered else 0
        self._answered = False
        answer = client.actions(site.action_cursor, patience_s)
        self._answered = True
        if self._holds():
            self._take(site, answer)
        return 0.0

    def stop(self) -> None:
        self._stopping.set()
        self._line.cut()

    def close(self) -> None:
        self._line.close()

    def _take(self, site: Site, answer: ActionsAnswer) -> None:
        if answer.site_epoch != site.site_epoch or answer.site_id != site.site_id:
            # A restored site counts anew; what is met again is known by its id.
            self._start_over(site, answer)
            return
        for envelope in answer.actions:
            if not self._holds():
                return
            self._apply(envelope)
            self.applied += 1
        self._heard(site, answer)

    def _apply(self, envelope: Envelope) -> None:
        try:
            action = open_envelope(envelope, ACTION, Action)
        except BadInput:
            self._shop.desk.skip_action(envelope.id, envelope.type)
            return
        self._shop.desk.apply_action(action, self._wish(action))

    def _wish(self, action: Action) -> BrowserWish | None:
        """What a browser asked, opened; None where it cannot be, or was read before."""
        if action.kind not in KINDS or not action.sealed:
            return None
        private = secret(self._shop.keys, BOX)
        try:
            return wish(box.opened(action.sealed, private, action.order_uid))
        except ValueError:
            # Sealed to the key of another computer, before the shop moved here.
            return None
        except BadInput:
            return None

    def _start_over(self, site: Site, answer: ActionsAnswer) -> None:
        """Read every act again, and tell every page again: the site may have lost both."""
        now = self._shop.clock.now()
        with self._shop.database.write() as connection:
            sites.change(connection, site.site_id, site_epoch=answer.site_epoch, action_cursor=0)
            sites.tell_everything(connection, now, Instant(now - PAGE_ENDED_DAYS * DAY_MS))
        self._shop.feed.publish(SettingsChanged((SITE,)))

    def _heard(self, site: Site, answer: ActionsAnswer) -> None:
        now = self._shop.clock.now()
        is_fresh = site.heard_at is not None and now - site.heard_at < MINUTE_MS
        if is_fresh and answer.cursor <= site.action_cursor:
            return
        with self._shop.database.write() as connection:
            sites.move_cursor(connection, site.site_id, answer.cursor)
            sites.change(connection, site.site_id, heard_at=now)
