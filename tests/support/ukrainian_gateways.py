"""Stand-ins for TurboSMS and SMS Club, by what their public callers send and understand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.support.providers import Provider, Request

TURBO_TOKEN, CLUB_TOKEN = "turbo-secret-token", "club-secret-token"
SENDER = "Trattoria"
_TURBO_REFUSED = {
    "0": (305, "INVALID_PHONE"),
    "15005550001": (406, "NOT_ALLOWED_RECIPIENT_COUNTRY"),
    "380000000000": (404, "NOT_ALLOWED_NUMBER_STOPLIST"),
}


@dataclass
class TurboSmsSite(Provider):
    """`faults` are the next refusals of a whole request, (status, code)."""

    faults: list[tuple[int, int]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def is_known(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {TURBO_TOKEN}"

    def strangers(self) -> tuple[int, object]:
        return 401, _turbo(301, f"INVALID_TOKEN {TURBO_TOKEN}")

    def answer(self, request: Request) -> tuple[int, object]:
        if self.faults:
            status, code = self.faults.pop(0)
            return status, _turbo(code, "AS_TOLD")
        if request.path == "/message/send.json":
            return self._take(request.json)
        if request.path == "/message/status.json":
            return 200, _turbo(0, "OK", [self._state(one) for one in request.json["messages"]])
        return 404, {}

    def _take(self, wanted: dict[str, Any]) -> tuple[int, object]:
        (number,), sms = wanted["recipients"], wanted["sms"]
        if not number.isdigit():
            return 200, _turbo(300, "INVALID_REQUEST")
        if sms["sender"] != SENDER:
            return 200, _turbo(302, "INVALID_MESSAGE_SENDER")
        if number in _TURBO_REFUSED:
            code, word = _TURBO_REFUSED[number]
            one = {
                "phone": number,
                "response_code": code,
                "message_id": None,
                "response_status": word,
            }
            return 200, _turbo(802, "SUCCESS_MESSAGE_PARTIAL_ACCEPTED", [one])
        message_id = f"f83f8868-5e46-c6cf-e4fb-{len(self.taken):012x}"
        self.taken[message_id] = sms["text"]
        self.states[message_id] = "Queued"
        one = {
            "phone": number,
            "response_code": 0,
            "message_id": message_id,
            "response_status": "OK",
        }
        return 200, _turbo(800, "SUCCESS_MESSAGE_ACCEPTED", [one])

    def _state(self, message_id: str) -> dict[str, Any]:
        if message_id not in self.states:
            return {
                "message_id": message_id,
                "response_code": 414,
                "response_status": "NOT_ALLOWED_MESSAGE_ID",
            }
        return {
            "message_id": message_id,
            "response_code": 0,
            "recipient": "380671234567",
            "sent": None,
            "updated": "2026-11-28 18:27:34",
            "status": self.states[message_id],
            "type": "sms",
            "response_status": "OK",
        }


@dataclass
class SmsClubSite(Provider):
    """The same text to the same number is refused with 453, as within its two minutes."""

    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def is_known(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {CLUB_TOKEN}"

    def answer(self, request: Request) -> tuple[int, object]:
        wanted = request.json
        if request.path == "/sms/status":
            # An empty table of PHP travels as a list.
            known = {one: self.states[one] for one in wanted["id_sms"] if one in self.states}
            return 200, {"success_request": {"info": known or []}}
        if request.path != "/sms/send":
            return 404, {}
        return self._take(wanted)

    def _take(self, wanted: dict[str, Any]) -> tuple[int, object]:
        (number,), text = wanted["phone"], wanted["message"]
        if wanted["src_addr"] != SENDER:
            return 200, {"success_request": {"add_info": {"src_addr": "Invalid sender"}}}
        if not (number.isdigit() and number.startswith("380")):
            return 200, {"success_request": {"info": [], "add_info": {number: "Invalid number"}}}
        if (number, text) in self.taken.values():
            return 453, {"status": 453, "message": "Duplicate"}
        message_id = str(803_253_430 + len(self.taken))
        self.taken[message_id] = (number, text)
        self.states[message_id] = "ENROUTE"
        return 200, {"success_request": {"info": {message_id: number}}}


def _turbo(code: int, word: str, result: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"response_code": code, "response_status": word, "response_result": result}
