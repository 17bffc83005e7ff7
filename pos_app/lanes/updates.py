"""The lane that asks once a day whether there is a newer Orderbell, where the owner wants it.

It remembers what it was told, so that nobody can offer an older version as the newest, and tells
people. It fetches no program and changes none.
"""

from __future__ import annotations

import threading

from pos_app.channels.guard import CallFailed
from pos_app.channels.releases import ReleaseSite
from pos_app.clock import DAY_MS, HOUR_MS, SECOND_MS, Instant
from pos_app.domain.release import Release, Updates
from pos_app.lanes.lane import Down
from pos_app.lanes.shop import OpenShop
from pos_app.wire import releases
from pos_app.wire.releases import Manifest, Untrusted

AGAIN_MS = HOUR_MS


class UpdatesWorker:
    """`asked` counts manifests that were proven."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._site: ReleaseSite | None = None
        self._stopping = threading.Event()
        self._tried: tuple[Updates, Instant] | None = None
        self.asked = 0

    def work(self) -> float | None:
        settings = self._shop.desk.setup().settings
        if not settings.updates.on or self._shop.identity.practice:
            return None
        now, due_at = self._shop.clock.now(), self._due_at(settings.updates, settings.release)
        if now < due_at:
            return (due_at - now) / SECOND_MS
        self._tried = (settings.updates, now)
        self._site = ReleaseSite(settings.updates.address, lan=settings.updates.lan)
        if self._stopping.is_set():
            self._site.end()
        try:
            ask(self._shop, self._site)
        except CallFailed as failed:
            raise Down(failed.code, AGAIN_MS / SECOND_MS) from None
        except Untrusted as refused:
            raise Down(refused.code, AGAIN_MS / SECOND_MS) from None
        finally:
            self._site.close()
            self._site = None
        self.asked += 1
        return DAY_MS / SECOND_MS

    def stop(self) -> None:
        self._stopping.set()
        site = self._site
        if site is not None:
            site.end()

    def close(self) -> None:
        """Nothing is open between two calls."""

    def _due_at(self, updates: Updates, release: Release) -> Instant:
        """A day after the last answer, an hour after a try in vain; at once for new settings."""
        if self._tried is not None and self._tried[0] == updates:
            again_at = Instant(self._tried[1] + AGAIN_MS)
        else:
            again_at = Instant(0)
        known = release.checked_at if release.key == updates.key else Instant(0)
        return max(again_at, Instant(known + DAY_MS) if known else Instant(0))


def ask(shop: OpenShop, site: ReleaseSite) -> Release:
    """Ask now and remember the answer. Raises CallFailed, Untrusted."""
    updates = shop.desk.setup().settings.updates
    raw, signature = site.fetch()
    manifest = releases.read(raw, signature, updates.key, shop.clock.now())
    seen = shop.desk.setup().settings.release
    if seen.key == updates.key and _is_older(manifest, seen):
        raise Untrusted("older_than_seen")
    found = Release(
        version=manifest.version,
        published_at=manifest.published,
        notes=dict(manifest.notes),
        checked_at=shop.clock.now(),
        key=updates.key,
    )
    shop.desk.updates.note(found)
    return found


def _is_older(manifest: Manifest, seen: Release) -> bool:
    """Whether somebody shows us yesterday's manifest, to keep us from today's."""
    if manifest.published < seen.published_at:
        return True
    return bool(seen.version) and releases.is_newer(seen.version, manifest.version)
