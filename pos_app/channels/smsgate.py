"""SMS Gateway for Android: a phone with the shop's own SIM sends the texts.

Keyed: our id goes with the message, and a second one with the same id is answered 409.
"""

from __future__ import annotations

import re

import msgspec
from requests.auth import HTTPBasicAuth

from pos_app.channels.answers import UNREADABLE, text, wait_s
from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import ANDROID_PHONE
from pos_app.channels.protocol import (
    ABSENT,
    DELIVERED,
    FAILED,
    SENT,
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.clock import iso

_STATES = {
    "Pending": SENT,
    "Processed": SENT,
    "Sent": SENT,
    "Delivered": DELIVERED,
    "Failed": FAILED,
}
# Answers that concern the gateway as a whole, not this one text.
_DOWN = {
    401: "credentials",
    403: "credentials",
    404: "no_gateway_there",
    405: "no_gateway_there",
    429: "busy",
    502: "gateway_error",
    503: "queue_full",
    504: "gateway_error",
}
_CODE = re.compile(r"[A-Z][A-Z_]{2,60}", re.ASCII)


class _Recipient(msgspec.Struct, frozen=True):
    error: str | None = None


class _State(msgspec.Struct, frozen=True):
    id: str
    state: str
    recipients: list[_Recipient] = []


class SmsGate:
    """`url` is the gateway's base address; `lan` as ticked by a manager."""

    declares = Declares.KEYED
    pace = ANDROID_PHONE

    def __init__(self, url: str, username: str, password: str, *, lan: bool) -> None:
        self._url = url.rstrip("/")
        auth = HTTPBasicAuth(username.encode(), password.encode())
        self._session = GuardedSession(lan=lan, auth=auth)

    def send(self, message: OutgoingText) -> Outcome:
        wanted = {
            "id": message.uid,
            "textMessage": {"text": message.text},
            "phoneNumbers": [message.to],
            "validUntil": iso(message.not_after).replace("+00:00", "Z"),
            "withDeliveryReport": True,
        }
        try:
            answer = self._session.call("POST", f"{self._url}/messages", json=wanted)
        except CallFailed as failed:
            if failed.not_sent:
                return RetryLater(failed.code, down=True)
            return Unknown(failed.code, down=True)
        return _outcome(answer, message.uid)

    def poll(self, provider_id: str) -> Report | None:
        try:
            answer = self._session.call("GET", f"{self._url}/messages/{provider_id}")
        except CallFailed:
            return None
        if answer.status == 404:
            return Report(ABSENT)
        return _report(answer.body) if answer.status == 200 else None

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _outcome(answer: Answer, uid: str) -> Outcome:
    status = answer.status
    if status == 409:
        return Accepted(uid)
    if 200 <= status < 300:
        return _taken(answer.body, uid)
    if status in _DOWN:
        return RetryLater(_DOWN[status], wait_s(answer), down=True)
    if 300 <= status < 400:
        return RetryLater("redirect", down=True)
    if status >= 500:
        return Unknown("gateway_error")
    return GiveUp("rejected")


def _taken(body: bytes, uid: str) -> Outcome:
    try:
        return Accepted(text(msgspec.json.decode(body, type=_State).id) or uid)
    except UNREADABLE:
        # A sign-in page of a hotspot also answers 200: the next try finds out.
        return Unknown("garbage", down=True)


def _report(body: bytes) -> Report | None:
    try:
        found = msgspec.json.decode(body, type=_State)
    except UNREADABLE:
        return None
    state = _STATES.get(found.state)
    if state is None:
        return None
    return Report(state, _reason(found) if state == FAILED else found.state.lower())


def _reason(found: _State) -> str:
    """The phone's own code; its free words stay outside (they may hold a number)."""
    for recipient in found.recipients:
        code = _CODE.search(recipient.error or "")
        if code is not None:
            return code.group().lower()
    return "not_sent_by_phone"
