"""What tests of rules ask of a shop."""

from __future__ import annotations

from pos_app.automation.model import Condition, Group, On, Options, Rule, Step
from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.store import rule_runs
from tests.automation.drafts import USUAL, draft


def only(
    shop: Shop,
    on: On,
    *steps: Step,
    status: str = "",
    beside: str = "",
    minutes: int = 0,
    at: str = "",
    conditions: tuple[Condition, ...] = (),
    when: Group | None = None,
    options: Options = USUAL,
    name: str = "Test",
) -> Rule:
    """The shop's one rule that is on, as it was saved."""
    for known in shop.desk.rules.everything():
        shop.desk.rules.switch(known.rule.id, on=False)
    return shop.desk.rules.save(
        draft(
            on,
            *steps,
            status=status,
            beside=beside,
            minutes=minutes,
            at=at,
            conditions=conditions,
            when=when,
            options=options,
            name=name,
        ),
        on=True,
    )


def pass_time(shop: Shop, clock: VirtualClock, seconds: int) -> None:
    """So long later the timers lane has looked."""
    clock.advance(seconds * SECOND_MS)
    shop.desk.rules.watch_time()
    shop.desk.rules.do_due()


def told(shop: Shop) -> list[str]:
    """What the staff is told and nobody has done yet."""
    return [task.said for task in shop.desk.rules.tasks()]


def runs(shop: Shop, order_id: int) -> list[tuple[str, str]]:
    """`(state, reason)` of everything that rules have begun about an order."""
    with shop.database.read() as connection:
        return [(run.state, run.reason) for run in rule_runs.of_order(connection, order_id)]
