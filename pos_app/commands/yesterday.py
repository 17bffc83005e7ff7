"""`orderbell yesterday`: ten numbers of a day and the orders behind them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from pos_app.desk.setup import Setup
    from pos_app.insights.values import Named, Yesterday

NOTHING = "-"
_WIDTH = 22


def add(commands: Commands) -> None:
    parser = command(commands, "yesterday", yesterday, "one page about a business date")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="another day (default: yesterday)")
    parser.add_argument("--json", action="store_true", help="everything as a JSON object")


def yesterday(arguments: argparse.Namespace) -> int:
    asked = _checked(arguments.date) if arguments.date else None
    from pos_app import insights

    with opened(arguments) as shop:
        setup = shop.desk.setup()
        day = asked or insights.day_before(shop.clock.now(), setup.settings.shop)
        told = insights.yesterday(shop.database, day)
    if arguments.json:
        answer(_document(told, setup))
    else:
        for name, words in _Page(told, setup).rows():
            say(f"{name:<{_WIDTH}}{words}")
    return 0


def _checked(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadInput("--date", "This is not a date", hint="Such as 2026-11-22.") from None


def _document(told: Yesterday, setup: Setup) -> dict[str, Any]:
    import msgspec

    document: dict[str, Any] = msgspec.to_builtins(told)
    document["takings"]["total"] = told.takings.total
    document["promises"]["kept"] = told.promises.kept
    document["stars"] = told.stars
    document["staff"] = {member.id: member.name for member in setup.staff}
    return document


@dataclass(frozen=True, slots=True)
class _Page:
    """The day in plain English, one line per number and the names behind it."""

    told: Yesterday
    setup: Setup

    def rows(self) -> Iterator[tuple[str, str]]:
        told = self.told
        yield "Day", told.business_date
        yield from self._money()
        yield from self._time()
        yield "Not collected", _listed(told.unfetched, lambda one: _called(one.order))
        yield (
            "Cancelled",
            _listed(
                told.cancelled,
                lambda one: f"{_called(one.order)}: {one.reason} ({self._who(one.staff_id)})",
            ),
        )
        yield (
            "Refunded",
            _listed(
                told.refunded,
                lambda one: (
                    f"{_called(one.order)} {self._sum(one.amount)} {one.type}"
                    f" ({self._who(one.staff_id)})"
                ),
            ),
        )
        yield (
            "Left unpaid",
            _listed(
                told.left_unpaid,
                lambda one: (
                    f"{_called(one.order)} {self._sum(one.due)} ({self._who(one.staff_id)})"
                ),
            ),
        )
        yield (
            "Made again",
            _listed(
                told.remade,
                lambda one: (
                    f"{_called(one.order)} {one.quantity} {self._pick(one.dish)}: {one.reason}"
                ),
            ),
        )
        yield from self._guests()

    def _money(self) -> Iterator[tuple[str, str]]:
        takings = self.told.takings
        yield "Orders", f"{len(takings.sales)}, {takings.still_open} still open"
        ways = ", ".join(f"{way} {self._sum(sum_)}" for way, sum_ in takings.received.items())
        yield "Takings", f"{ways or NOTHING}; to pay {self._sum(takings.unpaid)}"

    def _time(self) -> Iterator[tuple[str, str]]:
        promises, times = self.told.promises, self.told.times
        share = f"{100 * promises.kept // promises.judged} %" if promises.judged else NOTHING
        yield "On time", f"{share}, {promises.kept} of {promises.judged}"
        yield (
            "Late",
            _listed(
                promises.late,
                lambda one: (
                    f"{_called(one.order)} +{max(1, one.late_ms // 60_000)} min"
                    f" {self._place(one.stage.value, one.station_id)}"
                ),
            ),
        )
        if times.median_ms is None or times.p90_ms is None:
            yield "Placed to ready", NOTHING
        else:
            median, p90 = _minutes(times.median_ms), _minutes(times.p90_ms)
            yield "Placed to ready", f"median {median} min, 9 of 10 within {p90} min"
        if times.left_out:
            yield "Times not known", f"{times.left_out} left out"
        yield (
            "Slowest station",
            _listed(
                self.told.stations,
                lambda one: f"{self._pick(one.names)} {_minutes(one.median_ms)} min",
                counted=False,
            ),
        )

    def _guests(self) -> Iterator[tuple[str, str]]:
        told, texts = self.told, self.told.texts
        sent = f"{texts.sent} sent, {texts.failed} failed, {texts.uncertain} uncertain"
        rest = f"{texts.expired} expired, {texts.not_told} not told, {texts.waiting} waiting"
        yield "Texts", f"{sent}, {rest}"
        yield (
            "Couriers",
            _listed(
                told.couriers,
                lambda one: (
                    f"{self._who(one.courier_id)}: {len(one.deliveries)} delivered,"
                    f" to hand in {self._sum(one.to_hand_in)}"
                ),
                counted=False,
            ),
        )
        stars = f"{told.stars:.1f} of {len(told.ratings)}" if told.stars is not None else NOTHING
        yield "Ratings", stars
        yield "Brought back", _listed(told.brought_back, lambda one: _called(one.order))

    def _sum(self, amount: int) -> str:
        from pos_app.domain.money import show

        return show(amount, self.told.currency, self.setup.settings.shop.language)

    def _pick(self, names: dict[str, str]) -> str:
        from pos_app.language import pick

        return pick(names, self.setup.settings.shop.language)

    def _who(self, staff_id: str) -> str:
        known = {member.id: member.name for member in self.setup.staff}
        return known.get(staff_id, staff_id) or NOTHING

    def _place(self, stage: str, station_id: int | None) -> str:
        names = {station.id: station.names for station in self.setup.menu.stations}
        station = self._pick(names.get(station_id, {})) if station_id is not None else ""
        return f"{stage} ({station})" if station else stage


def _called(order: Named) -> str:
    table = f"table {order.table}" if order.table else ""
    return f"{order.number} {order.name or table}".strip()


def _minutes(span_ms: int) -> int:
    return round(span_ms / 60_000)


def _listed(found: tuple[Any, ...], word: Callable[[Any], str], *, counted: bool = True) -> str:
    if not found:
        return "0" if counted else NOTHING
    words = "; ".join(word(one) for one in found)
    return f"{len(found)}: {words}" if counted else words
