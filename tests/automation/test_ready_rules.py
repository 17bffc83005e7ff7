"""The ready rules: at least fifteen, with fixed ids, each about something that has a text."""

from __future__ import annotations

from pos_app.automation.defaults import DEFAULT_RULES
from pos_app.automation.model import Send
from pos_app.automation.pack import ready_rule, ready_rules
from pos_app.automation.wording.standard import abouts


def test_ids_are_fixed_and_never_shared() -> None:
    english, ukrainian = ready_rules("en"), ready_rules("uk")
    assert len(english) >= 15
    ids = [rule.id for rule in english] + [step.id for rule in english for step in rule.steps]
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in english] == [rule.id for rule in ukrainian]
    packs = [rule.pack for rule in english]
    assert "" not in packs
    assert len(set(packs)) == len(packs)


def test_the_defaults_are_among_them_and_each_is_found_by_name() -> None:
    assert ready_rules("en")[: len(DEFAULT_RULES)] == DEFAULT_RULES
    for rule in ready_rules("uk"):
        assert ready_rule(rule.pack, "uk") == rule
    assert ready_rule("no_such", "en") is None


def test_every_text_is_about_something_known() -> None:
    said = {
        step.about for rule in ready_rules("en") for step in rule.steps if isinstance(step, Send)
    }
    assert said <= set(abouts())


def test_an_offer_goes_only_to_who_agreed() -> None:
    come_back = ready_rule("come_back", "en")
    assert come_back is not None
    assert [step.offer for step in come_back.steps if isinstance(step, Send)] == [True]
