"""Outgoing webhooks: a program that the manager named is told of each order, signed.

The event's id goes with every try, so a receiver can drop what it has had: whatever has no sure
answer is tried again. `retrying.wait_ms` says when, and when it is enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.protocol import Accepted, GiveUp, Outcome, RetryLater
from pos_app.channels.retrying import asked_s
from pos_app.channels.setups_direct import WebhookSetup
from pos_app.channels.webhook_signing import secret_bytes, signed
from pos_app.clock import Clock

GONE = "disabled"
_AGENT = "Orderbell-Webhooks/1"


class Webhook:
    """One receiver. `secrets` are `whsec_…` texts, the newest first. Raises BadInput for others."""

    def __init__(self, setup: WebhookSetup, secrets: Sequence[str], clock: Clock) -> None:
        self._url = setup.url
        self._keys = [secret_bytes(secret) for secret in secrets]
        self._clock = clock
        self._session = GuardedSession(lan=setup.lan)

    def deliver(self, uid: str, body: bytes) -> Outcome:
        """One try of the event `uid`. `GiveUp("disabled")`: the receiver wants no more at all."""
        now = self._clock.now()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": _AGENT,
            **signed(uid, body, self._keys, now),
        }
        try:
            answer = self._session.call("POST", self._url, body=body, headers=headers)
        except CallFailed as failed:
            if failed.code == "answer_too_long":
                # Nobody reads more than the status; whether it was taken, the next try asks.
                return RetryLater("garbage")
            return RetryLater(failed.code, down=True)
        return _outcome(answer, uid, asked_s(answer.headers, now))

    def cut(self) -> None:
        """End a call that another thread has running."""
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _outcome(answer: Answer, uid: str, after_s: float | None) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        return Accepted(uid)
    if status == 410:
        return GiveUp(GONE)
    if status == 429:
        return RetryLater("busy", after_s, down=True)
    if 300 <= status < 400:
        return RetryLater("redirect")
    if status in (502, 503, 504):
        return RetryLater("gateway_error", after_s, down=True)
    return RetryLater("gateway_error" if status >= 500 else "rejected", after_s)
