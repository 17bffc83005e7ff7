"""Which profile of the board a window was asked for, and what the shop's set-up makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.desk.setup import Setup
from pos_app.domain.screens import (
    Profile,
    Screen,
    find_station,
    usual_name,
    usual_screen,
)
from pos_app.errors import BadInput


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a window was asked to show; `station` as typed, empty texts for what was not said."""

    profile: str = ""
    station: str = ""
    name: str = ""


def opening(wanted: Wanted, setup: Setup, device_id: str) -> tuple[str, Screen]:
    """The name and set-up of the screen that `wanted` asks for.

    A name that is known on this computer brings its profile, size and distance along. Raises
    BadInput naming `station` or `profile`.
    """
    mine = {s.name: s.screen for s in setup.screens if s.device_id == device_id}
    known = mine.get(wanted.name)
    if not wanted.profile and known is None:
        raise BadInput(
            "profile",
            "There is no screen “{name}” on this computer",
            hint="Say what it shows: --profile pass, kitchen, bar or guest.",
            name=wanted.name,
        )
    profile = Profile(wanted.profile) if wanted.profile else known.profile if known else None
    assert profile is not None  # noqa: S101 - one of the two is there, or the above was raised
    if profile not in (Profile.KITCHEN, Profile.BAR) and wanted.station:
        raise BadInput("station", "Only a kitchen or bar screen shows one station")
    station = find_station(setup.menu, wanted.station) if wanted.station else None
    name = wanted.name or usual_name(profile, station)
    screen = mine.get(name)
    if screen is None or screen.profile is not profile:
        screen = usual_screen(profile, setup.menu)
    return name, replace(screen, station=station.uid) if station is not None else screen
