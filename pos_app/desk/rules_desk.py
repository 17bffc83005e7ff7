"""Auto-messages, as screens, command line and the timers lane use them."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from pos_app.automation.model import OF_TIME, On, Rule, RuleVersion
from pos_app.automation.reading import document_of, rule_of
from pos_app.changes import SettingsChanged
from pos_app.clock import Instant
from pos_app.desk import rule_timing
from pos_app.desk.doors import Doors
from pos_app.desk.setup import touch
from pos_app.domain.ids import new_uid
from pos_app.errors import NotFound
from pos_app.store import orders, rule_runs, rules, tasks
from pos_app.store.database import Connection

RULES = "rules"
"""What other screens are told has changed."""
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule with its place in the list: `origin` is `ours`, `own`, `pack` or `import`."""

    rule: Rule
    version: int
    on: bool
    origin: str
    changed_at: Instant
    staff_id: str


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One version of a rule as it was, by whom and when it was made."""

    version: int
    rule: Rule
    made_at: Instant
    staff_id: str


class RulesDesk:
    """Rules, what waits of them, and the tasks that they open."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    # What a manager does

    def everything(self) -> list[KnownRule]:
        """All rules, on and off, in the owner's order."""
        with self._doors.database.read() as connection:
            return [
                KnownRule(
                    rule_of(one.document),
                    one.version,
                    bool(one.enabled),
                    one.origin,
                    one.changed_at,
                    one.staff_id,
                )
                for one in rules.everything(connection)
            ]

    def save(self, rule: Rule, *, on: bool, origin: str = "own") -> Rule:
        """Write `rule` as a new one (without an id), or as a further version of its own.

        Returns it with its ids. What waits under an older version goes on under it.
        """
        with self._doors.act() as act:
            known = {one.id: one for one in rules.everything(act.connection)}
            rule = with_ids(rule)
            document = document_of(rule)
            if rule.id not in known:
                rules.add(
                    act.connection,
                    rule_id=rule.id,
                    document=document,
                    is_enabled=on,
                    now=act.now,
                    origin=origin,
                    staff_id=act.staff_id,
                )
            elif rule_of(known[rule.id].document) != rule:
                rules.change(act.connection, rule.id, document, act.now, act.staff_id)
            rules.switch(act.connection, rule.id, on=on)
            act.record("rule_saved", None, {"rule_id": rule.id, "on": on, "keys": [RULES]})
            touch(act.connection)
        self._doors.feed.publish(SettingsChanged((RULES,)))
        return rule

    def switch(self, rule_id: str, *, on: bool) -> None:
        """Turn a rule on or off. Raises NotFound."""
        with self._doors.act() as act:
            if not rules.switch(act.connection, rule_id, on=on):
                raise NotFound("There is no such rule")
            said = {"rule_id": rule_id, "on": on, "keys": [RULES]}
            act.record("rule_switched", None, said)
            touch(act.connection)
        self._doors.feed.publish(SettingsChanged((RULES,)))

    def delete(self, rule_id: str) -> None:
        """Take a rule out of the list. Raises NotFound."""
        with self._doors.act() as act:
            if not rules.delete(act.connection, rule_id, act.now):
                raise NotFound("There is no such rule")
            act.record("rule_deleted", None, {"rule_id": rule_id, "keys": [RULES]})
            touch(act.connection)
        self._doors.feed.publish(SettingsChanged((RULES,)))

    def history(self, rule_id: str) -> list[PastVersion]:
        """Every version of a rule, the newest first."""
        with self._doors.database.read() as connection:
            return [
                PastVersion(version, rule_of(document), made_at, staff_id)
                for version, document, made_at, staff_id in rules.history(connection, rule_id)
            ]

    # What time does

    def do_due(self) -> Instant | None:
        """Go on with every run whose time has come; when the next one's will have."""
        now = self._doors.clock.now()
        with self._doors.database.read() as connection:
            ids = [run.id for run in rule_runs.due(connection, now, _AT_ONCE)]
        for run_id in ids:
            with self._doors.act() as act:
                rule_timing.advance(act, run_id)
        with self._doors.database.read() as connection:
            return rule_runs.next_due(connection)

    def watch_time(self) -> int:
        """Let the rules of time speak: late, too long in a status, daily. Returns how many did."""
        mine = self._doors.setup().rules
        spoken = sum(self._speak_daily(one) for one in mine if one.rule.trigger.on is On.DAILY)
        of_time = [one for one in mine if one.rule.trigger.on in OF_TIME]
        if not of_time:
            return spoken
        with self._doors.database.read() as connection:
            ripe = [
                order_id
                for order_id in orders.open_ids(connection)
                if self._is_ripe(connection, order_id, of_time)
            ]
        for order_id in ripe:
            with self._doors.act() as act:
                spoken += rule_timing.notice(act, act.order(order_id))
        return spoken

    def _speak_daily(self, one: RuleVersion) -> bool:
        setup, now = self._doors.setup(), self._doors.clock.now()
        with self._doors.database.read() as connection:
            if not rule_timing.is_daily_due(connection, one, setup.settings.shop, now):
                return False
        with self._doors.act() as act:
            return rule_timing.speak_daily(act, one)

    def _is_ripe(self, connection: Connection, order_id: int, of_time: list[RuleVersion]) -> bool:
        order = orders.load(connection, order_id)
        if order is None:
            return False
        limits = self._doors.setup().settings.limits
        now = self._doors.clock.now()
        return bool(rule_timing.ripe(connection, order, of_time, now, limits))

    # Tasks

    def tasks(self) -> list[tasks.Task]:
        """What rules have asked somebody to do or to know, and nobody has done yet."""
        with self._doors.database.read() as connection:
            return tasks.still_open(connection)

    def finish_task(self, task_id: int) -> bool:
        """Somebody has done it; False when it was done before."""
        with self._doors.act() as act:
            done = tasks.finish(act.connection, task_id, act.staff_id, act.now)
            if done:
                act.record("task_done", None, {"task_id": task_id, "keys": [TASKS]})
        self._doors.feed.publish(SettingsChanged((TASKS,)))
        return done


TASKS = "tasks"


def with_ids(rule: Rule) -> Rule:
    """`rule` with an id for itself and for every step that has none."""
    steps = tuple(
        step if step.id else msgspec.structs.replace(step, id=new_uid()) for step in rule.steps
    )
    return msgspec.structs.replace(rule, id=rule.id or new_uid(), steps=steps)
