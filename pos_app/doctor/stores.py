"""The store: whether its file is sound, and whether its newest changes are all there."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.clock import DAY_MS, Instant
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, moment, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop
from pos_app.store import journal
from pos_app.store.high_water import EVENT
from pos_app.store.soundness import Unfinished, integrity
from pos_app.store.upgrading import HEAD

_EVENTS_OF_A_WEEK = 50_000
_PRACTICE, _SHOP = Phrase("practice shop"), Phrase("shop")


def store(shop: OpenShop, setup: Setup, patience_s: float) -> Iterator[Finding]:
    """SQLite's own look at the file, for so many seconds."""
    values = {
        "kind": _PRACTICE if setup.identity.practice else _SHOP,
        "id": Code(setup.identity.store_id),
        "schema": Code(HEAD),
        "size": shop.database.file.stat().st_size // 1_000,
    }
    try:
        problems = integrity(shop.database, patience_s)
    except Unfinished:
        yield well(
            "store",
            Phrase("{kind} {id}, schema {schema}, {size} kB; too large to be searched in a hurry"),
            **values,
        )
        return
    if problems:
        yield trouble(
            "store",
            Phrase("The store is damaged: {problem}"),
            Phrase("Make no new orders. Put a backup back, or run `orderbell salvage`."),
            problem="; ".join(problems),
        )
        return
    yield well("store", Phrase("{kind} {id}, schema {schema}, {size} kB"), **values)


def missing(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Changes that were saved once and are gone; told for a week."""
    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        since = Instant(shop.clock.now() - 7 * DAY_MS)
        gaps = journal.latest_of_kinds(connection, (EVENT,), since, 9, among=_EVENTS_OF_A_WEEK)
    for gap in gaps:
        yield trouble(
            "changes",
            Phrase("{missing} changes were missing at {time}"),
            Phrase("Compare the last orders with their slips and enter again what is not there."),
            missing=int(str(gap.payload["missing"])),
            time=moment(gap.at, zone),
        )
