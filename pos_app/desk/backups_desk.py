"""Backups as people see them: make one now, which there are, how long they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pos_app import config
from pos_app.changes import LanesChanged, SettingsChanged
from pos_app.clock import HOUR_MS, Instant, instant_of, local
from pos_app.config import Backups
from pos_app.desk import backing_up, owning
from pos_app.desk.doors import Doors
from pos_app.errors import BadInput, StoreError
from pos_app.progress import Progress, silent
from pos_app.store import closed_days, copies, orders, schema
from pos_app.store.copies import StoreCopy, Thinning

MADE = "backed_up"
TOO_OLD_MS = 36 * HOUR_MS
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class BackupsFound:
    """Copies in `folder`, the newest first; `newest` is the last one with everything in it."""

    folder: Path
    copies: tuple[StoreCopy, ...]
    newest: StoreCopy | None
    kept: Backups


class BackupsDesk:
    """Copying never blocks the shop's work; only the journal's line about it is a transaction."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def found(self) -> BackupsFound:
        """Which backups there are. Raises StoreError when their folder cannot be read."""
        kept = self._doors.setup().settings.backups
        folder = backing_up.folder(self._doors.database.file, kept)
        try:
            known = copies.found_in(folder)
        except OSError as error:
            raise StoreError(
                "The folder of backups cannot be read",
                "{folder}: {reason}.",
                "Plug its disk in, or choose another folder in Settings.",
                folder=folder,
                reason=error.strerror or error,
            ) from error
        return BackupsFound(folder, tuple(known), copies.newest_backup(known), kept)

    def make(
        self,
        target: Path | None = None,
        progress: Progress = silent,
        *,
        kind: str = copies.HAND,
    ) -> backing_up.Made:
        """Copy the store and prove the copy, into the shop's folder of backups or `target`.

        Raises BadInput naming `target`, StoreError kinds; then nothing is left there.
        """
        kept = self._doors.setup().settings.backups
        folder = backing_up.folder(self._doors.database.file, kept)
        made = backing_up.back_up(
            self._doors.database.file, target or folder, self._doors.clock.now(), kind, progress
        )
        with self._doors.act() as act:
            said = {"kind": kind, "bytes": made.size, "orders": made.report.orders}
            act.record(MADE, None, said)
        self._doors.feed.publish(LanesChanged())
        return made

    def thin(self) -> Thinning:
        """Rewrite and delete what has outlived itself in the shop's own folder.

        Copies that an update or a restore left behind lie beside the store wherever backups go.
        """
        found, shop = self.found(), self._doors.setup().settings.shop
        beside = copies.folder_of(self._doors.database.file)
        left_over = copies.found_in(beside) if beside != found.folder else []
        known = [*found.copies, *(copy for copy in left_over if not copy.is_backup)]
        return backing_up.thin(known, found.kept, shop.zone, self._doors.clock.now())

    def is_due(self) -> bool:
        """Whether the night's backup is still to be made, or the day was closed since the last."""
        settings, now = self._doors.setup().settings, self._doors.clock.now()
        newest = self.found().newest
        made_at = newest.made_at if newest is not None else Instant(0)
        if made_at < last_night(now, settings.backups.hour, settings.shop.zone):
            return True
        with self._doors.database.read() as connection:
            return closed_days.last_closed_at(connection) > made_at

    def missing_since(self) -> Instant | None:
        """Since when there is no good backup, once that is too long; None when all is well."""
        newest = self.found().newest
        if newest is not None:
            since = newest.made_at
        else:
            with self._doors.database.read() as connection:
                since = schema.born_at(connection)
        return since if self._doors.clock.now() - since > TOO_OLD_MS else None

    def newer_than(self, file: Path) -> int:
        """How many orders of this store are newer than all that the copy `file` knows.

        Raises StoreDamaged when it cannot be read.
        """
        newest = backing_up.newest_event_in(file)
        with self._doors.database.read() as connection:
            return orders.count_since(connection, newest)

    def keep(self, wanted: Backups) -> None:
        """Set folder, hour and how long copies are kept. Raises BadInput naming the field."""
        folder = wanted.folder.strip()
        if folder and not (Path(folder).is_absolute() and Path(folder).is_dir()):
            raise BadInput("folder", "There is no folder {folder}", folder=folder)
        if not 0 <= wanted.hour <= 23:
            raise BadInput("hour", "The hour is from 0 to 23")
        for field in ("days", "weeks", "months"):
            if not 1 <= getattr(wanted, field) <= MOST_DAYS:
                raise BadInput(field, "From 1 to {most}", most=MOST_DAYS)
        with self._doors.act() as act:
            owning.write_setting(act, config.BACKUPS, wanted)
        self._doors.feed.publish(SettingsChanged((config.BACKUPS,)))


def last_night(now: Instant, hour: int, zone: str) -> Instant:
    """When it was `hour` o'clock in the shop the last time."""
    moment = local(now, zone).replace(hour=hour, minute=0, second=0, microsecond=0)
    if instant_of(moment) > now:
        moment -= timedelta(days=1)
    return instant_of(moment)
