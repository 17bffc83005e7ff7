"""Why a message went out or did not: rules, conditions, steps, from what was kept of each event.

Nothing is evaluated again: the values are those that the rule found, under the version that it
then had.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from pos_app.automation import traces
from pos_app.automation.conditions import Answer, compiled, flat, judged
from pos_app.automation.engine import WAITS, Done, Finding
from pos_app.automation.model import Result, Rule, Send, Step
from pos_app.automation.reading import rule_of
from pos_app.automation.rolls import Called, called
from pos_app.clock import Instant
from pos_app.errors import NotFound
from pos_app.store import journal, orders, rule_messages, rule_runs, rules
from pos_app.store.database import Connection

NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class ExplainedStep:
    """One step and what became of it.

    `did` is a word for it (`said`, `moved`, `failed`, `waits`, `not_reached` …), `why` a code; of
    a text `state` and `reason` are those of its message as they are now. `other_way`: the channel
    by which it went, where that is not the rule's own: what the guest asked for, or a later leg.
    """

    step: Step
    did: str
    why: str = ""
    state: str = ""
    reason: str = ""
    other_way: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What one rule made of one event of an order.

    `rule` is as it stood then, None when nobody can read it any more; `answers` has each of its
    conditions with what it found. `run_state` and `run_reason` say how its way through its steps
    ended, `due_at` until when it waits.
    """

    seq: int
    at: Instant
    event: str
    rule_id: str
    version: int
    rule: Rule | None
    result: Result
    answers: tuple[Answer, ...]
    steps: tuple[ExplainedStep, ...]
    run_state: str = ""
    run_reason: str = ""
    due_at: Instant | None = None


def explain(connection: Connection, order_id: int) -> tuple[Explained, ...]:
    """Every rule that was triggered by an event of this order, in their order. Raises NotFound."""
    if orders.load(connection, order_id) is None:
        raise NotFound("There is no such order")
    events = {entry.seq: entry for entry in journal.of_order(connection, order_id)}
    kept = rules.traces(connection, events)
    told = _Told(
        connection,
        {(run.rule_id, run.occasion): run for run in rule_runs.of_order(connection, order_id)},
        rule_messages.of_order(connection, order_id),
    )
    return tuple(
        told.explained(events[seq], finding)
        for seq in sorted(kept)
        for finding in traces.findings(kept[seq], told.asked_by, told.on_roll)
    )


@dataclass(frozen=True, slots=True)
class _Told:
    connection: Connection
    runs: dict[tuple[str, int], rule_runs.Run]
    messages: list[rule_messages.RuleMessage]
    rules: dict[tuple[str, int], Rule | None] = field(default_factory=dict)
    rolls: dict[str, Called] = field(default_factory=dict)

    def explained(self, entry: journal.Entry, finding: Finding) -> Explained:
        rule = self._rule(finding.rule_id, finding.rule_version)
        run = self.runs.get((finding.rule_id, entry.seq))
        return Explained(
            entry.seq,
            entry.at,
            entry.kind,
            finding.rule_id,
            finding.rule_version,
            rule,
            finding.result,
            _answers(rule, finding),
            tuple(self._steps(rule, run, finding, entry.seq)) if rule is not None else (),
            run.state if run is not None else "",
            run.reason if run is not None else "",
            run.due_at if run is not None and run.state in rule_runs.OPEN else None,
        )

    def asked_by(self, rule_id: str, version: int) -> tuple[str, ...]:
        """The fields that this version of a rule asks, in reading order."""
        rule = self._rule(rule_id, version)
        return compiled(rule.when).names if rule is not None else ()

    def on_roll(self, roll_id: str) -> Called:
        """Which rules waited, under the versions that they then had."""
        if roll_id not in self.rolls:
            document = rules.roll(self.connection, roll_id)
            self.rolls[roll_id] = called(document) if document is not None else ()
        return self.rolls[roll_id]

    def _rule(self, rule_id: str, version: int) -> Rule | None:
        key = rule_id, version
        if key not in self.rules:
            self.rules[key] = self._read(rule_id, version)
        return self.rules[key]

    def _read(self, rule_id: str, version: int) -> Rule | None:
        document = rules.document(self.connection, rule_id, version)
        try:
            return rule_of(document) if document is not None else None
        except msgspec.MsgspecError:
            return None

    def _steps(
        self, rule: Rule, run: rule_runs.Run | None, finding: Finding, occasion: int
    ) -> Iterator[ExplainedStep]:
        done = {one.step_id: one for one in finding.done}
        if run is not None:
            done |= {one.step_id: one for one in traces.done(run.trace)}
        for index, step in enumerate(rule.steps):
            message = self._message(rule, step, occasion)
            if message is not None:
                did = "said_before" if finding.result is Result.ONCE else "said"
                way = _other_way(step, message.channel)
                yield ExplainedStep(step, did, "", message.state, message.reason, way)
            else:
                yield _step(step, index, done.get(step.id), run)

    def _message(self, rule: Rule, step: Step, occasion: int) -> rule_messages.RuleMessage | None:
        """The last leg of what this step said because of that event."""
        mine = [
            one
            for one in self.messages
            if isinstance(step, Send)
            and (one.rule_id, one.step_id, one.occasion) == (rule.id, step.id, occasion)
        ]
        return mine[-1] if mine else None


def _other_way(step: Step, channel: str) -> str:
    return channel if isinstance(step, Send) and channel != step.channels[0] else ""


def _answers(rule: Rule | None, finding: Finding) -> tuple[Answer, ...]:
    if rule is None or len(finding.found) != sum(1 for _ in flat(rule.when)):
        return ()
    return judged(rule.when, finding.found)


def _step(step: Step, index: int, done: Done | None, run: rule_runs.Run | None) -> ExplainedStep:
    is_open = run is not None and run.state in rule_runs.OPEN
    if done is not None and (done.did != WAITS or is_open):
        return ExplainedStep(step, done.did, done.why)
    if run is None or done is not None:
        return ExplainedStep(step, NOT_REACHED)
    if is_open:
        # A step that waits for its hours says so itself; else it is the wait before the next one.
        is_held = [one.did for one in traces.done(run.trace)][-1:] == [WAITS]
        passed = index < (run.step if is_held else run.step - 1)
        waits = index == max(0, run.step - 1)
        return ExplainedStep(step, "passed" if passed else WAITS if waits else NOT_REACHED)
    return ExplainedStep(step, "passed" if run.state == rule_runs.DONE else NOT_REACHED)
