"""Web push: a guest's browser is told even when the page is closed. No account, no app.

Blind: a push service knows no ids. The page's worker shows one text per order, the newest, so one
that was repeated by a person does little harm. No link travels: the worker belongs to one page.
"""

from __future__ import annotations

import msgspec

from pos_app.channels import vapid
from pos_app.channels.guard import Answer, CallFailed, GuardedSession, check_url
from pos_app.channels.pace import UNLIMITED
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.push_sealing import Subscription, sealed, subscription
from pos_app.channels.retrying import asked_s
from pos_app.channels.setups_direct import PushSetup
from pos_app.clock import Clock, Instant

# What a guest waits for beside the door; the rest may wait until the phone wakes by itself.
_URGENT = frozenset({"ready", "on_the_way", "not_ready_yet"})
# 403: subscribed under another key of the shop, which nothing mends here.
_FINAL = {403: "wrong_key", 404: "gone", 410: "gone", 413: "too_long"}
# 401: such as a clock that is hours wrong.
_LATER = {401: "credentials", 429: "busy", 503: "busy"}
_LONGEST_TTL_S = 28 * 86_400


class _Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the page's service worker gets."""

    title: str
    body: str
    language: str = ""


class Push:
    """`key` is that of `vapid.new_key`. Raises ValueError for another."""

    declares = Declares.BLIND
    tells_delivery = False
    pace = UNLIMITED

    def __init__(self, setup: PushSetup, key: bytes, clock: Clock) -> None:
        self._contact = setup.contact
        self._key = vapid.private_key(key)
        self._clock = clock
        self._session = GuardedSession(lan=setup.lan, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        now = self._clock.now()
        if now >= message.not_after:
            return GiveUp("expired")
        try:
            to = subscription(message.to)
            check_url(to.endpoint)
        except (ValueError, CallFailed):
            return GiveUp("bad_address")
        try:
            body = sealed(_content(message), to)
        except UnicodeError:
            return GiveUp("bad_text")
        except ValueError:
            return GiveUp("too_long")
        return self._handed_over(message, to, body, now)

    def poll(self, provider_id: str) -> Report | None:  # noqa: ARG002 - as the protocol has it
        """A push service tells nothing of what became of a text."""
        return None

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()

    def _handed_over(
        self, message: OutgoingText, to: Subscription, body: bytes, now: Instant
    ) -> Outcome:
        headers = {
            "Authorization": vapid.authorization(to.endpoint, self._contact, self._key, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(min((message.not_after - now) // 1000, _LONGEST_TTL_S)),
            "Urgency": "high" if message.about in _URGENT else "normal",
        }
        try:
            answer = self._session.call("POST", to.endpoint, body=body, headers=headers)
        except CallFailed as failed:
            return _failed(failed)
        return _outcome(answer, message.uid, asked_s(answer.headers, now))


def _content(message: OutgoingText) -> bytes:
    return msgspec.json.encode(_Shown(message.subject, message.text, message.language))


def _failed(failed: CallFailed) -> Outcome:
    # Each guest's browser has a service of its own: one that is down says nothing of the others.
    if failed.code in ("bad_address", "user_in_address", "not_https", "address_not_allowed"):
        return GiveUp("bad_address")
    return RetryLater(failed.code) if failed.not_sent else Unknown(failed.code)


def _outcome(answer: Answer, uid: str, after_s: float | None) -> Outcome:
    status = answer.status
    if 200 <= status < 300:
        return Accepted(uid)
    if status in _FINAL:
        return GiveUp(_FINAL[status])
    if status in _LATER:
        return RetryLater(_LATER[status], after_s)
    if 300 <= status < 400:
        return RetryLater("redirect")
    return Unknown("gateway_error") if status >= 500 else GiveUp("rejected")
