"""Eight plain sentences with a number: what most shops ever touch."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.automation.model import Send
from pos_app.desk.rules_desk import KnownRule
from tests.support.window import Till
from tests.ui.automations.hand import open_plain, tap

PLAIN = (
    "accepted",
    "ready",
    "on_the_way",
    "late",
    "not_collected",
    "feedback",
    "pass_waits",
    "unpaid_online",
)


def of_pack(till: Till, pack: str) -> KnownRule | None:
    return next((o for o in till.shop.desk.rules.everything() if o.rule.pack == pack), None)


def test_a_new_shop_texts_when_accepted_ready_and_on_the_way(till: Till) -> None:
    open_plain(till)
    said = {pack: till.text(f"switch:{pack}") for pack in PLAIN}
    assert [pack for pack, on in said.items() if on == "On"] == ["accepted", "ready", "on_the_way"]


def test_a_switch_asks_on_the_screen_before_it_does_anything(till: Till) -> None:
    open_plain(till)
    till.tap("switch:not_collected")
    assert till.text("switch_asked") == "Switch on “Not collected after 15 min”?"
    tap(till, "switch_no")
    till.settle()
    assert not till.sees("switch_question")
    assert of_pack(till, "not_collected") is None, "nothing was saved"
    assert till.text("switch:not_collected") == "Off"


def test_a_ready_rule_that_is_switched_on_is_the_shops_own_from_then_on(till: Till) -> None:
    open_plain(till)
    till.tap("switch_amount:not_collected:more")
    till.tap("switch:not_collected")
    tap(till, "switch_yes")
    till.wait(lambda: till.text("switch:not_collected") == "On", "on")
    saved = of_pack(till, "not_collected")
    assert saved is not None
    assert saved.on
    assert saved.rule.trigger.minutes == 20
    assert saved.rule.name == "Not collected after 20 min", "words follow their number"


def test_another_number_of_seconds_is_a_further_version(till: Till) -> None:
    open_plain(till)
    till.enter_into("switch_amount:ready", "60")
    till.tap("switch_save:ready")
    till.wait(lambda: not till.sees("switch_save:ready"), "saved")
    saved = of_pack(till, "ready")
    assert saved is not None
    step = saved.rule.steps[0]
    assert isinstance(step, Send)
    assert (step.grace_s, saved.version, saved.on) == (60, 2, True)


def test_a_number_alone_is_not_kept_while_the_rule_is_off(till: Till) -> None:
    open_plain(till)
    till.tap("switch_amount:feedback:more")
    assert not till.sees("switch_save:feedback")
    till.settle()
    assert of_pack(till, "feedback") is None


def test_a_rule_is_switched_off_and_the_next_ready_order_says_nothing(till: Till) -> None:
    open_plain(till)
    till.tap("switch:ready")
    assert "Switch off" in till.text("switch_asked")
    tap(till, "switch_yes")
    till.wait(lambda: till.text("switch:ready") == "Off", "off")
    saved = of_pack(till, "ready")
    assert saved is not None
    assert not saved.on


def test_what_another_window_changes_is_seen_here(
    open_till: Callable[..., Till], till: Till
) -> None:
    open_plain(till)
    known = of_pack(till, "ready")
    assert known is not None
    till.shop.desk.rules.switch(known.rule.id, on=False)
    till.wait(lambda: till.text("switch:ready") == "Off", "read again")


def test_every_line_can_be_heard_whole(till: Till) -> None:
    open_plain(till)
    assert till.find("switch:ready").accessibleName() == "Text when ready, after 30 s: On"
    assert till.find("switch_amount:ready:more").accessibleName() == "More"
    tap(till, "switch:unpaid_online")
    tap(till, "switch_no")
