"""How a try ended, written to the text's row, its attempt and the journal: all under the fence.

What a holder without the lease wants to write any more changes nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

from pos_app.automation.texts import sms_parts
from pos_app.channels.protocol import RetryLater
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk.transaction import Transaction
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.delivery import record
from pos_app.store import sending
from pos_app.store.messages import Message

FIRST_ASKED_MS = 5 * SECOND_MS


class Ledger:
    """Records under one fence. Every method runs inside the caller's short transaction."""

    def __init__(self, fence: int) -> None:
        self._fence = fence

    def accepted(self, act: Transaction, message: Message, text: str, provider_id: str) -> bool:
        """The gateway has it; False when the claim is no longer ours."""
        practice = act.setup.identity.practice
        is_ours = self._close(
            act,
            message,
            "accepted",
            "",
            state="sent",
            reason="practice" if practice else "",
            provider_id=provider_id[:128],
            sent_at=act.now,
            text_hash=hashlib.sha256(text.encode()).hexdigest(),
            parts=sms_parts(text),
            next_try_at=sending.NEVER if practice else Instant(act.now + FIRST_ASKED_MS),
        )
        if is_ours:
            record(act, "message_sent", message)
        return is_ours

    def postponed(self, act: Transaction, message: Message, later: RetryLater) -> None:
        """It was not taken: it waits again, and can be undone again."""
        pause_s = later.after_s
        if pause_s is None:
            pause_s = _pause_s(message, down=later.down)
        again = _after(act.now, pause_s)
        self._close(
            act, message, "retry", later.code, state="waiting", reason=later.code, next_try_at=again
        )

    def unknown(self, act: Transaction, message: Message, code: str, *, down: bool = False) -> None:
        """It may have left. It stays `sending`: an undo must not pretend that nothing has."""
        again = _after(act.now, _pause_s(message, down=down))
        self._close(act, message, "unknown", code, next_try_at=again)

    def absent(self, act: Transaction, message: Message) -> None:
        """The gateway never had it: it waits again."""
        self._close(act, message, "absent", "", state="waiting", next_try_at=act.now)

    def settled(self, act: Transaction, message: Message, state: str, code: str) -> None:
        """The text's way ends here, in `state`."""
        if self._close(act, message, state, code, state=state, reason=code, settled_at=act.now):
            record(act, f"message_{state}", message, code)

    def _close(
        self, act: Transaction, message: Message, outcome: str, code: str, **values: Any
    ) -> bool:
        return sending.settle(
            act.connection,
            message.id,
            self._fence,
            act.now,
            outcome=outcome[:16],
            code=code[:64],
            **values,
        )


def _pause_s(message: Message, *, down: bool) -> float:
    # When the gateway as a whole is down, the lane itself waits.
    return 0.0 if down else delay_s(message.tries + 1)


def _after(now: Instant, seconds: float) -> Instant:
    return Instant(now + round(seconds * SECOND_MS))
