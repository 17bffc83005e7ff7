"""Scenes of a shift beside counter and kitchen: orders, dispatch, its ends, its reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import ShopSettings
from pos_app.desk import courier_legs
from pos_app.domain.menu import Dish
from pos_app.domain.order import Address, Customer, Draft, Order, PaymentDraft
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Fulfilment
from pos_app.wire.drops import ARRIVED, AT_SHOP
from tests.support.pictures_automations import reach
from tests.support.pictures_counter import STAFF
from tests.support.pictures_stage import NAMES, Scenes, of_till, till_of
from tests.support.played_day import SIX, Play
from tests.support.shift import ready
from tests.support.shops import EVENING, delivery, line, open_test_shop, pickup
from tests.support.window import Till

REPORTS = ("orders", "on_time", "stations", "unfetched", "cancelled", "texts", "couriers")
_STREETS = ("вул. Саксаганського, 41", "Franka 12", "пров. Чорновола, 5а", "Bandery 3", "Bohuna 8")
_GUESTS = ("Олександра-Вікторія", "Iryna", "Петро", "Jean-Baptiste", "Ірина")


def _to(shop: Shop, place: int) -> Draft:
    """A delivery of the evening; every second one is paid."""
    paid = PaymentDraft("card", True) if place % 2 else PaymentDraft("cash", False, 100_000)
    return replace(
        delivery(shop, "Margherita", "Tiramisu"),
        customer=Customer(_GUESTS[place % 5], f"+38050111{place:04}", "uk", order_texts=True),
        address=Address(_STREETS[place % 5], "2", "5", "48к", "Ring twice"),
        payment=paid,
    )


def orders(work: Path, language: str) -> Scenes:
    """All orders, one of them opened, and why it is cancelled."""
    with till_of(work / "shop", language) as till:
        desk, shop = till.shop.desk, till.shop
        for place in range(6):
            ready(shop, _to(shop, place))
        long = Draft(
            Fulfilment.DINE_IN,
            tuple(line(shop, d.names["en"], 1 + n % 3) for n, d in enumerate(_dishes(shop)[:14])),
            allergy="nuts, sesame",
            note="birthday table",
            table="6",
        )
        desk.place(long)
        taken = desk.place(pickup(shop, "Margherita", "Tiramisu")).order
        desk.cancel(taken.id, "Too late")
        yield from _order_scenes(till)


def _order_scenes(till: Till) -> Scenes:
    till.tap("rail:orders")
    yield of_till("orders", till)
    for number, name in (("A7", "orders-long"), ("A1", "orders-details"), ("A8", "orders-ended")):
        till.tap(f"order:{number}")
        till.settle()
        yield of_till(name, till)
    till.tap("order:A1")
    till.settle()
    reach(till, "reasons_open")
    till.tap("reasons_open")
    till.settle()
    reach(till, "reason:1")
    yield of_till("orders-reasons", till)
    reach(till, "reasons_open")
    till.tap("reasons_open")
    till.tap("act:cancel")
    yield of_till("orders-cancel", till)
    till.tap("order:A8")
    till.settle()
    till.tap("guest:forget")
    yield of_till("orders-forget-guest", till)
    till.tap("guest:save")
    file = "/Documents/guest-8.json"
    till.enter_into("guest_file", file)
    yield of_till("orders-save-guest", till, also=frozenset({file}))


def _dishes(shop: Shop) -> list[Dish]:
    return sorted(shop.desk.setup().menu.dishes, key=lambda d: -len(d.names["uk"]))


def dispatch(work: Path, language: str) -> Scenes:
    """Deliveries without a courier, one on his way, one back with money, one door shut."""
    with till_of(work / "shop", language) as till:
        till.tap("rail:dispatch")
        yield of_till("dispatch-empty", till)
        couriers = [till.shop.desk.staff.add(n, Role.COURIER).id for n in STAFF[language][4:]]
        made = [ready(till.shop, _to(till.shop, place)) for place in range(9)]
        till.shop.desk.place(_to(till.shop, 9))
        desk = till.shop.desk.dispatch
        desk.leaves(couriers[0], [made[0].id, made[1].id, made[2].id])
        desk.is_back(couriers[0], [made[0].id, made[1].id], [made[2].id])
        desk.leaves(couriers[1], [made[3].id, made[4].id])
        desk.assign([made[5].id], couriers[0])
        _say_where(till.shop, {made[4].id: ARRIVED, made[5].id: AT_SHOP})
        till.wait(lambda: till.sees(f"again:{made[2].number}"), "the shut door")
        yield of_till("dispatch", till)
        for order in (made[6], made[7]):
            till.tap(f"delivery:{order.number}")
        yield of_till("dispatch-chosen", till)
        till.tap(f"hand_in:{STAFF[language][4]}")
        yield of_till("dispatch-hand-in", till)


def _say_where(shop: Shop, legs: dict[int, str]) -> None:
    """What couriers' phones have told."""
    with shop.desk.act() as act:
        for order_id, leg in legs.items():
            courier_legs.tell(act, act.order(order_id), leg, act.now, device="phone")


