"""A till that writes until it is told to stop: `python -m tests.faults.writer DATA NAME [PAGES]`.

Orders are placed, bumped to ready and paid, one after the other; every acknowledged act is a
line on stdout before the next one begins. It stops when its input is closed. No lanes: what is
looked at is the store.
"""

from __future__ import annotations

import sys
import threading
from itertools import count
from pathlib import Path

from pos_app.bootstrap import Shop, open_shop
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.store import database
from tests.faults.till import say

# A checkpoint every few acts: the store's own pages are written over all the time.
CHECKPOINT_PAGES = 40


def write(shop: Shop, name: str, stopping: threading.Event) -> None:
    dishes = shop.desk.setup().menu.dishes
    for number in count():
        if stopping.is_set():
            return
        draft = Draft(
            Fulfilment.PICKUP,
            tuple(LineDraft(dishes[(number + n) % len(dishes)].id, 1 + n) for n in range(3)),
            source=Source.PHONE,
            ref=f"{name}-{number}",
            customer=Customer(name, f"+38067{number:07d}", "en", order_texts=True),
        )
        placed = shop.desk.place(draft).order
        say(f"placed {placed.uid}")
        kind = placed.kind
        while kind is not Kind.READY:
            kind = shop.desk.bump(placed.id).order.kind
            say(f"bumped {placed.uid} {kind.value}")
        shop.desk.pay(placed.id, "card")


def _listen(stopping: threading.Event) -> None:
    sys.stdin.read()
    stopping.set()


def main() -> None:
    data, name = Path(sys.argv[1]), sys.argv[2]
    pages = int(sys.argv[3]) if len(sys.argv) > 3 else CHECKPOINT_PAGES
    database.PRAGMAS += (f"PRAGMA wal_autocheckpoint={pages}",)
    shop = open_shop(data)
    stopping = threading.Event()
    threading.Thread(target=_listen, args=(stopping,), daemon=True).start()
    try:
        write(shop, name, stopping)
    finally:
        shop.close()


if __name__ == "__main__":
    main()
