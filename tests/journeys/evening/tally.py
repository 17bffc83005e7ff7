"""The script's own count of the evening: what it did, in its own words; the store is not asked."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field

from tests.journeys.evening.rush import Item

MINUTE_S = 60.0
TOLD_MINUTES = {"pickup": 20, "dine_in": 20, "delivery": 50}
GONE = {"pickup": "picked_up", "dine_in": "served", "delivery": "delivered"}
CASH, CARD, UNPAID = "cash", "card", "unpaid"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a guest wants. `pay` is how he pays when he orders; `taken` minutes ago, on paper."""

    items: tuple[Item, ...]
    fulfilment: str = "pickup"
    name: str = ""
    phone: str = ""
    texts: bool = False
    table: str = ""
    street: str = ""
    pay: str = CASH
    allergy: str = ""
    taken: int = 0

    @property
    def total(self) -> int:
        return sum(item.total for item in self.items)


@dataclass(slots=True)
class Told:
    """One order as the script saw it. Times in seconds since 1970, None where nobody knows."""

    number: str
    wish: Wish
    placed: float
    ready: float | None = None
    ended: float | None = None
    kind: str = "accepted"
    times_known: bool = True
    moved: bool = False
    courier: str = ""
    reason: str = ""
    undone: bool = False
    payments: list[tuple[str, int]] = field(default_factory=list)
    refunds: list[tuple[str, int]] = field(default_factory=list)
    took_cash: int = 0

    @property
    def due(self) -> int:
        return self.wish.total - sum(amount for _way, amount in self.payments)

    @property
    def is_late(self) -> bool:
        """Fetched orders have to be ready in time, others at table or door."""
        met = self.ready if self.wish.fulfilment == "pickup" else self.ended
        promised = self.placed + TOLD_MINUTES[self.wish.fulfilment] * MINUTE_S
        return met is not None and met > promised


class Tally:
    """Filled by several hands at once."""

    def __init__(self) -> None:
        self.orders: dict[str, Told] = {}
        self.texts: Counter[tuple[str, str]] = Counter()
        self.remade: list[tuple[str, str, str]] = []
        self.brought_back: list[tuple[str, str, str]] = []
        self.stars: dict[str, int] = {}
        self.handed_in: Counter[str] = Counter()
        self.clicks: Counter[str] = Counter()
        self._guard = threading.Lock()

    def __getitem__(self, number: str) -> Told:
        return self.orders[number]

    def placed(self, number: str, wish: Wish, at: float) -> Told:
        told = Told(number, wish, at - wish.taken * MINUTE_S)
        if wish.pay != UNPAID:
            told.payments.append((wish.pay, wish.total))
        with self._guard:
            assert number not in self.orders, f"{number} was given twice"
            self.orders[number] = told
        return told

    def ready(self, number: str, at: float) -> None:
        self.orders[number].ready = at
        self.orders[number].kind = "ready"

    def gone(self, number: str, at: float, paid: str = "") -> None:
        """Given out, served or delivered; `paid` is how what was due came in just then."""
        told = self.orders[number]
        told.kind, told.ended = GONE[told.wish.fulfilment], at
        if paid not in ("", UNPAID):
            told.payments.append((paid, told.due))

    def delivered(self, number: str, at: float, courier: str, *, took: bool) -> None:
        """At the door; `took`: the courier has the money for it."""
        told = self.orders[number]
        due = told.due if took else 0
        self.gone(number, at, CASH if due else "")
        told.courier, told.took_cash = courier, due

    def settled(self, number: str, kind: str, reason: str = "") -> None:
        """Said after the fact: nobody knows when."""
        told = self.orders[number]
        told.kind, told.reason, told.times_known = kind, reason, False

    def cancelled(self, number: str, reason: str) -> None:
        self.orders[number].kind, self.orders[number].reason = "cancelled", reason

    def click(self, what: str) -> None:
        with self._guard:
            self.clicks[what] += 1
