"""The computer's clock, as far as the shop's own journal can tell."""

from __future__ import annotations

import time
from collections.abc import Iterator

from pos_app.clock import SECOND_MS
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, moment, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop
from pos_app.store import journal

_YEAR_2024_S = 1_704_067_200
SET_IT = Phrase("Set date and time of this computer, best by the network.")


def clock(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    with shop.database.read() as connection:
        _, committed_at = journal.last(connection)
    wall = int(time.time() * SECOND_MS)
    if wall < _YEAR_2024_S * SECOND_MS:
        yield trouble("clock", Phrase("The computer's date is wrong."), SET_IT)
    elif committed_at > wall + SECOND_MS:
        behind = (committed_at - wall) // SECOND_MS
        yield trouble(
            "clock",
            Phrase("The clock is {seconds} s behind the newest order."),
            SET_IT,
            seconds=behind,
        )
    else:
        zone = setup.settings.shop.zone
        now = moment(shop.clock.now(), zone)
        yield well("clock", Phrase("{time} in {zone}"), time=now, zone=Code(zone))
