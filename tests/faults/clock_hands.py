"""One shop whose computer's clocks are moved by hand: the wall clock, and the time since its start.

What is true is the time since the start: guests and pizzas live by it.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pos_app import paths, shop_clock
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import SECOND_MS, Instant
from pos_app.config import ShopSettings
from pos_app.lanes.sync import sync_once
from pos_app.shop_clock import ShopClock
from pos_app.store import messages, orders
from pos_app.store.messages import Message
from tests.support.casts import cast_shop
from tests.support.shops import pickup

BOOTED_MS = 5_000_000
ROUND_S = 5
SENT = ("sent", "delivered")


@contextlib.contextmanager
def replaced(owner: Any, name: str, by: object) -> Iterator[None]:
    """`owner.name` is something else while this lasts."""
    plain = getattr(owner, name)
    setattr(owner, name, by)
    try:
        yield
    finally:
        setattr(owner, name, plain)


def template_in(folder: Path) -> Path:
    """A shop to copy: making one costs more than an evening."""
    data = folder / "template"
    cast_shop(data, ShopSettings(name="Trattoria"), practice=True)
    return data


class Hands:
    """The two clocks of one computer. Milliseconds; `true_ms` counts what has really passed."""

    def __init__(self, start: Instant) -> None:
        self.wall_ms: int = start
        self.true_ms = 0

    def pass_by(self, milliseconds: int) -> None:
        self.wall_ms += milliseconds
        self.true_ms += milliseconds

    def leap(self, milliseconds: int) -> None:
        self.wall_ms += milliseconds

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        with (
            replaced(shop_clock, "_wall_ms", lambda: self.wall_ms),
            replaced(shop_clock, "boot_ms", lambda: BOOTED_MS + self.true_ms),
            replaced(shop_clock, "boot_id", lambda: "this start"),
        ):
            yield


class Till:
    """A shop on `hands`: it sends in rounds, can be down, and knows when each text truly left."""

    def __init__(self, template: Path, data: Path, hands: Hands) -> None:
        self.data, self.hands = data, hands
        self.shop: Shop | None = None
        self.due_ms: dict[int, int] = {}
        self.left_ms: dict[int, int] = {}
        self.broken: list[str] = []
        shutil.copytree(template, data)
        self.up()

    def up(self) -> None:
        if self.shop is None:
            self.shop = open_shop(self.data)

    def down(self) -> None:
        if self.shop is not None:
            clock = self.shop.clock
            assert isinstance(clock, ShopClock)
            shop_clock.keep_line(paths.clock_file(self.data), clock)
            self.shop.close()
            self.shop = None

    @property
    def open_shop(self) -> Shop:
        assert self.shop is not None
        return self.shop

    def ready(self) -> None:
        """An order comes and is ready; its text is due after the rule's grace."""
        desk = self.open_shop.desk
        order = desk.place(pickup(self.open_shop, "Cola")).order
        while desk.cards([order.id])[order.id].order.kind.value != "ready":
            desk.bump(order.id)
        for message in self.texts():
            if message.id not in self.due_ms:
                grace_ms = message.not_before - self.open_shop.clock.now()
                self.due_ms[message.id] = self.hands.true_ms + grace_ms

    def texts(self) -> list[Message]:
        with self.open_shop.database.read() as connection:
            ids = orders.page(connection, 1_000)
            found = messages.of_orders(connection, ids)
        return [message for rows in found.values() for message in rows]

    def live(self, seconds: int) -> None:
        """Time passes; while the till is up its lanes look every five seconds."""
        for _ in range(0, seconds, ROUND_S):
            self.hands.pass_by(ROUND_S * SECOND_MS)
            if self.shop is not None:
                self.round()

    def round(self) -> None:
        sync_once(self.open_shop)
        for message in self.texts():
            if message.state in SENT and message.id not in self.left_ms:
                self.left_ms[message.id] = self.hands.true_ms
                if self.hands.true_ms < self.due_ms[message.id]:
                    early_s = (self.due_ms[message.id] - self.hands.true_ms) / SECOND_MS
                    self.broken.append(f"a text left {early_s:.0f} s early")
            if message.state == "expired":
                self._judge_expired(message)
        self._look_at_ages()

    def _judge_expired(self, message: Message) -> None:
        life_ms = message.not_after - message.not_before
        lived_ms = self.hands.true_ms - self.due_ms[message.id]
        if lived_ms < life_ms:
            self.broken.append(f"a text expired after {lived_ms / SECOND_MS:.0f} s of its life")

    def _look_at_ages(self) -> None:
        now = self.open_shop.clock.now()
        for card in self.open_shop.desk.board():
            if now < card.order.entered_at or now < card.order.placed_at:
                self.broken.append(f"order {card.order.number} has a negative age")
