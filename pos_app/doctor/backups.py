"""Backups: how old the last good one is, and whether it can be opened."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.clock import HOUR_MS
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Finding, moment, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop
from pos_app.store.soundness import Unfinished, opens

_MAKE_ONE = Phrase("Make one now: Settings, Backups, or `orderbell backup`.")


def backup(shop: OpenShop, setup: Setup, patience_s: float) -> Iterator[Finding]:
    """Practice needs none."""
    if setup.identity.practice:
        yield off("backup", Phrase("Practice makes no backups by itself."))
        return
    backups, zone = shop.desk.backups, setup.settings.shop.zone
    newest = backups.found().newest
    missing_since = backups.missing_since()
    if newest is None:
        words = Phrase("There is no backup yet.")
        yield (
            off("backup", words, _MAKE_ONE)
            if missing_since is None
            else trouble("backup", words, _MAKE_ONE)
        )
        return
    values = {
        "time": moment(newest.made_at, zone),
        "hours": max(0, (shop.clock.now() - newest.made_at) // HOUR_MS),
    }
    if missing_since is not None:
        words = Phrase("The last good backup is {hours} hours old ({time}).")
        yield trouble("backup", words, _MAKE_ONE, **values)
        return
    try:
        problems = opens(newest.path, patience_s)
    except Unfinished:
        words = Phrase("The backup of {time} opens; it is too large to be searched in a hurry.")
        yield well("backup", words, **values)
        return
    if problems:
        words = Phrase("The backup of {time} is damaged.")
        yield trouble("backup", words, _MAKE_ONE, **values)
    else:
        words = Phrase("The backup of {time} opens; it is {hours} hours old.")
        yield well("backup", words, **values)
