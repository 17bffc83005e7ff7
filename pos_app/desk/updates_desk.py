"""What the owner decides about the check for a newer version, and what the last one has found.

A check announces. It never fetches a program: whoever updates does it himself, or his system does.
"""

from __future__ import annotations

import json
from dataclasses import replace

from pos_app import __version__, config, paths
from pos_app.changes import SettingsChanged
from pos_app.desk import owning
from pos_app.desk.doors import Doors
from pos_app.desk.setup import Setup
from pos_app.domain.release import Release, Updates
from pos_app.errors import BadInput

SHIPPED = "updates.json"


class UpdatesDesk:
    """One method is one transaction."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def switch(self, wanted: Updates) -> Updates:
        """Set the check. Raises BadInput naming `address` or `key`.

        Where they are empty, those that ship with this Orderbell are taken, if any do.
        """
        found = _checked(_completed(wanted))
        with self._doors.act() as act:
            owning.write_setting(act, config.UPDATES, found)
        self._doors.feed.publish(SettingsChanged((config.UPDATES,)))
        return found

    def note(self, found: Release) -> None:
        """Remember what a check has found; an older one than this is refused from now on."""
        with self._doors.act() as act:
            told = act.setup.settings.release.told
            owning.write_setting(act, config.RELEASE, replace(found, told=told))
        self._doors.feed.publish(SettingsChanged((config.RELEASE,)))

    def told(self, version: str) -> bool:
        """Remember that people were told of this version; False when they had been."""
        with self._doors.act() as act:
            release = act.setup.settings.release
            if release.told == version:
                return False
            owning.write_setting(act, config.RELEASE, replace(release, told=version))
        return True


def newer_in(setup: Setup) -> Release | None:
    """The newer version that is known; None where there is none, or nobody wants to know."""
    updates, release = setup.settings.updates, setup.settings.release
    if not updates.on or not release.version or release.key != updates.key:
        return None
    from pos_app.wire.releases import is_newer

    return release if is_newer(release.version, __version__) else None


def shipped() -> Updates:
    """The address and key that ship with this Orderbell; empty where none do."""
    try:
        told = json.loads((paths.resources() / SHIPPED).read_text(encoding="utf-8"))
        return Updates(address=str(told["address"]), key=str(told["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Updates()


def _completed(wanted: Updates) -> Updates:
    address, key = wanted.address.strip(), wanted.key.strip()
    if wanted.on and not address and not key:
        ours = shipped()
        address, key = ours.address, ours.key
    return replace(wanted, address=address, key=key)


def _checked(wanted: Updates) -> Updates:
    if not wanted.on and not wanted.address and not wanted.key:
        return wanted
    from pos_app.wire.releases import public_key

    if not wanted.address.startswith("https://") or not wanted.address.isascii():
        raise BadInput("address", "The address starts with https://")
    try:
        public_key(wanted.key)
    except ValueError:
        raise BadInput(
            "key",
            "This is no key of a publisher",
            hint="It stands where you have the address from: 43 letters and digits.",
        ) from None
    return wanted
