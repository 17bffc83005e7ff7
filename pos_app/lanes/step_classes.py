"""What a text is to the shop that sends it: how much it matters, and whether it keeps quiet hours.

Its row names the rule, the version and the step that wanted it. A version never changes, so each
step is read once.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from pos_app.automation import urgency
from pos_app.automation.model import Send
from pos_app.automation.reading import rule_of
from pos_app.automation.urgency import Urgency
from pos_app.store import rules
from pos_app.store.database import Connection
from pos_app.store.messages import Message

_MOST_KNOWN = 2_000


@dataclass(frozen=True, slots=True)
class StepClass:
    """`keeps_quiet`: it does not leave in the shop's quiet hours."""

    urgency: Urgency
    keeps_quiet: bool = False


class StepClasses:
    """Remembers the steps of one lane's texts."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str], StepClass | None] = {}

    def of(self, connection: Connection, message: Message) -> StepClass:
        """What this text is; one that a person sent is judged by what it is about."""
        found = None
        if message.rule_id:
            wanted = (message.rule_id, message.rule_version, message.step_id)
            if wanted not in self._known:
                if len(self._known) >= _MOST_KNOWN:
                    self._known.clear()
                self._known[wanted] = _read(connection, *wanted)
            found = self._known[wanted]
        return found or StepClass(urgency.of(message.about))


def _read(connection: Connection, rule_id: str, version: int, step_id: str) -> StepClass | None:
    document = rules.document(connection, rule_id, version)
    if document is None:
        return None
    try:
        rule = rule_of(document)
    except msgspec.MsgspecError:
        return None
    for step in rule.steps:
        if isinstance(step, Send) and step.id == step_id:
            keeps = rule.options.not_quiet and urgency.can_wait(step.about, step.offer)
            return StepClass(urgency.of(step.about, step.offer), keeps)
    return None
