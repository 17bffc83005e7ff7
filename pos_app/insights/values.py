"""The ten numbers of a day and the orders behind each.

Amounts are minor units of the shop's currency, spans milliseconds. People are ids: of staff, or
`os:USER` for the command line, or empty where nobody has said who he is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant
from pos_app.domain.menu import Names
from pos_app.domain.workflow import Kind


@dataclass(frozen=True, slots=True)
class Named:
    """One order, as somebody would call it: its guest, else its table; both may be empty."""

    order_id: int
    number: str
    name: str
    table: str


@dataclass(frozen=True, slots=True)
class Sale:
    """What one order brought: received and not given back, and what is still to pay."""

    order: Named
    kind: Kind
    total: int
    received: int
    unpaid: int


@dataclass(frozen=True, slots=True)
class Takings:
    """1: the day's orders without those that were cancelled or undone.

    `received` by way of paying (`cash`, `card`, `online`), refunds taken off; also of orders
    that were cancelled and not refunded. `unpaid` is what may still come in: nobody pays for
    what was not collected or was returned.
    """

    sales: tuple[Sale, ...]
    received: dict[str, int]
    unpaid: int
    undone: int
    still_open: int

    @property
    def total(self) -> int:
        """What the orders cost, paid or not."""
        return sum(sale.total for sale in self.sales)


class Stage(StrEnum):
    """Where time can be lost."""

    NEW = "new"
    KITCHEN = "kitchen"
    READY = "ready"
    ON_THE_WAY = "on_the_way"


@dataclass(frozen=True, slots=True)
class Late:
    """One broken promise: by how much, and the stage that most overran what it may take.

    `station_id` names the kitchen's last station where one can be told apart.
    """

    order: Named
    late_ms: int
    stage: Stage
    station_id: int | None
    promise_moved: bool


@dataclass(frozen=True, slots=True)
class Promises:
    """2: `judged` orders of which it is known whether the promise was kept.

    `left_out` have unknown times; `moved` were judged by a promise that had been moved.
    """

    judged: int
    late: tuple[Late, ...]
    left_out: int
    moved: int

    @property
    def kept(self) -> int:
        return self.judged - len(self.late)


@dataclass(frozen=True, slots=True)
class Timed:
    """An order and how long it took."""

    order: Named
    span_ms: int


@dataclass(frozen=True, slots=True)
class Times:
    """3: from placed (a later order: from its entering the kitchen) to ready, the longest first.

    Both figures are times of real orders: the nearest rank. None without orders.
    """

    orders: tuple[Timed, ...]
    median_ms: int | None
    p90_ms: int | None
    left_out: int


@dataclass(frozen=True, slots=True)
class StationTimes:
    """One station: the median from placed to its own *ready*; its tickets, the longest first."""

    station_id: int
    names: Names
    median_ms: int
    tickets: tuple[Timed, ...]


@dataclass(frozen=True, slots=True)
class Unfetched:
    """5: an order that nobody took: not collected, or returned."""

    order: Named
    kind: Kind
    total: int
    paid: int


@dataclass(frozen=True, slots=True)
class Cancelled:
    """6: who cancelled it, when and why. `kept` is money that was not given back."""

    order: Named
    reason: str
    staff_id: str
    at: Instant | None
    total: int
    kept: int


@dataclass(frozen=True, slots=True)
class Refunded:
    """6: money that went back: `amount` above zero, `type` the way it went."""

    order: Named
    type: str
    amount: int
    staff_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftUnpaid:
    """7: handed over and still not paid. `meant`: somebody chose *Leave unpaid*."""

    order: Named
    due: int
    staff_id: str
    meant: bool


@dataclass(frozen=True, slots=True)
class Remade:
    """8: a dish that had to be made again."""

    order: Named
    dish: Names
    quantity: int
    reason: str
    staff_id: str


@dataclass(frozen=True, slots=True)
class Untold:
    """9: a text that did not do its work. `state` and `reason` as in the store."""

    order: Named
    about: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class Texts:
    """9: what became of the guests' texts; those that were taken back in time do not count.

    `not_told` could not leave (no SMS phone was set up, or dropped after a power cut);
    `uncertain`: nobody knows whether it arrived; `waiting` has not left yet. `cost` of all of
    them, in hundredths of the minor unit.
    """

    sent: int
    failed: int
    uncertain: int
    expired: int
    not_told: int
    waiting: int
    behind: tuple[Untold, ...]
    cost: int = 0

    @property
    def all(self) -> int:
        return (
            self.sent + self.failed + self.uncertain + self.expired + self.not_told + self.waiting
        )


@dataclass(frozen=True, slots=True)
class CourierDay:
    """10: what one courier delivered and took; `to_hand_in` as of now, over all days.

    An empty `courier_id` gathers deliveries that nobody's name stands on.
    """

    courier_id: str
    deliveries: tuple[Named, ...]
    cash: int
    to_hand_in: int


@dataclass(frozen=True, slots=True)
class Rated:
    order: Named
    stars: int


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """An order that was moved one stage back, by whom and from where to where."""

    order: Named
    was: Kind
    to: Kind
    staff_id: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Yesterday:
    """One business date (ISO). Stations, and late couriers, the worst first."""

    business_date: str
    currency: str
    takings: Takings
    promises: Promises
    times: Times
    stations: tuple[StationTimes, ...]
    unfetched: tuple[Unfetched, ...]
    cancelled: tuple[Cancelled, ...]
    refunded: tuple[Refunded, ...]
    left_unpaid: tuple[LeftUnpaid, ...]
    remade: tuple[Remade, ...]
    texts: Texts
    couriers: tuple[CourierDay, ...]
    ratings: tuple[Rated, ...]
    brought_back: tuple[BroughtBack, ...]

    @property
    def stars(self) -> float | None:
        """The average of the day's ratings; None without one."""
        if not self.ratings:
            return None
        return sum(rated.stars for rated in self.ratings) / len(self.ratings)
