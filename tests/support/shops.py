"""A real shop in a test's own folder, and orders as a cashier would enter them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pos_app import paths
from pos_app.bootstrap import Shop, exists, open_shop
from pos_app.clock import Instant, VirtualClock
from pos_app.config import ShopSettings
from pos_app.domain.menu import find_dish
from pos_app.domain.order import Address, Customer, Draft, LineDraft, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Source
from tests.support.casts import cast_shop

EVENING = Instant(1_795_460_400_000)
"""23 November 2026, 21:00 in Kyiv."""


@contextmanager
def open_test_shop(
    data: Path,
    *,
    clock: VirtualClock | None = None,
    practice: bool = True,
    settings: ShopSettings | None = None,
) -> Iterator[Shop]:
    """The shop in `data`, made on first use; with a clock that only the test moves if given."""
    if not exists(data):
        cast_shop(data, settings or ShopSettings(name="Trattoria"), practice=practice, clock=clock)
    shop = open_shop(data, clock=clock)
    try:
        yield shop
    finally:
        shop.close()


def line(shop: Shop, dish: str, quantity: int = 1, *modifiers: str, note: str = "") -> LineDraft:
    """`quantity` of the dish called `dish`, with modifiers by their English names."""
    found = find_dish(shop.desk.setup().menu, dish)[0]
    uids = tuple(m.uid for m in found.modifiers if m.names["en"] in modifiers)
    return LineDraft(found.id, quantity, uids, note)


def pickup(
    shop: Shop,
    *dishes: str,
    texts: bool = True,
    source: Source = Source.COUNTER,
    ref: str = "",
    phone: str = "+380671234567",
    paid: bool | None = None,
) -> Draft:
    """A pickup order of one piece of each of `dishes` for Iryna."""
    return Draft(
        Fulfilment.PICKUP,
        tuple(line(shop, dish) for dish in dishes or ("Margherita",)),
        source=source,
        ref=ref,
        customer=Customer("Iryna", phone, "uk", order_texts=texts),
        payment=None if paid is None else PaymentDraft("card", paid),
    )


def delivery(shop: Shop, *dishes: str, street: str = "Franka 12") -> Draft:
    return Draft(
        Fulfilment.DELIVERY,
        tuple(line(shop, dish) for dish in dishes or ("Margherita",)),
        customer=Customer("Taras", "+380501112233", "uk", order_texts=True),
        address=Address(street, floor="3"),
    )


def copied_shop(template: Path, target: Path) -> None:
    """The shop of `template` moved to `target`, as if it had been made there.

    A plain copy is noticed when it is opened and sends nothing.
    """
    shutil.copytree(template, target)
    with closing(sqlite3.connect(paths.store_file(target))) as connection:
        connection.execute("UPDATE store SET home = ''")
        connection.commit()
