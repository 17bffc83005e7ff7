"""Drafts of rules tried on this shop's own past days, beside the rules that are on now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pos_app.automation import checking
from pos_app.automation.conditions import fields_of
from pos_app.automation.facts import STORED
from pos_app.automation.model import Field, Rule, RuleVersion
from pos_app.automation.outcomes import Comparison
from pos_app.automation.simulation import Simulation, World
from pos_app.automation.texts import TextFields, sms_parts
from pos_app.clock import DAY_MS, Instant, business_date, instant_of
from pos_app.desk import fact_finding, past_orders, wording
from pos_app.desk.rule_saving import known_of, with_ids
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput
from pos_app.store import past_days
from pos_app.store.database import Connection

MOST_DAYS = 1_100
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
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Play the last `days` business dates again, or the one `day`. Raises BadInput.

    `progress` is told how many orders have been played.
    """
    for draft in drafts:
        checking.refuse(draft, known_of(setup))
    first, last = _days(setup, now, days, day)
    since, until = _bounds(setup, first, last, now)
    versions = tuple(RuleVersion(with_ids(draft), 0) for draft in drafts)
    asked = _asked((*versions, *setup.rules))
    world = _world(connection, setup, until, first.isoformat(), asked, prices or {})
    wanted, now_on = Simulation(versions, world), Simulation(setup.rules, world)
    guests: past_orders.Guests | None = None
    count = 0
    for ids in past_days.chunks(connection, first.isoformat(), last.isoformat()):
        if guests is None:
            guests = past_orders.guests_of(connection, ids[0], asked)
        for past in past_orders.chunk(connection, ids, asked, guests):
            wanted.play(past)
            now_on.play(past)
        count += len(ids)
        if progress is not None:
            progress(count)
    wanted.play_days(since)
    now_on.play_days(since)
    return Comparison(since, until, wanted.outcome(), now_on.outcome())


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


def _asked(rules: Sequence[RuleVersion]) -> frozenset[Field]:
    fields = frozenset(name for one in rules for name in fields_of(one.rule.when)) & STORED
    return past_orders.needed(fields, frozenset(one.rule.trigger.on for one in rules))


def _world(
    connection: Connection,
    setup: Setup,
    until: Instant,
    first_day: str,
    asked: frozenset[Field],
    prices: Mapping[str, int],
) -> World:
    shop = setup.settings.shop
    return World(
        shop.zone,
        until,
        setup.settings.limits,
        fact_finding.categories_of(setup),
        _parts_of(setup),
        prices,
        _load(connection, first_day) if Field.SHOP_LOAD in asked else _nobody,
        shop.language,
        setup.settings.hours,
    )


def _nobody(_at: Instant) -> int:
    return 0


def _load(connection: Connection, first_day: str) -> Callable[[Instant], int]:
    placed, ended = past_days.spans(connection, first_day)
    return lambda at: bisect_right(placed, at) - bisect_right(ended, at)


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
