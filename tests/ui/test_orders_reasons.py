"""Why did no SMS go out? The order says it: rule, conditions with what they found, steps."""

from __future__ import annotations

from pos_app.automation.defaults import READY
from tests.support.pictures_automations import reach
from tests.support.shift import ready
from tests.support.shops import pickup
from tests.support.window import Till


def ask(till: Till, number: str) -> None:
    till.tap("rail:orders")
    till.wait(lambda: till.sees(f"order:{number}"), "the order")
    till.tap(f"order:{number}")
    till.wait(lambda: till.sees("reasons_open"), "its details")
    till.settle()
    reach(till, "reasons_open")
    till.tap("reasons_open")
    till.settle()


def of_ready(till: Till) -> str:
    """The name of the card about the ready rule."""
    for place in range(1, 9):
        name = f"reason:{place}"
        if till.sees(name) and READY.name in till.text(f"{name}:result"):
            return name
    raise AssertionError("the ready rule is not explained")


def test_a_text_that_was_not_sent_says_which_condition_failed_with_which_value(till: Till) -> None:
    ready(till.shop, pickup(till.shop, "Margherita", texts=False))
    ask(till, "A1")
    card = of_ready(till)
    assert till.text(f"{card}:result").endswith("Ready for pickup: conditions not met")
    assert till.text(f"{card}:condition:1") == "✓ kind of order is pickup · found: pickup"
    assert till.text(f"{card}:condition:2").startswith("✗")
    assert till.text(f"{card}:step:1").endswith("not reached")


def test_a_text_that_waits_or_had_no_way_out_is_told_from_its_message(till: Till) -> None:
    ready(till.shop, pickup(till.shop, "Margherita"))
    ask(till, "A1")
    card = of_ready(till)
    assert till.text(f"{card}:result").endswith("Ready for pickup: acted")
    step = till.text(f"{card}:step:1")
    assert step.startswith("1. Text “ready” after 30 s (SMS)")
    assert "no way out is set up" in step


def test_an_order_no_rule_has_looked_at_says_so(till: Till) -> None:
    for one in till.shop.desk.rules.everything():
        till.shop.desk.rules.switch(one.rule.id, on=False)
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    ask(till, "A1")
    assert till.sees("reasons_none")
