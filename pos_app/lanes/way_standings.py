"""How each way out fares, read off what its lane has written down. For people who look at them."""

from __future__ import annotations

from pos_app.desk.setup import Setup
from pos_app.domain.way_forms import WayStanding
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import BROKEN, lane_of
from pos_app.store import lanes, tries, webhooks
from pos_app.store.database import Connection

_LAST_CALLS = 200


def standings(shop: OpenShop) -> tuple[WayStanding, ...]:
    """One for each way out by its name, and one for each program that rules call by its id."""
    setup = shop.desk.setup()
    with shop.database.read() as connection:
        return (*_ways(connection, setup), *_receivers(connection, setup))


def _ways(connection: Connection, setup: Setup) -> list[WayStanding]:
    broken = {found.lane: found for found in lanes.states(connection) if found.state == BROKEN}
    taken = tries.last_taken(connection)
    found = []
    for way in setup.settings.ways:
        place = setup.settings.ways_of(way.channel).index(way)
        state = broken.get(lane_of(way.channel, place))
        code, since = ("", None) if state is None else (state.code, state.since)
        found.append(WayStanding(way.name, code, since, taken.get(way.name)))
    return found


def _receivers(connection: Connection, setup: Setup) -> list[WayStanding]:
    receivers = setup.settings.webhooks.receivers
    if not receivers:
        return []
    newest: dict[str, webhooks.Delivery] = {}
    taken: dict[str, webhooks.Delivery] = {}
    for call in webhooks.newest(connection, _LAST_CALLS):
        newest.setdefault(call.target, call)
        if call.state == webhooks.TAKEN:
            taken.setdefault(call.target, call)
    found = []
    for one in receivers:
        last, good = newest.get(one.id), taken.get(one.id)
        fails = last is not None and last.state != webhooks.TAKEN and bool(last.reason)
        found.append(
            WayStanding(
                one.id,
                last.reason if fails and last is not None else "",
                last.created_at if fails and last is not None else None,
                good.settled_at if good is not None else None,
            )
        )
    return found
