"""Screens of the shop: what each one shows, how large it is and from how far it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.domain.menu import Menu, Station, folded
from pos_app.errors import BadInput
from pos_app.language import pick

STEP_M = 0.5
NEAREST_M, FARTHEST_M = 0.5, 6.0
SMALLEST_INCHES, LARGEST_INCHES = 7.0, 120.0
LONGEST_NAME = 64
_BAR = "bar"


class Profile(StrEnum):
    """What a window of the board shows."""

    PASS = "pass"  # noqa: S105 - the place where orders are given out
    KITCHEN = "kitchen"
    BAR = "bar"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Sounds:
    """Which sounds one screen makes; `volume` in per cent, 0 is silence."""

    new: bool = True
    changed: bool = True
    late: bool = True
    web: bool = True
    volume: int = 80


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen as it is set up. `station` is a station's uid, empty for all of them.

    `inches` is the diagonal, `distance_m` how far its reader stands.
    """

    profile: Profile
    station: str = ""
    inches: float = 21.5
    distance_m: float = 1.5
    sounds: Sounds = field(default_factory=Sounds)


@dataclass(frozen=True, slots=True)
class KnownScreen:
    """A screen of the computer `device_id`, by the name that its people gave it."""

    device_id: str
    name: str
    screen: Screen


_USUAL = {
    Profile.PASS: (21.5, 0.5),
    Profile.KITCHEN: (21.5, 1.5),
    Profile.BAR: (21.5, 1.0),
    Profile.GUEST: (32.0, 3.0),
}
_NAMES = {
    Profile.PASS: "Pass",
    Profile.KITCHEN: "Kitchen",
    Profile.BAR: "Bar",
    Profile.GUEST: "Guest display",
}


def usual_screen(profile: Profile, menu: Menu) -> Screen:
    """A screen of `profile` before anybody has set it up; the bar looks at its own station."""
    inches, distance_m = _USUAL[profile]
    bar = next((s for s in menu.stations if folded(s.names.get("en", "")) == _BAR), None)
    station = bar.uid if profile is Profile.BAR and bar is not None else ""
    return Screen(profile, station, inches, distance_m)


def usual_name(profile: Profile, station: Station | None = None) -> str:
    """The name of a screen that was given none: `Kitchen`, `Kitchen Grill`."""
    named = f" {pick(station.names, 'en')}" if station is not None else ""
    return f"{_NAMES[profile]}{named}"[:LONGEST_NAME].strip()


def station_of(menu: Menu, uid: str) -> Station | None:
    """The station called `uid`; None for none, and for one that is gone."""
    return next((station for station in menu.stations if station.uid == uid), None)


def find_station(menu: Menu, wanted: str) -> Station:
    """The station whose name in any language is `wanted`, or the only one that begins so.

    Raises BadInput naming `station` and the stations that there are.
    """
    key = folded(wanted)
    same = [s for s in menu.stations if any(folded(n) == key for n in s.names.values())]
    begins = [s for s in menu.stations if any(folded(n).startswith(key) for n in s.names.values())]
    found = same or begins
    if len(found) == 1 and key:
        return found[0]
    known = ", ".join(_all_names(station) for station in menu.stations)
    if key and found:
        raise BadInput(
            "station",
            "More than one station begins with “{wanted}”",
            hint="Stations: {known}.",
            wanted=wanted,
            known=known,
        )
    raise BadInput(
        "station",
        "There is no station “{station}”",
        hint="Stations: {known}.",
        station=wanted,
        known=known,
    )


def _all_names(station: Station) -> str:
    return " / ".join(dict.fromkeys(station.names.values()))
