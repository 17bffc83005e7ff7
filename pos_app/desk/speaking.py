"""How often a rule may speak: what it has said of an order, and whether it is still at it."""

from __future__ import annotations

from pos_app.automation.model import Mode, Once, Result, RuleVersion
from pos_app.clock import DAY_MS
from pos_app.desk.fact_finding import Moment
from pos_app.domain.order import Order
from pos_app.store import rule_runs

_UNSAID = ("undone",)


class Past:
    """The runs of one order, read when they are first asked for; of no order, none."""

    def __init__(self, at: Moment, order: Order | None) -> None:
        self._at = at
        self.order = order
        self._runs: list[rule_runs.Run] | None = None

    def holds_back(self, one: RuleVersion, entry: int) -> Result | None:
        """Whether the rule has spoken already, as often as it may in the stay `entry`, or is
        still at it. Stops what waits of a rule that begins anew.
        """
        if self.order is None:
            return None
        mine = self._of(one)
        if self._has_spoken(one, mine, entry):
            return Result.ONCE
        is_running = any(run.state == rule_runs.WAITING for run in mine)
        mode = one.rule.options.mode
        if is_running and mode is Mode.SINGLE:
            return Result.RUNNING
        return None

    def begin_anew(self, one: RuleVersion) -> None:
        """What waits of a rule that restarts ends here."""
        if self.order is None or one.rule.options.mode is not Mode.RESTART:
            return
        if any(run.state == rule_runs.WAITING for run in self._of(one)):
            rule_runs.stop(
                self._at.connection,
                self.order.id,
                "restarted",
                self._at.now,
                rule_id=one.rule.id,
            )

    def must_queue(self, one: RuleVersion) -> bool:
        """Whether a further occasion has to wait for the one before it to end."""
        if one.rule.options.mode is not Mode.QUEUED:
            return False
        return any(run.state == rule_runs.WAITING for run in self._of(one))

    def _of(self, one: RuleVersion) -> list[rule_runs.Run]:
        if self.order is None:
            return []
        if self._runs is None:
            self._runs = rule_runs.of_order(self._at.connection, self.order.id)
        rule_id = one.rule.id
        return [run for run in self._runs if run.rule_id == rule_id and run.reason not in _UNSAID]

    def _has_spoken(self, one: RuleVersion, mine: list[rule_runs.Run], entry: int) -> bool:
        options = one.rule.options
        match options.once:
            case Once.ORDER:
                return bool(mine)
            case Once.ENTRY:
                return any(run.entry == entry for run in mine)
            case Once.CUSTOMER:
                return bool(mine) if self._is_unknown() else self._was_told(one)
            case Once.ALWAYS:
                return False

    def _is_unknown(self) -> bool:
        return self.order is None or self.order.people_id is None

    def _was_told(self, one: RuleVersion) -> bool:
        if self.order is None or self.order.people_id is None:
            return False
        last = rule_runs.last_of(self._at.connection, one.rule.id, self.order.people_id)
        return last is not None and self._at.now - last < one.rule.options.once_days * DAY_MS
