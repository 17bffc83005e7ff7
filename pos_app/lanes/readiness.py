"""What the holder of the lanes needs in memory, read in by whoever may become the next one.

A window imports little before its board stands, and the rest when it is asked for. For one that
takes over, that was a second of the two in which guests' texts go on.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from pos_app.errors import OrderbellError
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import ways_to_run


def get_ready(shop: OpenShop) -> None:
    """Import what sends, words and times texts. Takes about a second; opens no connection."""
    for name in ("automation.wording.grammar", "desk.rules_desk", "desk.privacy_desk"):
        import_module(f"pos_app.{name}")
    for channel, place in ways_to_run(shop).values():
        outlet = Outlet(shop, channel, place)
        # A way that cannot be opened says so when it is used.
        with suppress(OrderbellError):
            outlet.current()
        outlet.close()
