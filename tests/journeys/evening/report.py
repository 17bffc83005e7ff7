"""The script's count and the program's report in the same words, to be held against each other."""

from __future__ import annotations

import statistics
from collections import Counter
from typing import Any

from tests.journeys.evening.tally import Tally, Told

Numbers = dict[str, Any]
HANDED_OVER = ("picked_up", "served", "delivered")
CLOSE_S = 20.0
"""How far a time on this side of a touch may lie from the program's own."""


def expected(tally: Tally) -> Numbers:
    """From what the script did."""
    placed = [told for told in tally.orders.values() if not told.undone]
    sold = [told for told in placed if told.kind != "cancelled"]
    judged = [told for told in sold if told.times_known and _is_judged(told)]
    received: Counter[str] = Counter()
    for told in placed:
        for way, amount in told.payments:
            received[way] += amount
        for way, amount in told.refunds:
            received[way] -= amount
    return {
        "orders": {
            t.number: (t.kind, t.wish.total, t.wish.total - t.due, _unpaid(t)) for t in sold
        },
        "received": {way: amount for way, amount in received.items() if amount},
        "to pay": sum(_unpaid(told) for told in sold),
        "undone": sum(told.undone for told in tally.orders.values()),
        "still open": 0,
        "judged": len(judged),
        "late": sorted(told.number for told in judged if told.is_late),
        "promises moved": sum(told.moved for told in judged),
        "times left out": sum(not told.times_known for told in sold),
        "timed": sorted(t.number for t in sold if t.times_known and t.ready is not None),
        "stations": {"Pizza": sorted(t.number for t in sold if t.times_known and t.ready)},
        "not collected": sorted(t.number for t in sold if t.kind == "not_collected"),
        "cancelled": {t.number: t.reason for t in placed if t.kind == "cancelled"},
        "refunded": {t.number: t.refunds for t in placed if t.refunds},
        "left unpaid": {t.number: t.due for t in sold if t.kind in HANDED_OVER and t.due},
        "made again": sorted(tally.remade),
        "texts": (tally.texts.total(), 0, 0, 0, 0, 0),
        "couriers": _couriers(tally),
        "ratings": tally.stars,
        "brought back": sorted(tally.brought_back),
    }


def seen(told: Numbers) -> Numbers:
    """From what `orderbell yesterday --json` says."""
    takings, promises, texts = told["takings"], told["promises"], told["texts"]
    names = told["staff"]
    return {
        "orders": {
            _number(s): (s["kind"], s["total"], s["received"], s["unpaid"])
            for s in takings["sales"]
        },
        "received": {way: amount for way, amount in takings["received"].items() if amount},
        "to pay": takings["unpaid"],
        "undone": takings["undone"],
        "still open": takings["still_open"],
        "judged": promises["judged"],
        "late": sorted(_number(one) for one in promises["late"]),
        "promises moved": promises["moved"],
        "times left out": promises["left_out"],
        "timed": sorted(_number(one) for one in told["times"]["orders"]),
        "stations": {
            s["names"]["en"]: sorted(_number(one) for one in s["tickets"]) for s in told["stations"]
        },
        "not collected": sorted(
            _number(one) for one in told["unfetched"] if one["kind"] == "not_collected"
        ),
        "cancelled": {_number(one): one["reason"] for one in told["cancelled"]},
        "refunded": {_number(one): [(one["type"], one["amount"])] for one in told["refunded"]},
        "left unpaid": {_number(one): one["due"] for one in told["left_unpaid"]},
        "made again": sorted(
            (_number(one), one["dish"]["en"], one["reason"]) for one in told["remade"]
        ),
        "texts": tuple(
            texts[name]
            for name in ("sent", "failed", "uncertain", "expired", "not_told", "waiting")
        ),
        "couriers": {
            names.get(one["courier_id"], ""): (
                sorted(delivery["number"] for delivery in one["deliveries"]),
                one["cash"],
                one["to_hand_in"],
            )
            for one in told["couriers"]
        },
        "ratings": {_number(one): one["stars"] for one in told["ratings"]},
        "brought back": sorted((_number(o), o["was"], o["to"]) for o in told["brought_back"]),
    }


def check_times(tally: Tally, told: Numbers) -> None:
    """From placed to ready: the program's figures are those of the script's own watch."""
    spans = sorted(
        one.ready - one.placed
        for one in tally.orders.values()
        if one.times_known and one.ready is not None and one.kind != "cancelled"
    )
    theirs = told["times"]["median_ms"] / 1000
    ours = statistics.median_low(spans)
    assert abs(theirs - ours) < CLOSE_S, f"the median is {theirs} s, the script saw {ours} s"


def on_screen(tally: Tally) -> dict[str, str]:
    """What the big numbers of the Reports screen have to say."""
    count = expected(tally)
    kept = count["judged"] - len(count["late"])
    stars = sum(tally.stars.values()) / len(tally.stars)
    return {
        "orders": str(len(count["orders"])),
        "on_time": f"{100 * kept // count['judged']} %",
        "unfetched": str(len(count["not collected"])),
        "cancelled": str(len(count["cancelled"])),
        "unpaid": str(len(count["left unpaid"])),
        "remade": str(len(count["made again"])),
        "texts": f"{count['texts'][0]} sent",
        "couriers": f"{sum(len(found[0]) for found in count['couriers'].values())} deliveries",
        "ratings": f"{stars:.1f} of 5",
        "brought_back": str(len(count["brought back"])),
    }


def behind(tally: Tally) -> dict[str, list[str]]:
    """The orders behind a number, where they all fit into sight."""
    count = expected(tally)
    return {
        "on_time": list(count["late"]),
        "unfetched": list(count["not collected"]),
        "cancelled": list(count["cancelled"]),
        "unpaid": list(count["left unpaid"]),
        "remade": [number for number, _dish, _why in count["made again"]],
    }


def _is_judged(told: Told) -> bool:
    met = told.ready if told.wish.fulfilment == "pickup" else told.ended
    return met is not None


def _unpaid(told: Told) -> int:
    return 0 if told.kind == "not_collected" else told.due


def _couriers(tally: Tally) -> Numbers:
    found: dict[str, list[Told]] = {}
    for told in tally.orders.values():
        if told.courier:
            found.setdefault(told.courier, []).append(told)
    return {
        name: (
            sorted(told.number for told in his),
            sum(told.took_cash for told in his),
            sum(told.took_cash for told in his) - tally.handed_in[name],
        )
        for name, his in found.items()
    }


def _number(one: Numbers) -> str:
    return str(one["order"]["number"])
