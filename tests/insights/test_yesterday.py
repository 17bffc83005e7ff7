"""Every number and name of the page, against plain loops over the script of the day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app import insights
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.insights import Yesterday
from pos_app.insights.values import Stage
from tests.support.played_day import DAY, HANDED_IN, SIX, STORIES, Play, Story, number
from tests.support.shops import open_test_shop, pickup

GIVEN_OUT = (Kind.PICKED_UP, Kind.SERVED, Kind.DELIVERED, Kind.HANDED_TO_PARTNER)
LOST = (Kind.NOT_COLLECTED, Kind.RETURNED)


def real() -> list[Story]:
    """All but the one whose placing was undone."""
    return [story for story in STORIES if not story.undone]


def cooked() -> list[Story]:
    return [s for s in real() if s.prep > 0 and s.ends_as is not Kind.CANCELLED]


def ms(minutes: float) -> int:
    return round(minutes * MINUTE_MS)


def came_in(story: Story) -> dict[str, int]:
    """What the guest paid and got back, by way of paying."""
    ways: dict[str, int] = {}
    if story.paid:
        ways[story.paid] = story.prices
    elif story.pays in ("cash", "card", "online") and story.ends_as in GIVEN_OUT:
        ways[story.pays] = story.prices
    if story.refunded is not None:
        _, way, amount = story.refunded
        ways[way] = ways.get(way, 0) - amount
    return ways


def is_paid(story: Story) -> bool:
    return bool(story.paid) or (story.pays in ("cash", "card", "online"))


def kept_at(story: Story) -> float | None:
    """When the guest had what he was promised, if the script knows."""
    if story.settled:
        return None
    if story.fulfilment is Fulfilment.PICKUP or story.partner:
        return story.ready
    return story.end if story.ends_as in (Kind.SERVED, Kind.DELIVERED) else None


def nearest_rank(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed."""
    for value in sorted(values):
        if sum(other <= value for other in values) >= share * len(values):
            return value
    raise AssertionError("no values")


# 1


def test_orders_and_takings(told: Yesterday) -> None:
    sold = [story for story in real() if story.ends_as is not Kind.CANCELLED]
    assert [(s.order.number, s.total) for s in told.takings.sales] == [
        (number(story), story.prices) for story in sold
    ]
    received = {"cash": 0, "card": 0, "online": 0}
    for story in real():
        for way, amount in came_in(story).items():
            received[way] += amount
    assert told.takings.received == received
    unpaid = 0
    for story in sold:
        if not is_paid(story) and story.ends_as not in LOST:
            unpaid += story.prices
    assert told.takings.unpaid == unpaid
    assert told.takings.total == sum(story.prices for story in sold)
    assert told.takings.undone == len(STORIES) - len(real()) == 1
    assert told.takings.still_open == sum(story.ends_as is None for story in sold) == 1


def test_what_was_received_is_told_per_order(told: Yesterday) -> None:
    for sale in told.takings.sales:
        story = next(s for s in STORIES if number(s) == sale.order.number)
        assert sale.received == sum(came_in(story).values()), sale


# 2


def test_promises_kept_and_broken(told: Yesterday) -> None:
    judged = late = moved = 0
    behind: dict[str, int] = {}
    for story in cooked():
        at = kept_at(story)
        if at is None:
            continue
        judged += 1
        moved += story.recalled is not None
        if at > story.promised:
            late += 1
            behind[number(story)] = ms(at - story.promised)
    assert late > 0
    assert (told.promises.judged, told.promises.kept) == (judged, judged - late)
    assert {one.order.number: one.late_ms for one in told.promises.late} == behind
    spans = [one.late_ms for one in told.promises.late]
    assert spans == sorted(spans, reverse=True)
    assert told.promises.moved == moved == 1
    assert told.promises.left_out == sum(story.settled for story in cooked()) == 1


def test_where_the_time_was_lost(play: Play, told: Yesterday) -> None:
    stations = {s.id: s.names["en"] for s in play.shop.desk.setup().menu.stations}
    told_places = {
        one.order.name or one.order.table: (one.stage, stations.get(one.station_id or 0, ""))
        for one in told.promises.late
    }
    # Said by whoever wrote the script, not computed.
    assert told_places == {
        "Taras": (Stage.NEW, ""),
        "6": (Stage.KITCHEN, "Pizza"),
        "Dmytro": (Stage.READY, ""),
        "Nadiia": (Stage.ON_THE_WAY, ""),
        "2": (Stage.KITCHEN, "Grill"),
        "Andrii": (Stage.KITCHEN, "Pizza"),
    }


