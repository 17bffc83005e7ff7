"""Stores damaged in random ways, salvaged: what was on sound pages is there, and nothing else.

Which rows lay on which page is read from the sound file before it is damaged.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.store.damaged_pages import DamagedFile
from tests.cli.till import Till, call
from tests.faults import pages
from tests.faults.promises import all_orders
from tests.support.shops import copied_shop

_ORDER_COLUMN = 1
"""Where a line has its order; an order's own key is its rowid."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound shop: its file's pages by kind, its orders' names, and the pages of their rows."""

    data: Path
    kinds: dict[str, list[int]]
    names: dict[int, tuple[str, str, str]]
    order_pages: dict[int, int]
    line_pages: dict[int, set[int]]

    @classmethod
    def of(cls, data: Path) -> Sound:
        store = paths.store_file(data)
        file = DamagedFile(store)
        roots = {
            row.values[1]: row.values[3]
            for leaf in file.leaves(1, set())
            for row in file.rows(leaf)
            if row is not None and row.values[0] == "table"
        }
        order_pages: dict[int, int] = {}
        line_pages: dict[int, set[int]] = defaultdict(set)
        for table in ("orders", "lines"):
            root = roots[table]
            assert isinstance(root, int)
            for leaf in file.leaves(root, set()):
                for row in file.rows(leaf):
                    assert row is not None
                    if table == "orders":
                        order_pages[row.rowid] = leaf
                    else:
                        order_id = row.values[_ORDER_COLUMN]
                        assert isinstance(order_id, int)
                        line_pages[order_id].add(leaf)
        return cls(data, pages.by_kind(store), names_of(data), order_pages, dict(line_pages))

    def must_stay(self, damaged: set[int]) -> set[tuple[str, str, str]]:
        """Orders whose own row, and at least one line of theirs, lay on no damaged page."""
        return {
            self.names[order_id]
            for order_id, page in self.order_pages.items()
            if page not in damaged and self.line_pages[order_id] - damaged
        }


def names_of(data: Path) -> dict[int, tuple[str, str, str]]:
    """Each order of the shop: its uid, number and business date."""
    shop = open_shop(data)
    try:
        with shop.database.read() as connection:
            return {o.id: (o.uid, o.number, o.business_date) for o in all_orders(connection)}
    finally:
        shop.close()


def trial(sound: Sound, folder: Path, seed: int, counts: Counter[str]) -> Iterator[str]:
    """Damage a copy as `seed` says, salvage it; what was broken."""
    chance = random.Random(seed)
    data, new = folder / "damaged", folder / "new"
    for leftover in (data, new):
        shutil.rmtree(leftover, ignore_errors=True)
    copied_shop(sound.data, data)
    store = paths.store_file(data)
    damaged = _damage(sound, store, chance)
    before = {file.name: file.read_bytes() for file in data.glob("store.sqlite*")}
    said = call("salvage", str(new), "--data", str(data), "--json")
    counts["stores"] += 1
    counts["damaged pages"] += len(damaged)
    if said.code not in (0, 1) or not said.raw:
        yield f"seed {seed}: salvage ended with {said.code}: {said.error.strip()[-200:]}"
        return
    if before != {file.name: file.read_bytes() for file in data.glob("store.sqlite*")}:
        yield f"seed {seed}: the damaged file was written to"
    if Till(new)("check").code != 0:
        yield f"seed {seed}: check says {Till(new)('check').error.strip()[:200]}"
        return
    found, had = set(names_of(new).values()), set(sound.names.values())
    wanted = sound.must_stay(damaged)
    counts["orders there were"] += len(had)
    counts["orders saved"] += len(found)
    counts["orders on damaged pages"] += len(had - wanted)
    if found - had:
        yield f"seed {seed}: invented {sorted(found - had)[:3]}"
    if wanted - found:
        yield f"seed {seed}: lost {len(wanted - found)} orders that lay on sound pages"
    if found != had and said.code != 1:
        yield f"seed {seed}: did not say that orders are lost"


def _damage(sound: Sound, store: Path, chance: random.Random) -> set[int]:
    """Spoil some pages, and sometimes cut the file off; which pages those are."""
    every = [number for numbers in sound.kinds.values() for number in numbers]
    damaged = set(chance.sample(every, min(len(every), chance.choice((1, 1, 2, 3, 6, 15)))))
    for number in sorted(damaged):
        pages.spoil(store, number, chance.choice(("zero", "noise", "bits")), chance)
    if chance.random() < 1 / 5:
        left = chance.randrange(store.stat().st_size)
        with store.open("r+b") as opened:
            opened.truncate(left)
        damaged |= {number for number in every if number * pages.PAGE > left}
    return damaged
