"""Copies of a store in a folder: what they are called, and which of them are kept.

A copy's name says when it was made and what it is, so that a folder found on a shelf explains
itself:

    orderbell-20261128T040000Z-night.sqlite          made by itself
    orderbell-20261128T213000Z-hand.sqlite           asked for
    orderbell-20261128T090000Z-before-0003.sqlite    before an update of the store
    orderbell-20261128T220000Z-replaced.sqlite       what a restore has replaced
    orderbell-20261101T040000Z-bare.sqlite           rewritten without guests
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.clock import DAY_MS, Instant, instant_of
from pos_app.config import Backups
from pos_app.store.online_copy import sync_folder

NIGHT, HAND, BARE, REPLACED = "night", "hand", "bare", "replaced"
_NAME = re.compile(r"orderbell-(\d{8}T\d{6}Z)-([a-z]+(?:-\d{4})?)\.sqlite\Z")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class StoreCopy:
    """One copy. `kind` as in its name; `made_at` to the second."""

    path: Path
    made_at: Instant
    kind: str

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    @property
    def has_guests(self) -> bool:
        return self.kind != BARE

    @property
    def is_backup(self) -> bool:
        """Whether it was made to be restored one day, rather than left over from an act."""
        return self.kind in (NIGHT, HAND, BARE)


def folder_of(store_file: Path) -> Path:
    """Where copies lie unless the owner has chosen another folder."""
    return store_file.with_name("backups")


def before(schema: str) -> str:
    """The kind of a copy that is made before the store leaves `schema`."""
    return f"before-{schema}"


def path(folder: Path, made_at: Instant, kind: str) -> Path:
    """The file of a new copy; the folder is made for this user only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.fromtimestamp(made_at // 1000, UTC)
    while True:
        found = folder / f"orderbell-{moment:{_STAMP}}-{kind}.sqlite"
        if not found.exists():
            return found
        moment += timedelta(seconds=1)


def settle(part: Path, target: Path) -> None:
    """Give a finished copy its name: from here on it counts."""
    part.replace(target)
    sync_folder(target.parent)


def found_in(folder: Path) -> list[StoreCopy]:
    """Every copy in `folder`, the newest first. Raises OSError when it cannot be read."""
    if not folder.is_dir():
        return []
    known = [copy for copy in map(named, folder.iterdir()) if copy is not None]
    return sorted(known, key=lambda copy: (copy.made_at, copy.path.name), reverse=True)


def named(file: Path) -> StoreCopy | None:
    """What `file` is by its name; None when it is none of ours."""
    match = _NAME.match(file.name)
    if match is None:
        return None
    made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    return StoreCopy(file, instant_of(made), match[2])


def newest_backup(copies: Iterable[StoreCopy]) -> StoreCopy | None:
    """The newest copy with everything in it."""
    full = [copy for copy in copies if copy.is_backup and copy.has_guests]
    return max(full, key=lambda copy: copy.made_at, default=None)


@dataclass(frozen=True, slots=True)
class Thinning:
    """What becomes of copies: `bared` are rewritten without guests, `dropped` are deleted."""

    bared: tuple[StoreCopy, ...]
    dropped: tuple[StoreCopy, ...]


def thinning(copies: Iterable[StoreCopy], kept: Backups, zone: str, now: Instant) -> Thinning:
    """Which copies have outlived themselves.

    The last days have one each with the guests, the newest of the day; weeks (Monday to Sunday)
    and months have one each without. What was asked for by hand counts like any other. What an
    update or a restore left behind goes when the days are over.
    """
    newest_first = sorted(copies, key=lambda copy: (copy.made_at, copy.path.name), reverse=True)
    limit = Instant(now - kept.days * DAY_MS)
    young = [copy for copy in newest_first if copy.made_at >= limit]
    old = [copy for copy in newest_first if copy.made_at < limit]
    of_days = _first_of_each([copy for copy in young if copy.kind == NIGHT], zone, _day_of)
    older = [copy for copy in old if copy.is_backup]
    weeks = _first_of_each(older, zone, _week_of)[: kept.weeks]
    months = _first_of_each(older, zone, _month_of)[: kept.months]
    kept_old = {copy.path for copy in (*weeks, *months)}
    kept_young = {copy.path for copy in of_days} | {
        copy.path for copy in young if copy.kind != NIGHT
    }
    return Thinning(
        bared=tuple(c for c in older if c.path in kept_old and c.has_guests),
        dropped=tuple(c for c in newest_first if c.path not in kept_old | kept_young),
    )


def _first_of_each(
    newest_first: list[StoreCopy], zone: str, spell: Callable[[date], date]
) -> list[StoreCopy]:
    found: dict[date, StoreCopy] = {}
    for copy in newest_first:
        local = datetime.fromtimestamp(copy.made_at / 1000, ZoneInfo(zone)).date()
        found.setdefault(spell(local), copy)
    return list(found.values())


def _day_of(day: date) -> date:
    return day


def _week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month_of(day: date) -> date:
    return day.replace(day=1)
