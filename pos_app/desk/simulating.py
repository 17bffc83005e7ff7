"""Drafts of rules tried on this shop's own past days, beside the rules that are on now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pos_app.automation import checking
from pos_app.automation.conditions import fields_of
from pos_app.automation.model import Field, Rule, RuleVersion
from pos_app.automation.outcomes import Comparison
from pos_app.automation.past import Way, World, open_at
from pos_app.automation.simulation import Simulation
from pos_app.automation.texts import TextFields, sms_parts
from pos_app.clock import DAY_MS, MINUTE_MS, Instant, business_date, instant_of, local
from pos_app.desk import fact_finding, made_up_day, past_orders, wording
from pos_app.desk.made_up_day import MadeUp
from pos_app.desk.past_reach import Reach
from pos_app.desk.rule_saving import known_of, with_ids
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput, Refused
from pos_app.store import past_days
from pos_app.store.database import Connection

Progress = Callable[[int, int], bool]

MOST_DAYS = 1_100
FAR = Instant(1 << 60)
_LINK_LENGTH = 60


def simulate(
    connection: Connection,
    setup: Setup,
    now: Instant,
    drafts: Sequence[Rule],
    *,
    days: int = 30,
    day: date | None = None,
    prices: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Play the last `days` business dates again, or the one `day`. Raises BadInput.

    `progress` is told how many orders of how many have been played; False
    stops it: Refused.
    """
    for draft in drafts:
        checking.refuse(draft, known_of(setup))
    first, last = _days(setup, now, days, day)
    since, until = _bounds(setup, first, last, now)
    versions = tuple(RuleVersion(with_ids(draft), 0) for draft in drafts)
    every = (*versions, *setup.rules)
    asked = past_orders.asked_by(every, _stored_fields(every))
    reach = Reach(connection, setup)
    days_ = (first.isoformat(), last.isoformat())
    load = _load(connection, *days_) if Field.SHOP_LOAD in asked.fields else _nobody
    played = Simulation((versions, setup.rules), world_of(setup, until, prices, load))
    source = past_orders.PastOrders(connection, asked, reach)
    days_played = _play(connection, played, source, days_, progress)
    played.play_days(since)
    wanted, now_on = played.outcomes()
    return Comparison(since, until, wanted, now_on, days_played)


def simulate_made_up(
    setup: Setup,
    now: Instant,
    drafts: Sequence[Rule],
    made_up: MadeUp,
    *,
    prices: Mapping[str, int] | None = None,
) -> Comparison:
    """Play a day that never was, for a shop that has no past. Raises BadInput."""
    for draft in drafts:
        checking.refuse(draft, known_of(setup))
    shop = setup.settings.shop
    day = made_up.day or business_date(now, shop.zone, shop.cutover_hour)
    since, until = _bounds(setup, day, day, FAR)
    orders = made_up_day.orders_of(setup, made_up, since, day)
    placed = [past.changes[0].at for past in orders]
    ended = sorted(past.changes[-1].at for past in orders)
    versions = tuple(RuleVersion(with_ids(draft), 0) for draft in drafts)
    world = world_of(setup, until, prices, open_at(placed, ended))
    # Its guests are invented, and so many have the same number.
    limits = replace(world.text_limits, to_number_a_day=0)
    world = replace(world, text_limits=limits)
    played = Simulation((versions, setup.rules), world)
    for past in orders:
        played.play(past)
    played.play_days(since)
    wanted, now_on = played.outcomes()
    return Comparison(since, until, wanted, now_on, made_up=True)


def _play(
    connection: Connection,
    played: Simulation,
    source: past_orders.PastOrders,
    days: tuple[str, str],
    progress: Progress | None,
) -> int:
    """Returns how many calendar days there are from the first order played to the last day."""
    spread = past_days.spread(connection, *days)
    if spread is None:
        return 0
    span = spread[1] - spread[0] + 1
    for first, last in past_days.ranges(*spread):
        for past in source.between(first, last, days):
            played.play(past)
        if progress is not None and not progress(last - spread[0] + 1, span):
            raise Refused("Stopped before the last order was played")
    first_day = past_days.first_day(connection, *days)
    return (date.fromisoformat(days[1]) - date.fromisoformat(first_day)).days + 1