# 3, 4


def test_placed_to_ready(told: Yesterday) -> None:
    spans = {
        number(story): story.ready - story.began
        for story in cooked()
        if story.ready is not None and not story.settled
    }
    assert {one.order.number: one.span_ms for one in told.times.orders} == {
        key: ms(span) for key, span in spans.items()
    }
    assert told.times.median_ms == ms(nearest_rank(list(spans.values()), 0.5))
    assert told.times.p90_ms == ms(nearest_rank(list(spans.values()), 0.9))
    assert told.times.left_out == 1


def test_the_slowest_station(told: Yesterday) -> None:
    homes = {
        "Margherita": "Pizza", "Pepperoni": "Pizza", "Calzone": "Pizza", "Hawaii": "Pizza",
        "Napoli": "Pizza", "Diavola": "Pizza", "Marinara": "Pizza", "Truffle": "Pizza",
        "Focaccia": "Pizza", "Caesar": "Cold", "Borscht": "Grill", "Cheeseburger": "Grill",
        "French fries": "Grill",
    }  # fmt: skip
    spans: dict[str, dict[str, float]] = {}
    for story in cooked():
        if story.settled or story.ready is None:
            continue
        tapped = story.stations or ((homes[story.dishes[0]], story.ready),)
        for station, minute in tapped:
            spans.setdefault(station, {})[number(story)] = minute - story.began
    medians = {name: nearest_rank(list(found.values()), 0.5) for name, found in spans.items()}
    assert {s.names["en"]: s.median_ms for s in told.stations} == {
        name: ms(median) for name, median in medians.items()
    }
    assert told.stations[0].names["en"] == max(medians, key=lambda name: medians[name])
    for found in told.stations:
        assert {one.order.number: one.span_ms for one in found.tickets} == {
            key: ms(span) for key, span in spans[found.names["en"]].items()
        }


# 5, 6, 7, 8


def test_not_collected(told: Yesterday) -> None:
    lost = [(number(s), s.ends_as) for s in real() if s.ends_as in LOST]
    assert [(one.order.number, one.kind) for one in told.unfetched] == lost
    assert len(lost) == 2


def test_cancelled_and_refunded_with_reasons_and_who(play: Play, told: Yesterday) -> None:
    cancelled = [
        (number(s), s.why, play.staff[s.by], SIX + ms(s.end or 0))
        for s in real()
        if s.ends_as is Kind.CANCELLED
    ]
    assert [(c.order.number, c.reason, c.staff_id, c.at) for c in told.cancelled] == cancelled
    assert all(one.kept == 0 for one in told.cancelled)
    refunds = [
        (number(s), s.refunded[1], s.refunded[2], play.staff["Bohdan"], s.why)
        for s in real()
        if s.refunded is not None
    ]
    found = [(r.order.number, r.type, r.amount, r.staff_id, r.reason) for r in told.refunded]
    assert found == refunds
    assert len(refunds) == 2


def test_left_unpaid(play: Play, told: Yesterday) -> None:
    unpaid = {
        number(s): (s.prices, play.staff[s.by], s.pays == "unpaid")
        for s in real()
        if s.ends_as in GIVEN_OUT and not is_paid(s)
    }
    assert {one.order.number: (one.due, one.staff_id, one.meant) for one in told.left_unpaid} == (
        unpaid
    )
    assert len(unpaid) == 2


def test_remade(play: Play, told: Yesterday) -> None:
    again = [
        (number(s), s.dishes[0], 1, s.remade[1], play.staff[s.by])
        for s in real()
        if s.remade is not None
    ]
    assert [
        (one.order.number, one.dish["en"], one.quantity, one.reason, one.staff_id)
        for one in told.remade
    ] == again
    assert len(again) == 1


# 9, 10 and beside


def test_texts(play: Play, told: Yesterday) -> None:
    fates = [state for _, state in play.fates]
    counted = dict.fromkeys(("delivered", "sent", "failed", "expired", "uncertain"), 0)
    for state in fates:
        counted[state] += 1
    assert min(counted.values()) > 0
    texts = told.texts
    assert texts.sent == counted["delivered"] + counted["sent"]
    assert (texts.failed, texts.expired) == (counted["failed"], counted["expired"])
    assert texts.uncertain == counted["uncertain"]
    # One asked for a text before a phone for texts was set up.
    assert texts.not_told == 1
    assert texts.waiting == 0
    trouble = [(key, state) for key, state in play.fates if state not in ("delivered", "sent")]
    found = [(one.order.number, one.state) for one in texts.behind]
    assert sorted(found) == sorted([*trouble, ("A1", "dropped")])


