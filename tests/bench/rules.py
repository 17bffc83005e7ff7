"""`rules`: what rules cost a tap, and how the engine compares with the same written by hand.

50 rules that all wait for the tap's event and are all explained in its trace, none of which
acts, inside `desk.bump`; and 1,000 rules that all match one event, against plain Python that
asks the order's attributes itself and says which act follows.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from pos_app.automation.book import RuleBook
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import begin, judge
from pos_app.automation.events import Event
from pos_app.automation.facts import Facts
from pos_app.automation.model import Comparison, Condition, Field, On, Result, RuleVersion, Send
from pos_app.bootstrap import Shop, init_shop, open_shop
from pos_app.clock import MINUTE_MS, SECOND_MS
from pos_app.config import ShopSettings
from pos_app.domain.order import Customer, Draft, LineDraft, Order
from pos_app.domain.workflow import Fulfilment, Kind, Source
from tests.automation.drafts import draft
from tests.automation.orders import NOON, order
from tests.bench.report import FULL_ROUNDS, percentile, result

REACH, REACH_HAND = 1.2, 15.0
INSIDE, MATCHING = 50, 1_000
_WARM_UP = 20


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Milliseconds of a bump with and without rules; the engine alone stands beside it."""
    del shared
    rounds, taps = (5, 100) if quick else (FULL_ROUNDS, 200)
    with_rules: list[list[float]] = []
    without: list[list[float]] = []
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        for no in range(rounds):
            without.append(_bumps(Path(name) / f"without{no}", taps, 0))
            with_rules.append(_bumps(Path(name) / f"with{no}", taps, INSIDE))
    by_hand = _by_hand(rounds)
    return result(
        "rules",
        better="lower",
        ours=[percentile(times, 0.5) for times in with_rules],
        reference=[percentile(times, 0.5) for times in without],
        p99_ours=percentile([one for times in with_rules for one in times], 0.99),
        p99_reference=percentile([one for times in without for one in times], 0.99),
        unit="ms",
        reach=REACH,
        rounds=rounds,
        sizes={"rules": INSIDE, "acting": 0, "taps": taps, "matching": MATCHING},
        also_ok=by_hand["ok"],
        more={"by_hand": {key: by_hand[key] for key in ("ours", "reference", "ratio", "ok")}},
    )


def _bumps(folder: Path, taps: int, count: int) -> list[float]:
    init_shop(folder, ShopSettings(name="Bench"), practice=True)
    shop = open_shop(folder)
    try:
        for known in shop.desk.rules.everything():
            shop.desk.rules.switch(known.rule.id, on=False)
        for no in range(count):
            shop.desk.rules.save(_unmet(no), on=True)
        ids = [_place(shop, no) for no in range(taps + _WARM_UP)]
        return [_timed(shop, order_id) for order_id in ids][_WARM_UP:]
    finally:
        shop.close()


def _unmet(no: int) -> Any:
    conditions = (
        Condition(Field.FULFILMENT, ("pickup",)),
        Condition(Field.HAS_PHONE, ("yes",)),
        Condition(Field.VALUE, (str(100_000_000 + no),), Comparison.AT_LEAST),
    )
    return draft(
        On.ENTERED, Send("", "ready"), status="preparing", conditions=conditions, name=f"Rule {no}"
    )


def _place(shop: Shop, no: int) -> int:
    dishes = shop.desk.setup().menu.dishes
    lines = tuple(LineDraft(dishes[(no + k) % len(dishes)].id, 2) for k in range(3))
    guest = Customer("Iryna", f"+38067{no:07d}", "uk", order_texts=True)
    return shop.desk.place(Draft(Fulfilment.PICKUP, lines, customer=guest)).order.id


def _timed(shop: Shop, order_id: int) -> float:
    start = time.perf_counter()
    shop.desk.bump(order_id)
    return (time.perf_counter() - start) * 1000


def _by_hand(rounds: int) -> dict[str, Any]:
    rules = tuple(RuleVersion(_matching(no), 1) for no in range(MATCHING))
    book = RuleBook(rules)
    event = Event(On.ENTERED, Kind.PREPARING, Kind.READY)
    placed = order(kind=Kind.READY, source=Source.WEB)
    ours, theirs = [], []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        found = _engine(book, event, placed)
        middle = time.perf_counter()
        plain = _plain(rules, placed)
        end = time.perf_counter()
        if not len(found) == len(plain) == MATCHING:
            raise AssertionError("both must match every rule")
        ours.append((middle - start) * 1e6 / MATCHING)
        theirs.append((end - middle) * 1e6 / MATCHING)
    return result(
        "rules.by_hand",
        better="lower",
        ours=ours[1:],
        reference=theirs[1:],
        p99_ours=0,
        p99_reference=0,
        unit="µs per rule",
        reach=REACH_HAND,
        rounds=rounds,
        sizes={},
    )


def _matching(no: int) -> Any:
    conditions = (
        Condition(Field.FULFILMENT, ("pickup",)),
        Condition(Field.SOURCE, ("phone", "web")),
        Condition(Field.ORDER_TEXTS, ("yes",)),
        Condition(Field.HAS_PHONE, ("yes",)),
        Condition(Field.VALUE, (str(no),), Comparison.AT_LEAST),
    )
    return draft(On.ENTERED, Send("", "ready"), status="ready", conditions=conditions)


def _engine(book: RuleBook, event: Event, placed: Order) -> list[Any]:
    seen = Seen(Facts(NOON, "Europe/Kyiv", placed))
    found = []
    for one in book.waiting(event).rules:
        finding = judge(one, seen)
        if finding.result is Result.ACTED:
            found.append((finding, begin(one.one.rule, seen.facts, undoable_s=30)))
    return found


def _plain(rules: tuple[RuleVersion, ...], placed: Order) -> list[Any]:
    """The same conditions as a person would write them, with what was found for the trace."""
    found = []
    for no, one in enumerate(rules):
        if placed.kind is not Kind.READY:
            continue
        customer = placed.customer
        values = (
            placed.fulfilment.value,
            placed.source.value,
            customer.order_texts,
            bool(customer.phone),
            placed.total,
        )
        if (
            placed.fulfilment is Fulfilment.PICKUP
            and placed.source in (Source.PHONE, Source.WEB)
            and customer.order_texts
            and customer.phone
            and placed.total >= no
        ):
            leaves_at, ends_at = NOON + 10 * SECOND_MS, NOON + 60 * MINUTE_MS
            found.append((one.rule.id, one.version, values, leaves_at, ends_at))
    return found
