"""Backups: copies made while the shop works, proven by opening them, and thinned as they age.

A copy that was not opened and checked is a hope. So each is: the file by SQLite, and what is in
it by the same `check` that proves the store. Only then it gets its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from pos_app.clock import Instant
from pos_app.config import Backups
from pos_app.desk.checking import CheckReport, check
from pos_app.errors import BadInput, Refused, StoreDamaged, StoreError
from pos_app.progress import Progress, Step, silent
from pos_app.store import copies, journal
from pos_app.store.copies import StoreCopy, Thinning
from pos_app.store.database import Database
from pos_app.store.erasing import blank_everyone
from pos_app.store.online_copy import make_one_file, online_copy, rebuild, remove
from pos_app.store.plain_words import told_plainly


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup, how many bytes it has, and what the check has counted in it."""

    copy: StoreCopy
    size: int
    report: CheckReport


def folder(store_file: Path, chosen: Backups) -> Path:
    """Where this shop's backups lie."""
    return Path(chosen.folder) if chosen.folder else copies.folder_of(store_file)


def back_up(
    store_file: Path, target: Path, now: Instant, kind: str, progress: Progress = silent
) -> Made:
    """Copy the store into the folder `target`, or to that new file, and prove the copy.

    Raises BadInput naming `target`, StoreError kinds; then nothing is left there.
    """
    # One at a time: two would take each other's name.
    with FileLock(store_file.with_name("backup.lock")):
        return _back_up(store_file, _file_in(target, now, kind), now, kind, progress)


def _back_up(store_file: Path, file: Path, now: Instant, kind: str, progress: Progress) -> Made:
    _refuse_without_room(store_file, file.parent)
    part = file.with_name(f".{file.name}.part")
    with told_plainly(store_file):
        remove(part)
        online_copy(store_file, part, progress)
    try:
        report = prove(part, progress)
        if report.problems:
            raise StoreDamaged(
                "The backup is not sound and was not kept",
                "{problem}",
                "Run `orderbell check`: the store itself may be damaged.",
                problem=report.problems[0],
            )
        copies.settle(part, file)
    except BaseException:
        remove(part)
        raise
    return Made(copies.named(file) or StoreCopy(file, now, kind), file.stat().st_size, report)


def _file_in(target: Path, now: Instant, kind: str) -> Path:
    if target.exists() and not target.is_dir():
        raise BadInput("target", "{file} is there already", "Name a new one.", file=target)
    if target.suffix == ".sqlite":
        if not target.parent.is_dir():
            raise BadInput("target", "There is no folder {folder}", folder=target.parent)
        return target
    if not target.exists() and target.name != "backups":
        # A folder that was chosen and is gone is a stick that was pulled out.
        raise BadInput(
            "target",
            "There is no folder {folder}",
            hint="Plug the disk in, or choose another folder.",
            folder=target,
        )
    return copies.path(target, now, kind)


def _refuse_without_room(store_file: Path, target: Path) -> None:
    needed, free = store_file.stat().st_size, shutil.disk_usage(target).free
    if free < needed * 1.1:
        raise StoreError(
            "There is no room for the backup",
            "It needs {needed} MB, {free} MB are free in {folder}.",
            "Free some space, or choose another folder.",
            needed=needed // 1_000_000 + 1,
            free=free // 1_000_000,
            folder=target,
        )


def prove(file: Path, progress: Progress = silent) -> CheckReport:
    """Open a copy as a store and check it, leaving it one file."""
    progress(Step.CHECKING, 0, 1)
    opened = Database(file)
    try:
        report = check(opened, lambda done, of: progress(Step.CHECKING, done, of))
    finally:
        opened.close()
    with told_plainly(file):
        make_one_file(file)
    return report


def thin(
    found: list[StoreCopy],
    kept: Backups,
    zone: str,
    now: Instant,
    stopping: Callable[[], bool] = lambda: False,
) -> Thinning:
    """Rewrite and delete what has outlived itself; what was done. Ends early when `stopping`."""
    plan = copies.thinning(found, kept, zone, now)
    bared: list[StoreCopy] = []
    for copy in plan.bared:
        if stopping():
            break
        bared.append(bare(copy, now))
    for copy in plan.dropped:
        remove(copy.path)
    return Thinning(tuple(bared), plan.dropped)


def bare(copy: StoreCopy, now: Instant) -> StoreCopy:
    """Rewrite `copy` without any guest: names, phones, addresses and free texts are gone.

    Raises StoreError when it cannot be written; then the old one is still there.
    """
    target = copies.path(copy.path.parent, copy.made_at, copies.BARE)
    part = target.with_name(f".{target.name}.part")
    with told_plainly(copy.path):
        remove(part)
        online_copy(copy.path, part)
        try:
            blank_file(part, now)
            copies.settle(part, target)
        except BaseException:
            remove(part)
            raise
    remove(copy.path)
    return StoreCopy(target, copy.made_at, copies.BARE)


def blank_file(file: Path, now: Instant) -> None:
    """Blank every guest in a store that nobody has open, down to its free pages."""
    opened = Database(file)
    try:
        with opened.write() as connection:
            blank_everyone(connection, now)
    finally:
        opened.close()
    with told_plainly(file):
        rebuild(file)


def newest_event_in(file: Path) -> Instant:
    """When the newest thing happened that a copy knows of. Raises StoreDamaged."""
    opened = Database(file)
    try:
        with opened.read() as connection:
            newest = journal.last(connection)[1]
    finally:
        opened.close()
    with told_plainly(file):
        make_one_file(file)
    return newest


def chosen(found: list[StoreCopy], wanted: str) -> Path:
    """The file that a person means by `latest`, a copy's name, or a path. Raises Refused."""
    if wanted == "latest":
        newest = copies.newest_backup(found)
        if newest is None:
            raise Refused("There is no backup yet", hint="Make one with `orderbell backup`.")
        return newest.path
    named = next((copy.path for copy in found if copy.path.name == wanted), Path(wanted))
    if not named.is_file():
        raise BadInput(
            "copy", "There is no backup {name}", hint="See `orderbell backup --list`.", name=wanted
        )
    return named
