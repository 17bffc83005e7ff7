"""Rules as tests write them, in few words."""

from __future__ import annotations

from pos_app.automation.model import (
    Condition,
    Group,
    On,
    Options,
    Rule,
    Send,
    Step,
    TellStaff,
    Trigger,
)

TELL = TellStaff("", "look")
SAY = Send("", "ready")
USUAL = Options()


def draft(
    on: On,
    *steps: Step,
    status: str = "",
    beside: str = "",
    minutes: int = 0,
    at: str = "",
    when: Group | None = None,
    conditions: tuple[Condition, ...] = (),
    options: Options = USUAL,
    name: str = "Test",
) -> Rule:
    """A rule without ids; one that tells the staff unless `steps` says otherwise."""
    return Rule(
        "",
        name,
        Trigger(on, status, beside, minutes, at),
        steps or (TELL,),
        when if when is not None else Group(conditions=conditions),
        options,
    )
