"""A guest whose every word is a marker, to be looked for in bytes."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.desk.closing import COLLECTED
from pos_app.domain.order import Address, Customer, Draft, Order
from pos_app.domain.workflow import Fulfilment, Source
from pos_app.lanes.sync import sync_once
from tests.support.shops import line

PHONE = "+380671234599"
WORDS = (
    "Zinovija-Name", "Zolota-Street", "Zentrance", "Zfloor", "Zdoorcode", "Zaddressnote",
    "Zallergy", "Zordernote", "Zlinenote", "Ztable", "Zreference", "Ztag", "Zquestion", "Zremake",
    "Zcancelled", "Zthen-edited",
)  # fmt: skip
_numbers = itertools.count(1)


def marked_draft(shop: Shop) -> Draft:
    """A delivery in which every word that a guest can say is a marker."""
    return Draft(
        Fulfilment.DELIVERY,
        (line(shop, "Margherita", note="Zlinenote"), line(shop, "Pepperoni")),
        source=Source.WEB,
        ref=f"Zreference-{next(_numbers)}",
        customer=Customer("Zinovija-Name", PHONE, "uk", order_texts=True, offers=True),
        address=Address("Zolota-Street 7", "Zentrance", "Zfloor", "Zdoorcode", "Zaddressnote"),
        table="Ztable",
        tags=("Ztag",),
        allergy="Zallergy",
        note="Zordernote",
    )


def live_through(shop: Shop, clock: VirtualClock) -> list[Order]:
    """Two orders of the marked guest: one delivered after edits, one cancelled."""
    desk = shop.desk
    one = desk.place(marked_draft(shop)).order
    desk.kitchen.change_note(one.id, "Zthen-edited")
    desk.kitchen.make_again(one.id, one.lines[0].id, "Zremake")
    desk.kitchen.ask_counter(one.id, "Zquestion")
    two = desk.place(replace(marked_draft(shop), table="")).order
    clock.advance(MINUTE_MS)
    sync_once(shop)
    desk.cancel(two.id, "Zcancelled")
    desk.evening.close_order(one.id, COLLECTED)
    return [one, two]


def hits(folder: Path, words: Iterable[str] = (*WORDS, PHONE, PHONE[1:])) -> dict[str, set[str]]:
    """Which words stand in which files of the folder, whatever kind of file."""
    found: dict[str, set[str]] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            raw = file.read_bytes().lower()
            seen = {word for word in words if word.lower().encode() in raw}
            if seen:
                found[str(file.relative_to(folder))] = seen
    return found