def test_couriers(play: Play, told: Yesterday) -> None:
    delivered: dict[str, list[str]] = {}
    cash: dict[str, int] = {}
    for story in real():
        if story.ends_as is Kind.DELIVERED:
            delivered.setdefault(play.staff[story.courier], []).append(number(story))
            if story.pays == "cash":
                courier = play.staff[story.courier]
                cash[courier] = cash.get(courier, 0) + story.prices
    owed = dict(cash)
    for name, amount in HANDED_IN:
        owed[play.staff[name]] -= amount
    assert {one.courier_id: [d.number for d in one.deliveries] for one in told.couriers} == (
        delivered
    )
    assert {one.courier_id: one.cash for one in told.couriers if one.cash} == cash
    assert {one.courier_id: one.to_hand_in for one in told.couriers if one.to_hand_in} == owed
    assert told.couriers[0].courier_id == play.staff["Oleh"]


def test_ratings_and_what_was_brought_back(play: Play, told: Yesterday) -> None:
    stars = {number(s): s.stars for s in real() if s.stars}
    assert {one.order.number: one.stars for one in told.ratings} == stars
    assert told.stars == pytest.approx(sum(stars.values()) / len(stars))
    assert [one.stars for one in told.ratings] == sorted(stars.values())
    back = [
        (number(s), Kind.READY, Kind.PREPARING, play.staff[s.by], SIX + ms(s.recalled[1]))
        for s in real()
        if s.recalled is not None
    ]
    assert [
        (one.order.number, one.was, one.to, one.staff_id, one.at) for one in told.brought_back
    ] == back


def test_orders_are_called_by_guest_or_table(told: Yesterday) -> None:
    by_number = {sale.order.number: sale.order for sale in told.takings.sales}
    assert (by_number["A1"].name, by_number["A1"].table) == ("Iryna", "")
    assert (by_number["A2"].name, by_number["A2"].table) == ("", "6")


# Days


def test_the_day_ends_at_the_cut_over_and_not_at_midnight(play: Play, told: Yesterday) -> None:
    shop = play.shop.desk.setup().settings.shop
    assert insights.day_before(play.clock.now(), shop) == DAY
    assert insights.days(play.shop.database) == (DAY, "2026-11-23")
    numbers = {sale.order.number for sale in told.takings.sales}
    # Placed at one in the morning; the one of eight o'clock belongs to the next day.
    assert number(STORIES[-1]) in numbers
    today = insights.yesterday(play.shop.database, "2026-11-23")
    assert [sale.order.name for sale in today.takings.sales] == ["Late"]


def test_a_day_without_orders_has_no_figures(play: Play) -> None:
    empty = insights.yesterday(play.shop.database, "2026-11-01")
    assert empty.takings.sales == ()
    assert empty.promises.judged == 0
    assert (empty.times.median_ms, empty.times.p90_ms) == (None, None)
    assert empty.stations == ()
    assert empty.stars is None
    # Cash is still with the courier, whatever the day.
    assert [one.to_hand_in for one in empty.couriers] == [6500]


def test_stations_that_never_tapped_are_not_invented(tmp_path: Path) -> None:
    """The pass finishes both stations' tickets at once: that says nothing about either."""
    clock = VirtualClock(SIX)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        order = shop.desk.place(pickup(shop, "Margherita", "Caesar")).order
        shop.desk.bump(order.id)
        clock.advance(10 * MINUTE_MS)
        shop.desk.bump(order.id)
        told = insights.yesterday(shop.database, DAY)
    assert [one.order.number for one in told.times.orders] == [order.number]
    assert told.stations == ()


def test_a_station_that_was_removed_keeps_its_name_in_the_day(tmp_path: Path) -> None:
    clock = VirtualClock(SIX)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        pie = shop.desk.setup().menu.dishes[0]
        oven = shop.desk.menu.add_station({"en": "Oven"})
        shop.desk.menu.change_dish(pie, replace(pie, station_id=oven))
        order = shop.desk.place(pickup(shop, "Margherita")).order
        for minutes in (1, 9):
            clock.advance(minutes * MINUTE_MS)
            order = shop.desk.bump(order.id, None, oven).order
        shop.desk.handover.hand_over(order.id, order.entry, "cash")
        shop.desk.menu.take_off(pie.id)
        shop.desk.menu.remove_station(oven)
        told = insights.yesterday(shop.database, DAY)
    assert [one.names for one in told.stations] == [{"en": "Oven"}]
