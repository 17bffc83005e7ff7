"""`orderbell doctor`: is everything that the shop needs in order, and what to do if not."""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.commands.arguments import Commands, command, data_folder
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say
from pos_app.errors import OrderbellError

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.setup import Setup

OK, OFF, TROUBLE = "ok", "off", "trouble"
_NEEDED_BYTES = 200_000_000
_EVENTS_OF_A_WEEK = 50_000
_YEAR_2024_S = 1_704_067_200


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is `ok`, `off` (not set up, which is fine) or `trouble`."""

    subject: str
    state: str
    said: str


def add(commands: Commands) -> None:
    parser = command(commands, "doctor", doctor, "look at disk, clock, store, keys and channels")
    parser.add_argument("--json", action="store_true", help="a JSON object")


def doctor(arguments: argparse.Namespace) -> int:
    """1 when something is in trouble."""
    found = list(_examine(arguments))
    is_well = all(finding.state != TROUBLE for finding in found)
    if arguments.json:
        answer({"ok": is_well, "findings": [asdict(finding) for finding in found]})
    else:
        for finding in found:
            say(f"{finding.subject:<9} {finding.state:<8} {finding.said}".rstrip())
    return 0 if is_well else 1


def _examine(arguments: argparse.Namespace) -> Iterator[Finding]:
    data = data_folder(arguments)
    yield _guarded("disk", lambda: _disk(data))
    try:
        with opened(arguments) as shop:
            setup = shop.desk.setup()
            yield _guarded("store", lambda: _store(shop))
            yield from _missing(shop)
            yield _guarded("clock", lambda: _clock(shop))
            yield _guarded("keys", lambda: _keys(shop, setup))
            yield _guarded("page", lambda: _page(shop, setup))
            yield _guarded("texts", lambda: _texts(shop, setup))
            yield from _inbox(shop, setup)
            yield from _push(setup)
            yield _guarded("printers", lambda: _printers(shop, setup))
            yield from _stops(shop)
            yield from _lanes(shop)
    except OrderbellError as error:
        yield Finding("store", TROUBLE, str(error))


def _guarded(subject: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except OrderbellError as error:
        return Finding(subject, TROUBLE, str(error))


def _disk(data: Path) -> Finding:
    here = data
    while not here.exists():
        here = here.parent
    free = shutil.disk_usage(here).free
    said = f"{free // 1_000_000} MB free at {data}"
    return Finding("disk", OK if free >= _NEEDED_BYTES else TROUBLE, said)


def _store(shop: Shop) -> Finding:
    from pos_app.store.soundness import integrity
    from pos_app.store.upgrading import HEAD

    problems = integrity(shop.database)
    kind = "practice shop" if shop.identity.practice else "shop"
    size = shop.database.file.stat().st_size // 1_000
    said = f"{kind} {shop.identity.store_id}, schema {HEAD}, {size} kB"
    return Finding("store", TROUBLE if problems else OK, "; ".join(problems) or said)


def _missing(shop: Shop) -> Iterator[Finding]:
    """Changes that were saved once and are gone; told for a week."""
    from pos_app.clock import DAY_MS, Instant, iso
    from pos_app.store import journal
    from pos_app.store.high_water import EVENT

    zone = shop.desk.setup().settings.shop.zone
    with shop.database.read() as connection:
        since = Instant(shop.clock.now() - 7 * DAY_MS)
        gaps = journal.latest_of_kinds(connection, (EVENT,), since, 9, among=_EVENTS_OF_A_WEEK)
    for gap in gaps:
        said = f"{gap.payload['missing']} changes were missing at {iso(gap.at, zone)}"
        yield Finding("changes", TROUBLE, said)


def _clock(shop: Shop) -> Finding:
    from pos_app.clock import SECOND_MS, iso
    from pos_app.store import journal

    with shop.database.read() as connection:
        _, committed_at = journal.last(connection)
    zone = shop.desk.setup().settings.shop.zone
    wall = int(time.time() * 1000)
    if wall < _YEAR_2024_S * SECOND_MS:
        return Finding("clock", TROUBLE, "The computer's date is wrong. Set date and time.")
    if committed_at > wall + SECOND_MS:
        behind = (committed_at - wall) // SECOND_MS
        return Finding("clock", TROUBLE, f"The clock is {behind} s behind the newest order.")
    return Finding("clock", OK, iso(shop.clock.now(), zone))


def _keys(shop: Shop, setup: Setup) -> Finding:
    from pos_app import keys

    place = "files of this user" if isinstance(shop.keys, keys.FileKeys) else "the keyring"
    # Asking for each also finds a key file that others could read.
    present = [name for name in (keys.SIGNING, keys.ROOT, keys.STORE) if shop.keys.get(name)]
    missing = {keys.SIGNING, keys.ROOT} - set(present) if setup.site is not None else set()
    if missing:
        return Finding("keys", TROUBLE, f"Missing: {', '.join(sorted(missing))}. Pair again.")
    return Finding("keys", OK, f"{len(present)} in {place}")


def _stops(shop: Shop) -> Iterator[Finding]:
    """Guests who stopped texts under a key that this computer does not have."""
    from pos_app import paths

    if shop.desk.wishes.stops_are_lost():
        yield Finding(
            "stops",
            TROUBLE,
            "Guests have stopped texts whom this computer cannot recognise: its keys are not those"
            " of the computer on which they said so. Bring the keys from there (the keyring of"
            f" that user, or the folder {paths.keys_folder(shop.data)}), or note each stop again"
            " with `orderbell customer stop PHONE`, then `orderbell customer forget-lost-stops`.",
        )


def _page(shop: Shop, setup: Setup) -> Finding:
    from pos_app.clock import iso
    from pos_app.store import sites

    site = setup.site
    if site is None and setup.bot:
        said = f"Nobody can open a tracking page; the code on slips opens @{setup.bot}."
        return Finding("page", OK, said)
    if site is None:
        return Finding("page", OFF, "Nobody can open a tracking page; slips carry no QR code.")
    with shop.database.read() as connection:
        waiting, _ = sites.waiting_pages(connection)
        now = sites.active(connection)
    heard_at = now.heard_at if now is not None else None
    zone = setup.settings.shop.zone
    heard = f"last heard {iso(heard_at, zone)}" if heard_at is not None else "never heard"
    return Finding("page", OK, f"{site.mode} at {site.origin}, {heard}, {waiting} pages wait")


def _texts(shop: Shop, setup: Setup) -> Finding:
    from pos_app.store import messages

    with shop.database.read() as connection:
        waiting, _ = messages.waiting(connection)
    if setup.identity.practice:
        return Finding("texts", OK, f"recorded only (practice), {waiting} wait")
    ways = setup.settings.ways
    if not ways:
        return Finding("texts", OFF, "No channel is set up; see `orderbell channel add`.")
    named = ", ".join(f"{way.channel} by {way.name}" for way in ways)
    return Finding("texts", OK, f"{named}, {waiting} wait")


def _inbox(shop: Shop, setup: Setup) -> Iterator[Finding]:
    """Nothing where there is no bot."""
    if not setup.bot:
        return
    from pos_app.commands.bot import inbox_of

    found = inbox_of(shop, setup)
    yield Finding("inbox", TROUBLE if found.is_down else OK, found.said)


def _push(setup: Setup) -> Iterator[Finding]:
    """Told where it is set up: browsers take pushes from a page over https only."""
    from pos_app.wire.browsers import is_secure

    if setup.settings.way("push") is None or setup.identity.practice:
        return
    site = setup.site
    if site is None:
        yield Finding("push", TROUBLE, "Guests ask for it on their page, and nobody can open one.")
    elif not is_secure(site.origin):
        said = f"Browsers allow it on https:// pages only, and yours is {site.origin}."
        yield Finding("push", TROUBLE, said)
    else:
        yield Finding("push", OK, "guests can ask for it on their page")


def _printers(shop: Shop, setup: Setup) -> Finding:
    from pos_app.store import printing

    if not setup.printers:
        return Finding("printers", OFF, "None; see `orderbell printer add`.")
    with shop.database.read() as connection:
        waiting = printing.waiting(connection)
    names = ", ".join(printer.name for printer in setup.printers)
    return Finding("printers", OK, f"{names}; {waiting} slips wait")


def _lanes(shop: Shop) -> Iterator[Finding]:
    from pos_app.clock import iso
    from pos_app.store import lanes

    zone = shop.desk.setup().settings.shop.zone
    with shop.database.read() as connection:
        states = lanes.states(connection)
    for lane in states:
        said = f"{lane.code} since {iso(lane.since, zone)}".strip()
        yield Finding(f"lane {lane.lane}", OK if lane.state == "ok" else TROUBLE, said)
