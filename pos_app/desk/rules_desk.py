"""Auto-messages, as screens, command line and the timers lane use them."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import msgspec

from pos_app.automation import pack_files
from pos_app.automation.book import Ready
from pos_app.automation.known import Known
from pos_app.automation.model import On, Rule
from pos_app.automation.outcomes import Comparison, Said
from pos_app.automation.pack_files import Outward, RulePack
from pos_app.automation.reading import rule_of
from pos_app.changes import SettingsChanged
from pos_app.clock import Instant
from pos_app.desk import (
    explaining,
    past_texts,
    rule_days,
    rule_imports,
    rule_saving,
    rule_timing,
    simulating,
)
from pos_app.desk.doors import Doors
from pos_app.desk.explaining import Explained
from pos_app.desk.fact_finding import Looking
from pos_app.desk.made_up_day import USUAL, MadeUp
from pos_app.desk.owner_telling import OWNER_TEXTS
from pos_app.desk.rule_saving import RULES, known_of
from pos_app.desk.setup import touch
from pos_app.errors import NotFound, StoreError
from pos_app.store import orders, rule_runs, rules, tasks, trace_ages

_log = logging.getLogger(__name__)
TASKS = "tasks"
"""What other screens are told has changed, beside `RULES`."""
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
        """All rules, on and off, in the owner's order; without those of a newer program."""
        with self._doors.database.read() as connection:
            return [
                KnownRule(
                    rule,
                    one.version,
                    bool(one.enabled),
                    one.origin,
                    one.changed_at,
                    one.staff_id,
                )
                for one in rules.everything(connection)
                if (rule := _readable(one.document)) is not None
            ]

    def known(self) -> Known:
        """What a rule of this shop may name."""
        return known_of(self._doors.setup())

    def save(self, rule: Rule, *, on: bool, origin: str = "own") -> Rule:
        """Write `rule` as a new one (without an id), or as a further version of its own.

        Returns it with its ids. What waits under an older version goes on under it. Raises
        BadInput naming the part of the rule that is wrong.
        """
        with self._doors.act() as act:
            saved = rule_saving.save(act, rule, on=on, origin=origin)
        self._doors.feed.publish(SettingsChanged((RULES,)))
        return saved

    def switch(self, rule_id: str, *, on: bool) -> None:
        """Turn a rule on or off. Raises NotFound, BadInput when it can no longer be read."""
        with self._doors.act() as act:
            rule_saving.switch(act, rule_id, on=on)
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
                PastVersion(version, rule, made_at, staff_id)
                for version, document, made_at, staff_id in rules.history(connection, rule_id)
                if (rule := _readable(document)) is not None
            ]

    def export(self, rule_ids: Collection[str] | None = None) -> str:
        """A TOML file of these rules, or of all. Raises NotFound."""
        chosen = [
            one.rule for one in self.everything() if rule_ids is None or one.rule.id in rule_ids
        ]
        if rule_ids is not None and len(chosen) < len(set(rule_ids)):
            raise NotFound("There is no such rule")
        return pack_files.written(chosen)

    def bring_in(
        self, pack: RulePack, confirmed: Collection[Outward], *, as_new: bool = False
    ) -> list[Rule]:
        """The rules of a file that `pack_files.read` has read, all off. Returns the new ones.

        Raises Refused for a target of `pack.outward` that is not `confirmed`, BadInput.
        """
        with self._doors.act() as act:
            brought = rule_imports.bring_in(act, pack, confirmed, as_new=as_new)
        self._doors.feed.publish(SettingsChanged((RULES,)))
        return brought

    def explain(self, order_id: int) -> tuple[Explained, ...]:
        """Why messages about an order went out or did not. Raises NotFound."""
        with self._doors.database.read() as connection:
            return explaining.explain(connection, order_id)

    def simulate(
        self,
        drafts: Sequence[Rule],
        *,
        days: int = 30,
        day: date | None = None,
        prices: Mapping[str, int] | None = None,
        progress: simulating.Progress | None = None,
    ) -> Comparison:
        """What `drafts` would have done on past days, beside the rules that are on. Long work.

        `prices`: of a part by channel where they differ from the ones set up, in hundredths of
        the minor unit. `progress` is told how far it is, and stops it with False. Raises
        BadInput, Refused when it was stopped.
        """
        setup, now = self._doors.setup(), self._doors.clock.now()
        with self._doors.database.read() as connection:
            return simulating.simulate(
                connection,
                setup,
                now,
                drafts,
                days=days,
                day=day,
                prices=prices,
                progress=progress,
            )

    def simulate_made_up(
        self,
        drafts: Sequence[Rule],
        made_up: MadeUp = USUAL,
        *,
        prices: Mapping[str, int] | None = None,
    ) -> Comparison:
        """What `drafts` would do on an invented day: for a shop that has no past yet.

        Raises BadInput.
        """
        setup, now = self._doors.setup(), self._doors.clock.now()
        return simulating.simulate_made_up(setup, now, drafts, made_up, prices=prices)

    def text_of(self, said: Said) -> str:
        """The words of a text that a simulation has found; empty where there are none."""
        return past_texts.text_of(self._doors, said)

    # What time does

    def forget_old_traces(self) -> int:
        """Explanations are kept for 30 days, 180 where something failed. Returns how many went."""
        count = 0
        while True:
            with self._doors.database.write() as connection:
                gone = trace_ages.forget_old(connection, self._doors.clock.now())
            count += gone
            if not gone:
                return count

    def do_due(self) -> Instant | None:
        """Go on with every run whose time has come; when the next one's will have."""
        for run_id in self._due():
            try:
                with self._doors.act() as act:
                    rule_timing.advance(act, run_id)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - one rule must not keep the others from their time
                _log.exception("rule run %d", run_id)
                with self._doors.act() as act:
                    rule_timing.fail(act, run_id, type(error).__name__)
        with self._doors.database.read() as connection:
            return rule_runs.next_due(connection)

    def _due(self) -> list[int]:
        now = self._doors.clock.now()
        with self._doors.database.read() as connection:
            return [run.id for run in rule_runs.due(connection, now, _AT_ONCE)]

    def watch_time(self) -> int:
        """Let the rules of time speak: late, too long in a status, daily. Returns how many did."""
        book = self._doors.setup().book
        spoken = sum(self._speak_daily(one) for one in book.on(On.DAILY))
        if not book.of_time:
            return spoken
        for order_id in self._ripe():
            with self._doors.act() as act:
                spoken += rule_timing.notice(act, act.order(order_id))
        return spoken

    def _speak_daily(self, one: Ready) -> bool:
        with self._looking() as looking:
            if not rule_days.is_due(looking, one.one.rule):
                return False
        with self._doors.act() as act:
            has_spoken = rule_days.speak(act, one)
        if has_spoken:
            # What it tells the staff is about no order that could be seen to change.
            self._doors.feed.publish(SettingsChanged((TASKS, OWNER_TEXTS)))
        return has_spoken

    def _ripe(self) -> list[int]:
        """Open orders about which a rule of time has something to say."""
        with self._looking() as looking:
            ids = orders.open_ids(looking.connection)
            found = orders.load_many(looking.connection, ids)
            return [id_ for id_, order in found.items() if any(rule_timing.ripe(looking, order))]

    @contextmanager
    def _looking(self) -> Iterator[Looking]:
        setup, now = self._doors.setup(), self._doors.clock.now()
        with self._doors.database.read() as connection:
            yield Looking(connection, setup, now, self._doors.staff_id)

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


def _readable(document: str) -> Rule | None:
    try:
        return rule_of(document)
    except msgspec.MsgspecError:
        return None
