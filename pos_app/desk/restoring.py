"""Putting a backup in the store's place: prepared beside it, swapped at once, nothing thrown away.

Everything that can fail happens to a copy of the backup first. What is replaced is kept beside
the other copies, damaged or not. Nobody has the shop open meanwhile (`store.presence`).
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pos_app import keys
from pos_app.changes import ChangeFeed
from pos_app.clock import Clock, Instant
from pos_app.config import RESTORED
from pos_app.desk import backing_up, forgetting, stop_keys
from pos_app.desk.beginning_again import BegunAgain, begin_again
from pos_app.desk.desk import Desk
from pos_app.errors import Refused, StoreDamaged, StoreError
from pos_app.progress import Progress, silent
from pos_app.store import copies, erasing, erasure_list, home, schema, sites
from pos_app.store.database import Database
from pos_app.store.online_copy import (
    make_one_file,
    online_copy,
    rebuild,
    remove,
    sync_folder,
    synced,
)
from pos_app.store.plain_words import told_plainly
from pos_app.store.upgrading import bring_up_to_date

ENDINGS = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Present:
    """What can still be read of the store that is to be replaced; None of it may be.

    `erased`: who was erased, as hashes, also by the list that lies beside the store.
    """

    store_id: str | None = None
    epoch: int = 0
    erased: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Restored:
    """The shop is again as it was at `since`; `replaced` holds what stood in its place.

    `stops_lost`: guests have stopped texts whom this computer cannot recognise.
    """

    since: Instant
    begun: BegunAgain
    replaced: Path | None
    stops_lost: bool = False


def restore(
    store_file: Path,
    copy: Path,
    clock: Clock,
    *,
    keys_folder: Path,
    device_id: str,
    staff_id: str,
    progress: Progress = silent,
) -> Restored:
    """Put the backup `copy` in the place of `store_file`, which nobody may have open.

    Raises Refused for another shop's backup, StoreError kinds; then everything is as it was.
    """
    part = prepare(copy, store_file, clock.now(), progress)
    try:
        present = look_at(store_file)
        refuse_strangers(present, part)
        since = moment_of(part, copy)
        begun, stops_lost = _begin_there(
            part, clock, keys_folder, device_id, staff_id, since, present
        )
        kept = swap(part, store_file, clock.now())
    except BaseException:
        remove(part)
        raise
    return Restored(since, begun, kept, stops_lost)


def _begin_there(
    part: Path,
    clock: Clock,
    keys_folder: Path,
    device_id: str,
    staff_id: str,
    since: Instant,
    present: Present,
) -> tuple[BegunAgain, bool]:
    database = Database(part)
    try:
        with database.read() as connection:
            store_id = schema.identity(connection).store_id
        kept = keys.choose(keys_folder, store_id)
        if kept.get(keys.SIGNING) is None:
            # Keys are in no backup: on a new computer the page needs a new pairing.
            with database.write() as connection:
                sites.deactivate(connection)
        desk = Desk(database, clock, ChangeFeed(), kept, device_id=device_id, staff_id=staff_id)
        with desk.act() as act:
            begun = begin_again(act, RESTORED, since, present.epoch)
            stops_lost = stop_keys.settle(act, kept.get(keys.STORE))
            erased = erasing.repeat(act.connection, store_id, present.erased, act.now)
            if erased:
                act.record(forgetting.ERASED, None, {"people_ids": erased, "why": RESTORED})
            home.write(act.connection, home.fingerprint(part))
    finally:
        database.close()
    with told_plainly(part):
        # Erasing leaves words in the gaps of pages: the file is written anew.
        rebuild(part) if erased else make_one_file(part)
    return begun, stops_lost


def prepare(copy: Path, beside: Path, now: Instant, progress: Progress = silent) -> Path:
    """A proven copy of the backup `copy` beside the store, brought to this program's schema.

    Raises StoreDamaged for a backup that is not sound, StoreTooNew for a newer program's.
    """
    part = beside.with_name(f".{beside.name}.restoring")
    with told_plainly(copy):
        remove(part)
        schema.check_header(copy)
        online_copy(copy, part, progress)
    try:
        opened = Database(part)
        try:
            bring_up_to_date(opened, now, progress, keeps_copy=False)
        finally:
            opened.close()
        report = backing_up.prove(part, progress)
        if report.problems:
            raise StoreDamaged(
                "This backup is not sound",
                "{problem}",
                "Choose another one; see `orderbell backup --list`.",
                problem=report.problems[0],
            )
    except BaseException:
        remove(part)
        raise
    return part


def moment_of(part: Path, copy: Path) -> Instant:
    """Until when the backup knows what happened: by its newest event, or by its name."""
    newest, named = backing_up.newest_event_in(part), copies.named(copy)
    return newest if named is None else max(newest, named.made_at)


def look_at(store_file: Path) -> Present:
    """Who the store is that will be replaced, as far as it can be read."""
    listed = frozenset(erasure_list.read(store_file))
    if not store_file.exists():
        return Present(erased=listed)
    try:
        schema.check_header(store_file)
        opened = Database(store_file)
        try:
            with opened.read() as connection:
                known = schema.identity(connection)
                erased = erasing.erased(connection)
        finally:
            opened.close()
    except StoreError:
        return Present(erased=listed)
    return Present(known.store_id, known.epoch, listed | erased)


def refuse_strangers(present: Present, part: Path) -> None:
    """A backup of another shop does not take this one's place. Raises Refused."""
    opened = Database(part)
    try:
        with opened.read() as connection:
            store_id = schema.identity(connection).store_id
    finally:
        opened.close()
    if present.store_id not in (None, store_id):
        raise Refused(
            "This backup belongs to another shop",
            hint="Restore it into a folder of its own with --data.",
        )


def swap(part: Path, store_file: Path, now: Instant) -> Path | None:
    """Put `part` in the store's place; the file that now holds what stood there, if anything did.

    A WAL that belonged to the old file must never meet the new one, so it goes first. Until the
    last step the old store is there, or everything of it lies in the folder of copies.
    """
    kept = _keep_old(store_file, now) if store_file.exists() else None
    for ending in ENDINGS[1:]:
        store_file.with_name(store_file.name + ending).unlink(missing_ok=True)
    part.replace(store_file)
    sync_folder(store_file.parent)
    return kept


def _keep_old(store_file: Path, now: Instant) -> Path:
    target = copies.path(copies.folder_of(store_file), now, copies.REPLACED)
    with suppress(StoreError), told_plainly(store_file):
        online_copy(store_file, target)
        return target
    # Too damaged for that: its bytes as they are, for `orderbell salvage`.
    for ending in ENDINGS:
        old = store_file.with_name(store_file.name + ending)
        if old.exists():
            shutil.copyfile(old, target.with_name(target.name + ending))
            target.with_name(target.name + ending).chmod(0o600)
    synced(target)
    return target
