"""How each screen of this computer is set up: what it shows, its size, from how far it is read."""

from __future__ import annotations

from pos_app.changes import SettingsChanged
from pos_app.desk import setup
from pos_app.desk.doors import Doors
from pos_app.desk.transaction import Transaction
from pos_app.domain.screens import (
    FARTHEST_M,
    LARGEST_INCHES,
    LONGEST_NAME,
    NEAREST_M,
    SMALLEST_INCHES,
    KnownScreen,
    Screen,
    station_of,
)
from pos_app.errors import BadInput, NotFound
from pos_app.store import screens

SCREENS = "screens"


class ScreensDesk:
    """One method is one transaction. Screens belong to the computer on which they stand."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def keep(self, name: str, screen: Screen) -> None:
        """Set up the screen `name`, a new one or a known one; nothing happens when it is so.

        Raises BadInput naming the field.
        """
        with self._doors.act() as act:
            same = KnownScreen(act.device_id, name.strip(), screen) in act.setup.screens
            if not same:
                _write(act, name.strip(), screen)
        if not same:
            self._doors.feed.publish(SettingsChanged((SCREENS,)))

    def forget(self, name: str) -> None:
        """Nobody looks at this screen any more. Raises NotFound."""
        with self._doors.act() as act:
            if not screens.remove(act.connection, act.device_id, name):
                raise NotFound("There is no screen “{name}”", name=name)
            _tell(act)
        self._doors.feed.publish(SettingsChanged((SCREENS,)))


def _write(act: Transaction, name: str, screen: Screen) -> None:
    if not name:
        raise BadInput("name", "The screen needs a name")
    if len(name) > LONGEST_NAME:
        raise BadInput("name", "At most {most} characters", most=LONGEST_NAME)
    if not SMALLEST_INCHES <= screen.inches <= LARGEST_INCHES:
        raise BadInput(
            "inches", "From {least} to {most} inches", least=SMALLEST_INCHES, most=LARGEST_INCHES
        )
    if not NEAREST_M <= screen.distance_m <= FARTHEST_M:
        raise BadInput(
            "distance_m", "From {least} to {most} metres", least=NEAREST_M, most=FARTHEST_M
        )
    if screen.station and station_of(act.setup.menu, screen.station) is None:
        raise BadInput("station", "There is no such station")
    screens.write(act.connection, act.device_id, name, screen, act.now)
    _tell(act)


def _tell(act: Transaction) -> None:
    act.record("settings_changed", None, {"keys": [SCREENS]})
    setup.touch(act.connection)
