"""When a screen rings: orders of a real shop, and a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.domain.screens import Sounds
from pos_app.domain.workflow import Kind, Source
from tests.support.shops import EVENING, open_test_shop, pickup
from ui.sounds.rules import COUNTER_AFTER_MS, REPEAT_MS, USUAL_SHARE, Ring, Rings, Sound

LOUD = Sounds(volume=100)
MANY_MS = 8 * MINUTE_MS


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", clock=clock) as opened:
        yield opened


def placed(shop: Shop, *dishes: str, source: Source = Source.COUNTER) -> Order:
    return shop.desk.place(pickup(shop, *dishes, source=source)).order


def in_half_an_hour(order: Order) -> Order:
    """So that it is not late within a test about something else."""
    return replace(order, promised_at=Instant(order.placed_at + 30 * MINUTE_MS))


class Evening:
    """One screen's rings, second by second. `heard` are (seconds after the start, ring)."""

    def __init__(self, clock: VirtualClock, rings: Rings, *orders: Order) -> None:
        self.clock, self.rings = clock, rings
        self.began = clock.now()
        self.heard: list[tuple[int, Ring]] = []
        rings.show({}, clock.now())
        self.show(*orders)

    def show(self, *orders: Order) -> None:
        self.rings.show({order.id: order for order in orders}, self.clock.now())
        self._ask()

    def go_on(self, milliseconds: int) -> None:
        for _ in range(milliseconds // SECOND_MS):
            self.clock.advance(SECOND_MS)
            self.rings.pass_time(self.clock.now())
            self._ask()

    def _ask(self) -> None:
        ring = self.rings.due(self.clock.now())
        if ring is not None:
            self.heard.append(((self.clock.now() - self.began) // SECOND_MS, ring))

    def seconds(self, sound: Sound) -> list[int]:
        return [at for at, ring in self.heard if ring.sound is sound]


def test_a_new_order_rings_at_once_and_every_20_seconds_until_the_board_is_touched(
    shop: Shop, clock: VirtualClock
) -> None:
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(placed(shop)))
    evening.go_on(45 * SECOND_MS)
    assert evening.seconds(Sound.NEW) == [0, 20, 40]
    evening.rings.touched()
    evening.go_on(90 * SECOND_MS)
    assert evening.seconds(Sound.NEW) == [0, 20, 40]


def test_it_is_louder_after_a_minute(shop: Shop, clock: VirtualClock) -> None:
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(placed(shop)))
    evening.go_on(80 * SECOND_MS)
    assert [(at, ring.volume) for at, ring in evening.heard] == [
        (0, USUAL_SHARE),
        (20, USUAL_SHARE),
        (40, USUAL_SHARE),
        (60, 1.0),
        (80, 1.0),
    ]


def test_an_order_after_the_touch_rings_again(shop: Shop, clock: VirtualClock) -> None:
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(placed(shop)))
    evening.rings.touched()
    evening.go_on(5 * SECOND_MS)
    evening.show(in_half_an_hour(placed(shop)))
    evening.go_on(10 * SECOND_MS)
    assert evening.seconds(Sound.NEW) == [0, 5]


def test_starting_the_ticket_ends_it(shop: Shop, clock: VirtualClock) -> None:
    order = placed(shop)
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(order))
    evening.show(in_half_an_hour(shop.desk.bump(order.id).order))
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.NEW) == [0]


def test_seeing_the_ticket_ends_it(shop: Shop, clock: VirtualClock) -> None:
    order = in_half_an_hour(placed(shop))
    evening = Evening(clock, Rings(LOUD), order)
    seen = replace(order, allergy_seen_at=clock.now(), revision=order.revision + 1)
    evening.show(seen)
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.NEW) == [0]


def test_a_station_rings_for_its_own_tickets_only(shop: Shop, clock: VirtualClock) -> None:
    pizza = in_half_an_hour(placed(shop, "Margherita"))
    mine = frozenset(t.station_id for t in pizza.tickets)
    others = frozenset(s.id for s in shop.desk.setup().menu.stations) - mine
    assert others
    here = Evening(clock, Rings(LOUD, station_ids=mine), pizza)
    there = Evening(clock, Rings(LOUD, station_ids=others), pizza)
    assert here.seconds(Sound.NEW) == [0]
    assert there.heard == []


