"""Rules are explained, tried on past days, and carried from one shop to another."""

from __future__ import annotations

import pytest

from pos_app.automation.model import (
    CallWebhook,
    Comparison,
    Condition,
    Field,
    On,
    Send,
    TellStaff,
    Wait,
)
from pos_app.automation.pack import ready_rules
from pos_app.automation.pack_files import Outward, read, written
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, MINUTE_MS, VirtualClock
from pos_app.errors import BadInput, Refused
from pos_app.store import documents, rules
from tests.automation.drafts import draft
from tests.desk.kitchen import let_texts_leave, texts
from tests.desk.rule_shop import only, pass_time
from tests.support.shops import pickup

TARGET = "01900000-0000-7000-8000-00000000aaaa"


def test_a_rule_that_cannot_be_is_not_saved(shop: Shop) -> None:
    rule = draft(On.PLACED, Wait("", seconds=5), TellStaff("", "look"), TellStaff("", " "))
    with pytest.raises(BadInput) as refusal:
        shop.desk.rules.save(rule, on=True)
    assert refusal.value.field == "step 3 of 3"
    assert len(shop.desk.rules.everything()) == 3


def test_why_no_text_went_out(shop: Shop, clock: VirtualClock) -> None:
    small = Condition(Field.VALUE, ("100",), Comparison.AT_MOST)
    only(shop, On.PLACED, Send("", "accepted"), conditions=(small,))
    order = shop.desk.place(pickup(shop)).order
    told = shop.desk.rules.explain(order.id)
    assert [(one.event, one.result.value) for one in told] == [("order_placed", "not_met")]
    assert [(one.found, one.holds) for one in told[0].answers] == [((str(order.total),), False)]
    assert [step.did for step in told[0].steps] == ["not_reached"]


def test_what_was_said_and_what_still_waits_is_explained(shop: Shop, clock: VirtualClock) -> None:
    steps = (Send("", "accepted"), Wait("", seconds=600), Send("", "ready"))
    rule = only(shop, On.PLACED, *steps)
    order = shop.desk.place(pickup(shop)).order
    let_texts_leave(shop, clock)
    shop.desk.rules.save(draft(On.PAID, name="Other"), on=True)
    told = shop.desk.rules.explain(order.id)[0]
    assert (told.rule, told.version, told.run_state) == (rule, 1, "waiting")
    assert [(step.did, step.state) for step in told.steps] == [
        ("said", "sent"),
        ("waits", ""),
        ("not_reached", ""),
    ]
    assert told.due_at == order.placed_at + 600_000
    pass_time(shop, clock, 600)
    after = shop.desk.rules.explain(order.id)[0]
    assert [step.did for step in after.steps] == ["said", "passed", "said"]


def test_traces_of_the_first_shape_are_still_read(shop: Shop) -> None:
    rule = only(shop, On.PAID)
    order = shop.desk.place(pickup(shop)).order
    old = [
        {
            "rule_id": rule.id,
            "rule_version": 1,
            "matched": False,
            "failed": "has_phone",
            "found": "no",
        }
    ]
    with shop.desk.act() as act:
        seq = act.record("noted", order.id, {})
        rules.keep_trace(act.connection, seq, documents.dump(old))
    told = shop.desk.rules.explain(order.id)
    assert [(one.rule, one.result.value) for one in told] == [(rule, "not_met")]


def test_explanations_are_kept_longer_where_something_failed(
    shop: Shop, clock: VirtualClock
) -> None:
    only(shop, On.PLACED, Send("", "accepted"))
    order = shop.desk.place(pickup(shop)).order
    let_texts_leave(shop, clock)
    only(shop, On.PLACED, Send("", "come_back", offer=True))
    failed = shop.desk.place(pickup(shop)).order
    assert texts(shop, failed.id)[0][1] == "dropped"
    clock.advance(31 * DAY_MS)
    assert shop.desk.rules.forget_old_traces() == 1
    assert shop.desk.rules.explain(order.id) == ()
    assert len(shop.desk.rules.explain(failed.id)) == 1
    clock.advance(150 * DAY_MS)
    assert shop.desk.rules.forget_old_traces() == 1


def test_a_draft_is_tried_on_what_happened_beside_what_is_on(
    shop: Shop, clock: VirtualClock
) -> None:
    for bumps in (1, 2, 3):
        order = shop.desk.place(pickup(shop)).order
        for _ in range(bumps):
            clock.advance(MINUTE_MS)
            shop.desk.bump(order.id)
    clock.advance(DAY_MS)
    slow = draft(On.IN_STATUS, Send("", "not_collected"), status="ready", minutes=5)
    said = draft(On.ENTERED, Send("", "ready", grace_s=30), status="ready")
    found = shop.desk.rules.simulate([slow, said], days=3, prices={"sms": 120})
    assert (found.drafts.orders, found.drafts.texts) == (3, 3)
    assert sorted(one.about for one in found.drafts.said) == ["not_collected", "ready", "ready"]
    assert found.drafts.cost == 120 * found.drafts.parts
    assert found.now_on.texts == 2, "the default for pickups is on"
    assert {one.language for one in found.drafts.said} == {"uk"}


def test_what_was_undone_is_tried_as_if_it_had_not_been(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.undo(order.id)
    clock.advance(DAY_MS)
    found = shop.desk.rules.simulate([draft(On.ENTERED, status="preparing")], days=3)
    assert found.drafts.acts == 0


def test_a_simulation_does_nothing(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.place(pickup(shop))
    clock.advance(DAY_MS)
    before = shop.desk.rules.tasks()
    found = shop.desk.rules.simulate(ready_rules("en"), days=3)
    assert found.drafts.orders == 1
    assert shop.desk.rules.tasks() == before


def test_rules_from_a_file_are_all_off_and_overwrite_nothing(shop: Shop) -> None:
    mine = draft(On.PLACED, Send("", "accepted", ("whatsapp",)), CallWebhook("", TARGET))
    pack = read(written([mine]).encode())
    with pytest.raises(Refused, match="whatsapp"):
        shop.desk.rules.bring_in(pack, [])
    with pytest.raises(Refused, match=TARGET):
        shop.desk.rules.bring_in(pack, [Outward("channel", "whatsapp")])
    brought = shop.desk.rules.bring_in(pack, pack.outward)
    known = {one.rule.id: one for one in shop.desk.rules.everything()}
    assert [known[rule.id].on for rule in brought] == [False]
    assert known[brought[0].id].origin == "import"


def test_a_file_cannot_take_the_place_of_a_rule(shop: Shop) -> None:
    there = shop.desk.rules.everything()
    text = shop.desk.rules.export([there[0].rule.id])
    assert shop.desk.rules.bring_in(read(text.encode()), [Outward("channel", "sms")]) == []
    changed = read(text.replace("Accepted, with", "Taken, with").encode())
    with pytest.raises(BadInput, match="this id"):
        shop.desk.rules.bring_in(changed, changed.outward)
    new = shop.desk.rules.bring_in(changed, changed.outward, as_new=True)
    assert new[0].id != there[0].rule.id
    assert shop.desk.rules.everything()[0] == there[0]
