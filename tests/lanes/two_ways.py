"""A shop with two ways for SMS: the gateway phone, and a gateway that answers any call."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.bootstrap import add_channel
from pos_app.lanes.lane import Down
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.precedence import Precedence
from pos_app.lanes.texts import TextsWorker
from tests.lanes.ways import BLIND, PHONE, Crossroads, crossroads, way_to
from tests.support import any_gateway
from tests.support.any_gateway import AnyGateway
from tests.support.gateway import Gateway
from tests.support.providers import Request, running

SECOND = "http-sms"


@dataclass
class CountingGateway(AnyGateway):
    """Keeps the ids of what it took."""

    ids: list[str] = field(default_factory=list)

    def answer(self, request: Request) -> tuple[int, object]:
        before = self.taken
        answered = super().answer(request)
        if self.taken > before:
            self.ids.append(request.json["ref"])
        return answered


@dataclass
class TwoWays:
    """`first` and `second` as the owner has set them up; `fell` counts who was left alone."""

    roads: Crossroads
    phone: Gateway
    other: CountingGateway
    precedence: Precedence
    outlets: list[Outlet] = field(default_factory=list)
    lanes: list[TextsWorker] = field(default_factory=list)

    def open_lanes(self) -> None:
        """As a process that takes over has them."""
        self.close_lanes()
        shop, fence = self.roads.shop, self.roads.lease.fence
        self.outlets = [Outlet(shop, "sms", place) for place in (0, 1)]
        self.lanes = [
            TextsWorker(shop, fence, outlet, precedence=self.precedence) for outlet in self.outlets
        ]

    def close_lanes(self) -> None:
        for lane in self.lanes:
            lane.close()
        self.lanes = []

    def turn(self, *places: int) -> list[str]:
        """A round of each lane (or of these); their troubles."""
        troubles = []
        for place in places or (0, 1):
            try:
                self.lanes[place].work()
            except Down as down:
                troubles.append(down.code)
        return troubles


@contextmanager
def two_ways(data: Path, *, price: int = 0, other_price: int = 0) -> Iterator[TwoWays]:
    """The phone first, the other one behind it."""
    other = CountingGateway()
    with ExitStack() as stack:
        roads = stack.enter_context(crossroads(data, (PHONE, "sms"), price=price))
        url = stack.enter_context(running(other))
        add_channel(roads.shop, way_to(BLIND, "sms", url, other_price), any_gateway.SECRET)
        found = TwoWays(roads, roads.places["sms"], other, Precedence())
        found.open_lanes()
        try:
            yield found
        finally:
            found.close_lanes()
