"""How a try ended, written to the text's row, its attempt and the journal: all under the fence.

What a holder without the lease wants to write any more changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos_app.channels.protocol import RetryLater
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk import legs
from pos_app.desk.transaction import Transaction
from pos_app.domain import cascade
from pos_app.lanes import gate
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.delivery import record, take_report, told
from pos_app.store import sending, spend, tries
from pos_app.store.messages import Message

FIRST_ASKED_MS = 5 * SECOND_MS
SETTLES_S = 15.0
PASSED_ON = "message_passed_on"


class Ledger:
    """Records under one fence, in the name of the way that `way` says.

    Every method runs inside the caller's short transaction.
    """

    def __init__(self, fence: int, way: Callable[[], str]) -> None:
        self._fence = fence
        self._way = way

    def accepted(
        self, act: Transaction, message: Message, provider_id: str, *, tells_delivery: bool = True
    ) -> bool:
        """The gateway has it; False when the claim is no longer ours.

        Where nobody ever tells of a delivery the guest counts as told.
        """
        practice = act.setup.identity.practice
        is_asked = tells_delivery and not practice
        is_ours = self._close(
            act,
            message,
            tries.TAKEN,
            "",
            state="sent",
            reason="practice" if practice else "",
            provider_id=provider_id[:128],
            sent_at=act.now,
            cost=self._pay(act, message),
            next_try_at=Instant(act.now + FIRST_ASKED_MS) if is_asked else sending.NEVER,
        )
        if is_ours:
            self._book(act, message)
            record(act, "message_sent", message)
            if not is_asked:
                told(act, message)
        return is_ours

    def reported(self, act: Transaction, message: Message, state: str, code: str) -> bool:
        """A delivery report of a text that the gateway has; False when it said nothing new."""
        return take_report(act, message, state, code)

    def _pay(self, act: Transaction, message: Message) -> int:
        return gate.cost_of(act, message.channel, max(1, message.parts), self._way())

    def _book(self, act: Transaction, message: Message) -> None:
        """What it has cost, in the month it left. Practice costs nothing and is not counted."""
        if act.setup.identity.practice:
            return
        spend.add(
            act.connection,
            gate.month_of(act),
            message.channel,
            message.about,
            parts=max(1, message.parts),
            cost=self._pay(act, message),
        )

    def postponed(
        self, act: Transaction, message: Message, later: RetryLater, *, by_others: bool = False
    ) -> None:
        """It was not taken: it waits again, and can be undone again.

        `by_others`: another way may take it, so it does not wait for one that takes nothing now.
        """
        pause_s = 0.0 if by_others and later.down else later.after_s
        if pause_s is None:
            pause_s = _pause_s(message, down=later.down)
        again = _after(act.now, pause_s)
        self._close(
            act, message, "retry", later.code, state="waiting", reason=later.code, next_try_at=again
        )

    def passed_on(self, act: Transaction, message: Message, code: str) -> None:
        """This way never takes it and has surely not: it waits for another one."""
        if self._close(
            act, message, tries.REFUSED, code, state="waiting", reason=code, next_try_at=act.now
        ):
            record(act, PASSED_ON, message, code)

    def passed_by(self, act: Transaction, message: Message, code: str) -> None:
        """This way does not even try it: no room in time, or too dear. Another one may."""
        if tries.pass_by(act.connection, message.id, self._fence, self._way(), code, act.now):
            record(act, PASSED_ON, message, code)

    def unknown(
        self,
        act: Transaction,
        message: Message,
        code: str,
        *,
        down: bool = False,
        settles: bool = False,
    ) -> None:
        """It may have left. It stays `sending`: an undo must not pretend that nothing has.

        `settles`: it will be looked for, and only what has had time to arrive can be missing.
        """
        pause_s = _pause_s(message, down=down)
        again = _after(act.now, max(pause_s, SETTLES_S) if settles else pause_s)
        self._close(act, message, "unknown", code, next_try_at=again)

    def absent(self, act: Transaction, message: Message) -> None:
        """The gateway never had it: it waits again."""
        self._close(act, message, "absent", "", state="waiting", next_try_at=act.now)

    def settled(self, act: Transaction, message: Message, state: str, code: str) -> None:
        """The text's way ends here, in `state`; its next leg begins when that can tell the guest.

        An uncertain one counts as if it had left: it may have, and then it has cost something.
        """
        perhaps = {"sent_at": act.now, "cost": self._pay(act, message)}
        more = perhaps if state == "uncertain" else {}
        if not self._close(
            act, message, state, code, state=state, reason=code, settled_at=act.now, **more
        ):
            return
        if more:
            self._book(act, message)
        record(act, f"message_{state}", message, code)
        if cascade.ends_leg(state, code):
            legs.follow(act, message)

    def _close(
        self, act: Transaction, message: Message, outcome: str, code: str, **values: Any
    ) -> bool:
        return sending.settle(
            act.connection,
            message.id,
            self._fence,
            act.now,
            outcome=outcome[:16],
            code=tries.written(self._way(), code),
            **values,
        )


def _pause_s(message: Message, *, down: bool) -> float:
    # When the gateway as a whole is down, the lane itself waits.
    return 0.0 if down else delay_s(message.tries + 1)


def _after(now: Instant, seconds: float) -> Instant:
    return Instant(now + round(seconds * SECOND_MS))