def _days(setup: Setup, now: Instant, days: int, day: date | None) -> tuple[date, date]:
    shop = setup.settings.shop
    today = business_date(now, shop.zone, shop.cutover_hour)
    if day is not None:
        if day > today:
            raise BadInput("date", "This day has not come yet")
        return day, day
    if not 1 <= days <= MOST_DAYS:
        raise BadInput("days", "From 1 to {most} days", most=MOST_DAYS)
    return today - timedelta(days=days), today


def _bounds(setup: Setup, first: date, last: date, now: Instant) -> tuple[Instant, Instant]:
    shop = setup.settings.shop

    def begins(day: date) -> Instant:
        return instant_of(datetime.combine(day, time(shop.cutover_hour), ZoneInfo(shop.zone)))

    return begins(first), Instant(min(now, begins(last) + DAY_MS))


def _stored_fields(rules: Sequence[RuleVersion]) -> frozenset[Field]:
    return frozenset(name for one in rules for name in fields_of(one.rule.when))


def world_of(
    setup: Setup,
    until: Instant,
    prices: Mapping[str, int] | None = None,
    load: Callable[[Instant], int] | None = None,
) -> World:
    """The shop as rules see it up to `until`; `prices` where they differ from those set up."""
    shop = setup.settings.shop
    set_up = {way.channel: way.price for way in reversed(setup.settings.ways)}
    return World(
        shop.zone,
        until,
        setup.settings.limits,
        fact_finding.categories_of(setup),
        _parts_of(setup),
        {**set_up, **(prices or {})},
        _channel_of(setup),
        load or _nobody,
        shop.language,
        setup.settings.hours,
        _month_of(shop.zone),
        setup.settings.channels.limits,
    )


def _month_of(zone: str) -> Callable[[Instant], str]:
    days: dict[int, str] = {}

    def month(at: Instant) -> str:
        # By the hour: every zone's midnight is a whole quarter of one, and asking is slow.
        quarter = at // (15 * MINUTE_MS)
        found = days.get(quarter)
        if found is None:
            found = days[quarter] = f"{local(at, zone):%Y-%m}"
        return found

    return month


def _channel_of(setup: Setup) -> Way:
    """Where the guest asked to be told, else the first of a step's that is set up and reaches him.

    Where none is set up, the rule's own.
    """
    further = tuple(leg.channel for leg in setup.settings.channels.legs)

    @cache
    def channel(
        wanted: tuple[str, ...], asked_on: tuple[str, ...], reached_on: tuple[str, ...] | None
    ) -> str:
        named = (*asked_on, wanted[0], *(wanted[1:] or further))
        usable = [name for name in named if name in setup.open_channels] or [wanted[0]]
        return next((name for name in usable if reached_on is None or name in reached_on), "")

    return channel


def _nobody(_at: Instant) -> int:
    return 0


def _load(connection: Connection, first_day: str, last_day: str) -> Callable[[Instant], int]:
    return open_at(*past_days.spans(connection, first_day, last_day))


def _parts_of(setup: Setup) -> Callable[[str, str, str], int]:
    """How many SMS a usual text takes; what is no SMS counts as one."""
    shop = setup.settings.shop
    link = "x" * _LINK_LENGTH if setup.site is not None else ""
    fields = TextFields(shop.name, "A123", "19:45", link, shop.phone)

    @cache
    def parts(about: str, language: str, channel: str) -> int:
        if channel != "sms":
            return 1
        choice = wording.choice_of(setup, about, channel, language)
        in_latin = setup.settings.channels.sms_in_latin
        return sms_parts(wording.Saying(about, channel, choice, fields, in_latin).text)

    return parts
