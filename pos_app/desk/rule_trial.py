"""A rule tried on an order as it stands, as if its occasion came now. Nothing is done.

For whoever writes rules: what each condition finds, which steps would follow and when, and what a
guest would read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from pos_app.automation.book import ready
from pos_app.automation.conditions import Answer, Seen, judged
from pos_app.automation.engine import Course, begin, go_on
from pos_app.automation.facts import Facts
from pos_app.automation.model import Group, Rule, RuleVersion, Send, Step
from pos_app.automation.texts import sms_parts
from pos_app.clock import Instant
from pos_app.desk import fact_finding, wording
from pos_app.desk.doors import Doors
from pos_app.desk.fact_finding import Looking
from pos_app.desk.wording import Saying
from pos_app.domain.order import Order
from pos_app.errors import NotFound
from pos_app.store import orders

_MOST_PARTS_OF_THE_WAY = 20


@dataclass(frozen=True, slots=True)
class Planned:
    """One step that would be done, at what time; `text` is what a guest would read."""

    step: Step
    at: Instant
    text: str = ""
    parts: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """`holds`: the conditions let the rule speak; `planned` is what would follow if they do."""

    order: Order
    answers: tuple[Answer, ...]
    holds: bool
    planned: tuple[Planned, ...]


def try_on(doors: Doors, rule: Rule, order_id: int) -> Trial:
    """What `rule` would do about this order if its occasion came now. Raises NotFound."""
    setup, now = doors.setup(), doors.clock.now()
    with doors.database.read() as connection:
        order = orders.load(connection, order_id)
        if order is None:
            raise NotFound("There is no such order")
        looking = Looking(connection, setup, now, doors.staff_id)
        one = ready(RuleVersion(rule, 0))
        facts = fact_finding.gather(looking, order, (one,))
        language = order.customer.language
        sayings: dict[Step, Saying] = {
            step: wording.saying(looking, order, step.about, step.channels[0], language)
            for step in rule.steps
            if isinstance(step, Send)
        }
    seen = Seen(facts)
    found, does_hold = one.when.found(seen), one.when.holds(seen)
    if not does_hold:
        # What would follow if they held, also behind a step that looks at them again.
        planned = _planned(replace(rule, when=Group()), facts, sayings)
    else:
        planned = _planned(rule, facts, sayings)
    return Trial(order, judged(rule.when, found), does_hold, tuple(planned))


def _planned(rule: Rule, facts: Facts, sayings: Mapping[Step, Saying]) -> list[Planned]:
    found: list[Planned] = []
    course: Course = begin(rule, facts)
    for _ in range(_MOST_PARTS_OF_THE_WAY):
        found += [_said(due.step, due.not_before, sayings) for due in course.dues]
        if course.waits_at is None or course.due_at is None:
            break
        facts = replace(facts, now=course.due_at)
        course = go_on(rule, course.waits_at, facts, course.due_at)
    return found


def _said(step: Step, at: Instant, sayings: Mapping[Step, Saying]) -> Planned:
    text = sayings[step].text if step in sayings else ""
    return Planned(step, at, text, sms_parts(text) if text else 0)