def test_choosing_another_station_is_a_look_at_it(shop: Shop, clock: VirtualClock) -> None:
    pizza = in_half_an_hour(placed(shop, "Margherita"))
    mine = frozenset(t.station_id for t in pizza.tickets)
    evening = Evening(clock, Rings(LOUD, station_ids=frozenset()), pizza)
    evening.rings.choose(mine, clock.now())
    evening.go_on(MINUTE_MS)
    assert evening.heard == []


def test_the_counter_rings_only_after_three_minutes(shop: Shop, clock: VirtualClock) -> None:
    evening = Evening(clock, Rings(LOUD, at_counter=True), in_half_an_hour(placed(shop)))
    evening.rings.touched()
    evening.go_on(COUNTER_AFTER_MS + 30 * SECOND_MS)
    assert evening.seconds(Sound.NEW) == [180, 200]
    assert {ring.volume for _, ring in evening.heard} == {1.0}
    evening.rings.touched()
    evening.go_on(2 * MINUTE_MS)
    assert evening.seconds(Sound.NEW) == [180, 200]


def test_a_web_order_has_its_own_sound(shop: Shop, clock: VirtualClock) -> None:
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(placed(shop, source=Source.WEB)))
    assert [ring.sound for _, ring in evening.heard] == [Sound.WEB]


def test_a_change_rings_until_it_is_seen_whoever_touches_the_board(
    shop: Shop, clock: VirtualClock
) -> None:
    order = in_half_an_hour(shop.desk.bump(placed(shop).id).order)
    change = TicketChange(ChangeKind.ADDED, 1, {"en": "Fries"})
    changed = replace(
        order,
        tickets=tuple(replace(t, changes=(change,)) for t in order.tickets),
        revision=order.revision + 1,
    )
    evening = Evening(clock, Rings(LOUD), order)
    evening.show(changed)
    evening.rings.touched()
    evening.go_on(25 * SECOND_MS)
    assert evening.seconds(Sound.CHANGED) == [0, 20]
    evening.show(replace(order, revision=changed.revision + 1))
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.CHANGED) == [0, 20]


def test_an_allergy_rings_at_each_station_until_that_station_has_seen_it(
    shop: Shop, clock: VirtualClock
) -> None:
    order = replace(in_half_an_hour(placed(shop, "Margherita")), allergy="nuts")
    mine = frozenset(t.station_id for t in order.tickets)
    evening = Evening(clock, Rings(LOUD, station_ids=mine), order)
    evening.rings.touched()
    evening.go_on(25 * SECOND_MS)
    assert evening.seconds(Sound.CHANGED) == [0, 20]
    seen = tuple(replace(t, allergy_seen_at=clock.now()) for t in order.tickets)
    evening.show(replace(order, tickets=seen, revision=order.revision + 1))
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.CHANGED) == [0, 20]


def test_late_rings_once_per_ticket(shop: Shop, clock: VirtualClock) -> None:
    order = placed(shop)
    soon = replace(order, promised_at=Instant(order.placed_at + 2 * MINUTE_MS))
    evening = Evening(clock, Rings(LOUD), soon)
    evening.rings.touched()
    evening.go_on(MANY_MS)
    assert evening.seconds(Sound.LATE) == [121]


def test_what_is_late_when_the_screen_opens_is_no_news(shop: Shop, clock: VirtualClock) -> None:
    order = placed(shop)
    clock.advance(90 * MINUTE_MS)
    rings = Rings(LOUD)
    rings.show({order.id: order}, clock.now())
    evening = Evening(clock, rings)
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.LATE) == []
    # But nobody has started it: that is said, and loudly.
    assert evening.heard[0] == (0, Ring(Sound.NEW, 1.0))


