"""A station as a person names it on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.errors import NotFound

if TYPE_CHECKING:
    from pos_app.desk.setup import Setup


def station_id(setup: Setup, wanted: str) -> int:
    """The station with this id or name in any language. Raises NotFound, naming those there are."""
    from pos_app.domain.menu import folded
    from pos_app.language import pick

    key = folded(wanted)
    for station in setup.menu.stations:
        if station.uid == wanted or key in map(folded, station.names.values()):
            return station.id
    language = setup.settings.shop.language
    known = ", ".join(pick(station.names, language) for station in setup.menu.stations)
    raise NotFound(
        "There is no station {station}", hint="There are: {known}.", station=wanted, known=known
    )
