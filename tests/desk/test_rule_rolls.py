"""Which rules waited is written once, and still known when the rules are others."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import IntegrityError

import pytest
from sqlalchemy import func, select, text

from pos_app.automation.model import Comparison, Condition, Field, On
from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.desk import bumping
from pos_app.desk.explaining import Explained
from pos_app.store import rules
from pos_app.store.tables import rule_traces, rule_versions
from tests.automation.drafts import draft
from tests.desk.rule_shop import only
from tests.support.shops import open_test_shop, pickup

SMALL = Condition(Field.VALUE, ("100",), Comparison.AT_MOST)


def rolls(shop: Shop) -> int:
    with shop.database.read() as connection:
        query = select(func.count()).where(rule_versions.c.version == 0)
        return int(connection.execute(query).scalar_one())


def why(told: tuple[Explained, ...]) -> list[tuple[str, int, str]]:
    return [(one.rule.name if one.rule else "", one.version, one.result.value) for one in told]


def test_an_evening_of_taps_writes_one_roll_for_each_kind_of_event(shop: Shop) -> None:
    only(shop, On.ENTERED, status="preparing", conditions=(SMALL,))
    for _ in range(3):
        order = shop.desk.place(pickup(shop)).order
        shop.desk.bump(order.id)
        assert why(shop.desk.rules.explain(order.id)) == [("Test", 1, "not_met")]
    assert rolls(shop) == 1


def test_an_event_is_explained_with_the_rules_that_waited_then(shop: Shop) -> None:
    rule = only(shop, On.PLACED, conditions=(SMALL,), name="First")
    before = shop.desk.place(pickup(shop)).order
    second = shop.desk.rules.save(draft(On.PLACED, name="Second"), on=True)
    between = shop.desk.place(pickup(shop)).order
    shop.desk.rules.switch(rule.id, on=False)
    shop.desk.rules.delete(second.id)
    after = shop.desk.place(pickup(shop)).order
    assert why(shop.desk.rules.explain(before.id)) == [("First", 1, "not_met")]
    assert why(shop.desk.rules.explain(between.id)) == [
        ("First", 1, "not_met"),
        ("Second", 1, "acted"),
    ]
    assert shop.desk.rules.explain(after.id) == ()


def test_rules_that_come_back_are_the_roll_they_were(shop: Shop) -> None:
    rule = only(shop, On.PLACED, conditions=(SMALL,))
    shop.desk.place(pickup(shop))
    for on in (False, True):
        shop.desk.rules.switch(rule.id, on=on)
    order = shop.desk.place(pickup(shop)).order
    assert why(shop.desk.rules.explain(order.id)) == [("Test", 1, "not_met")]
    assert rolls(shop) == 1


def test_a_roll_of_an_act_that_was_not_saved_is_written_by_the_next(shop: Shop) -> None:
    only(shop, On.ENTERED, status="preparing", conditions=(SMALL,))
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(IntegrityError):
        _bump_and_fail(shop, order.id)
    assert rolls(shop) == 0
    shop.desk.bump(order.id)
    assert why(shop.desk.rules.explain(order.id)) == [("Test", 1, "not_met")]
    assert rolls(shop) == 1


def _bump_and_fail(shop: Shop, order_id: int) -> None:
    """A bump after whose rules the commit is refused."""
    with shop.desk.act() as act:
        act.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        bumping.bump(act, order_id)
        act.connection.execute(text("UPDATE tickets SET order_id = -1"))


def test_a_shop_opened_again_goes_on_with_the_roll(tmp_path: Path, clock: VirtualClock) -> None:
    data = tmp_path / "again"
    with open_test_shop(data, clock=clock) as shop:
        only(shop, On.PLACED, conditions=(SMALL,))
        first = shop.desk.place(pickup(shop)).order
    with open_test_shop(data, clock=clock) as shop:
        second = shop.desk.place(pickup(shop)).order
        for order in (first, second):
            assert why(shop.desk.rules.explain(order.id)) == [("Test", 1, "not_met")]
        assert rolls(shop) == 1


def test_traces_that_name_each_rule_are_still_explained(shop: Shop) -> None:
    rule = only(shop, On.PAID, conditions=(SMALL,))
    order = shop.desk.place(pickup(shop)).order
    old = f'{{"seen":{{"value":["900"]}},"said":[["{rule.id}",1,"not_met"]]}}'
    with shop.desk.act() as act:
        rules.keep_trace(act.connection, act.record("noted", order.id, {}), old)
    [told] = shop.desk.rules.explain(order.id)
    assert (told.rule, told.result.value) == (rule, "not_met")
    assert [(one.found, one.holds) for one in told.answers] == [(("900",), False)]


def test_what_is_kept_of_an_event_names_no_rule(shop: Shop) -> None:
    rule = only(shop, On.PLACED, conditions=(SMALL,))
    shop.desk.place(pickup(shop))
    with shop.database.read() as connection:
        [kept] = connection.execute(select(rule_traces.c.trace)).scalars()
    assert rule.id not in kept
