"""`search`: what the Orders screen asks among a million orders, against raw indexed SQL.

Ours is `desk.search_list`: the words read, the orders found, a page of them as the screen shows it.
The reference is `sqlite3` in the same file, told beforehand what each word means: the best
statement for that one question, then the rows that the same page needs, as plain tuples.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from pos_app import paths
from pos_app.bootstrap import Shop, open_shop
from pos_app.domain.folding import folded_letters
from tests.bench import history
from tests.bench.history_people import COMMON, guest
from tests.bench.report import FULL_ROUNDS, percentile, result

REACH = 3.0
PAGE = 60
_NEWEST = " ORDER BY id DESC LIMIT 60"
_BY_WORD = (
    "SELECT id FROM orders WHERE people_id IN"
    " (SELECT people_id FROM people_words WHERE word >= ? AND word < ?)" + _NEWEST
)
_WALKED = (
    "SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM people_words w"
    " WHERE w.people_id = orders.people_id AND w.word >= ? AND w.word < ?)" + _NEWEST
)
_BY_NUMBER = "SELECT id FROM orders WHERE number = ?" + _NEWEST
_BY_DAY = "SELECT id FROM orders WHERE business_date = ?" + _NEWEST
_BY_DISH = "SELECT DISTINCT order_id FROM lines WHERE dish_id = ? ORDER BY order_id DESC LIMIT 60"
_BY_BOTH = (
    "SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM people_words w"
    " WHERE w.people_id = orders.people_id AND w.word >= ? AND w.word < ?) AND EXISTS"
    " (SELECT 1 FROM lines WHERE lines.order_id = orders.id AND lines.dish_id = ?)" + _NEWEST
)
_SHOWN = (
    "SELECT orders.*, people.name, people.phone, people.addresses FROM orders"
    " LEFT JOIN people ON people.id = orders.people_id WHERE orders.id IN ({ids})"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, and the statement that a programmer would write for it."""

    kind: str
    typed: str
    statement: str
    values: tuple[Any, ...]


def _range(text: str) -> tuple[str, str]:
    word = folded_letters(text)
    return word, word[:-1] + chr(ord(word[-1]) + 1)


def questions(raw: sqlite3.Connection, orders: int, at: int) -> list[Question]:
    """One question of each kind; `at` chooses other words each time."""
    people = orders // 5
    one = guest((at * 7_919 + 11) % people)
    surname = one.name.split()[1]
    dish = raw.execute("SELECT dish_id FROM dish_words WHERE word = 'mapгapиta'").fetchone()[0]
    day = raw.execute(
        "SELECT business_date FROM orders WHERE id = ?", ((at * 104_729) % orders + 1,)
    ).fetchone()[0]
    number = f"A{at % 50 + 50}"
    phone = one.phone[5:11]
    return [
        Question("number", number, _BY_NUMBER, (number,)),
        Question("phone", phone, _BY_WORD, _range(phone)),
        Question("name", surname, _BY_WORD, _range(surname)),
        Question("common name", COMMON, _WALKED, _range(COMMON)),
        Question("dish", "маргарита", _BY_DISH, (dish,)),
        Question("day", day, _BY_DAY, (day,)),
        Question("name and dish", f"{COMMON} маргарита", _BY_BOTH, (*_range(COMMON), dish)),
    ]


def _raw_page(raw: sqlite3.Connection, question: Question) -> list[int]:
    ids = [row[0] for row in raw.execute(question.statement, question.values)]
    marks = ", ".join("?" * len(ids))
    raw.execute(_SHOWN.format(ids=marks), ids).fetchall()
    return ids


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def ask(shop: Shop, raw: sqlite3.Connection, orders: int, rounds: int, times: int) -> Times:
    """Milliseconds by kind and round, ours and the reference's in turn."""
    taken = Times({}, {})
    for round_ in range(rounds):
        for time_ in range(times):
            for question in questions(raw, orders, round_ * times + time_):
                ours = taken.ours.setdefault(question.kind, [])
                theirs = taken.theirs.setdefault(question.kind, [])
                ours.append(_timed(partial(shop.desk.search_list, question.typed, PAGE)))
                theirs.append(_timed(partial(_raw_page, raw, question)))
    return taken


@dataclass(frozen=True, slots=True)
class Times:
    ours: dict[str, list[float]]
    theirs: dict[str, list[float]]


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Milliseconds of a page; the verdict is on the p99 of all kinds together."""
    orders = 10_000 if quick else 1_000_000
    rounds, times = (5, 4) if quick else (FULL_ROUNDS, 8)
    kept = history.store_of(orders, shared)
    with closing(sqlite3.connect(paths.store_file(kept))) as raw:
        raw.execute("PRAGMA cache_size=-16000")
        shop = open_shop(kept)
        try:
            ask(shop, raw, orders, 1, 2)
            taken = ask(shop, raw, orders, rounds, times)
        finally:
            shop.close()
    return _verdict(taken, orders, rounds, times)


def _verdict(taken: Times, orders: int, rounds: int, times: int) -> dict[str, Any]:
    ours = [_p99_of_round(taken.ours, round_, times) for round_ in range(rounds)]
    theirs = [_p99_of_round(taken.theirs, round_, times) for round_ in range(rounds)]
    kinds = {
        kind: {
            "ours": round(percentile(taken.ours[kind], 0.5), 2),
            "reference": round(percentile(taken.theirs[kind], 0.5), 2),
            "p99": round(percentile(taken.ours[kind], 0.99), 2),
            "p99_reference": round(percentile(taken.theirs[kind], 0.99), 2),
        }
        for kind in taken.ours
    }
    everything = [list(chain(*found.values())) for found in (taken.ours, taken.theirs)]
    return result(
        "search",
        better="lower",
        ours=ours,
        reference=theirs,
        p99_ours=percentile(everything[0], 0.99),
        p99_reference=percentile(everything[1], 0.99),
        unit="ms (p99 of a round)",
        reach=REACH,
        rounds=rounds,
        sizes={"orders": orders, "page": PAGE, "questions_per_round": times * len(kinds)},
        more={"kinds": kinds},
    )


def _p99_of_round(taken: dict[str, list[float]], round_: int, times: int) -> float:
    asked = [one[round_ * times : (round_ + 1) * times] for one in taken.values()]
    return percentile(list(chain(*asked)), 0.99)