def test_a_later_order_is_silent_until_it_enters(shop: Shop, clock: VirtualClock) -> None:
    order = in_half_an_hour(placed(shop))
    later = replace(order, enters_at=Instant(clock.now() + 5 * MINUTE_MS))
    evening = Evening(clock, Rings(LOUD), later)
    evening.go_on(5 * MINUTE_MS + 10 * SECOND_MS)
    assert evening.heard == [(300, Ring(Sound.NEW, USUAL_SHARE))]


def test_a_held_order_is_silent_until_it_is_fired(shop: Shop, clock: VirtualClock) -> None:
    order = in_half_an_hour(placed(shop))
    held = replace(order, held_at=clock.now())
    evening = Evening(clock, Rings(LOUD), held)
    evening.go_on(MINUTE_MS)
    assert evening.heard == []
    evening.show(replace(order, revision=order.revision + 1))
    assert evening.heard == [(60, Ring(Sound.NEW, USUAL_SHARE))]


def test_an_order_that_needs_no_kitchen_is_silent(shop: Shop, clock: VirtualClock) -> None:
    order = placed(shop)
    drinks = replace(order, lines=tuple(replace(x, prep_minutes=0) for x in order.lines))
    evening = Evening(clock, Rings(LOUD), drinks)
    evening.go_on(40 * MINUTE_MS)
    assert evening.heard == []


def test_an_ended_order_is_forgotten(shop: Shop, clock: VirtualClock) -> None:
    order = placed(shop)
    evening = Evening(clock, Rings(LOUD), order)
    evening.show(shop.desk.cancel(order.id, "guest has left"))
    evening.go_on(40 * MINUTE_MS)
    assert len(evening.heard) == 1
    assert order.kind is Kind.ACCEPTED


@pytest.mark.parametrize("sound", list(Sound))
def test_each_sound_has_its_own_switch(shop: Shop, clock: VirtualClock, sound: Sound) -> None:
    web = placed(shop, source=Source.WEB)
    nuts = replace(placed(shop), allergy="nuts")
    late = replace(placed(shop), promised_at=Instant(clock.now() + MINUTE_MS))
    on = Evening(VirtualClock(clock.now()), Rings(LOUD), web, nuts, late)
    off = Evening(
        VirtualClock(clock.now()), Rings(replace(LOUD, **{sound.value: False})), web, nuts, late
    )
    on.go_on(3 * MINUTE_MS)
    off.go_on(3 * MINUTE_MS)
    assert {ring.sound for _, ring in on.heard} == set(Sound)
    assert {ring.sound for _, ring in off.heard} == set(Sound) - {sound}


def test_the_volume_is_that_of_the_board_and_none_is_silence(
    shop: Shop, clock: VirtualClock
) -> None:
    order = in_half_an_hour(placed(shop))
    half = Evening(VirtualClock(clock.now()), Rings(Sounds(volume=50)), order)
    silent = Evening(VirtualClock(clock.now()), Rings(Sounds(volume=0)), order)
    silent.go_on(MINUTE_MS)
    assert half.heard[0][1].volume == pytest.approx(0.5 * USUAL_SHARE)
    assert silent.heard == []


def test_two_sounds_are_never_made_at_once(shop: Shop, clock: VirtualClock) -> None:
    web = in_half_an_hour(placed(shop, source=Source.WEB))
    evening = Evening(clock, Rings(LOUD), in_half_an_hour(placed(shop)), web)
    evening.go_on(REPEAT_MS + 4 * SECOND_MS)
    assert [(at, ring.sound) for at, ring in evening.heard] == [
        (0, Sound.WEB),
        (2, Sound.NEW),
        (20, Sound.WEB),
        (22, Sound.NEW),
    ]


def test_an_old_reading_does_not_ring_for_what_has_moved_on(
    shop: Shop, clock: VirtualClock
) -> None:
    order = placed(shop)
    started = shop.desk.bump(order.id).order
    evening = Evening(clock, Rings(LOUD), started)
    evening.show(order)
    evening.go_on(MINUTE_MS)
    assert evening.seconds(Sound.NEW) == []