def open_evening(shop: Shop) -> list[Order]:
    """Open orders of every kind, as they stand when the light goes out or the day ends."""
    made = [ready(shop, _to(shop, place)) for place in range(4)]
    made += [ready(shop, pickup(shop, "Margherita")) for _ in range(2)]
    made += [shop.desk.place(pickup(shop, "Tiramisu")).order for _ in range(3)]
    table = Draft(Fulfilment.DINE_IN, (line(shop, "Margherita"),), table="6")
    return [*made, shop.desk.place(table).order]


def catch_up(work: Path, language: str) -> Scenes:
    """After a power cut: what has left, some of it ticked, and the held texts at the end."""
    clock = VirtualClock(EVENING)
    with till_of(work / "shop", language, screen="board", clock=clock) as till:
        open_evening(till.shop)
        clock.advance(25 * MINUTE_MS)
        evening = till.shop.desk.evening
        assert evening.begin_catch_up(Instant(till.shop.clock.now() - 20 * MINUTE_MS))
        till.wait(lambda: till.sees("answer:A1"), "the catch-up")
        yield of_till("catch-up", till)
        till.tap("tick_all")
        yield of_till("catch-up-ticked", till)
        till.tap("ticked:here")
        till.wait(lambda: till.sees("held_send"), "the held texts")
        yield of_till("catch-up-held", till)


def close_day(work: Path, language: str) -> Scenes:
    """What is still open at the end, and nothing any more."""
    with till_of(work / "shop", language, screen="orders") as till:
        open_evening(till.shop)
        till.tap("close_day_open")
        till.wait(lambda: till.sees("answer:A1"), "the open orders")
        yield of_till("close-day", till)
        till.tap("tick_all")
        till.tap("ticked:not_collected")
        till.wait(lambda: till.find("close_day_now").isEnabled(), "nothing is open")
        yield of_till("close-day-done", till)


def reports(work: Path, language: str) -> Scenes:
    """Yesterday, with the orders behind each of its numbers; and a day of nothing."""
    clock = VirtualClock(SIX)
    settings = ShopSettings(name=NAMES[language][0], language=language)
    data = work / "shop"
    with open_test_shop(data, clock=clock, practice=False, settings=settings) as shop:
        Play(shop).play()
    after = VirtualClock(clock.now())
    with till_of(data, language, screen="reports", clock=after) as till:
        till.wait(lambda: till.sees("figure:orders"), "the page")
        for name in REPORTS:
            till.tap(f"figure:{name}")
            till.settle()
            day = frozenset({till.text("report_day")})
            yield of_till(f"reports-{name}", till, also=day)
        till.tap("report_day_after")
        till.settle()
        yield of_till("reports-today", till, also=frozenset({till.text("report_day")}))
