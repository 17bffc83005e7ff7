"""SMS Club (Ukraine): texts under a registered sender's name, delivery by asking.

The provider's own pages could not be read. Requests are those of its examples (smsclub/php,
folder `json_sms`), refusals and states those of its plugin (smsclub/wordpress_plugin, classes
`ErrorHandler` and `StatusHandler`), answers those of public callers, among them
sol-parts/symfony-smsclub-notifier. One of them knows of 453: the same text to the same number
within two minutes. Blind: there is no key, and 453 does not say whose text the first one was.
"""

from __future__ import annotations

from pos_app.channels import answers
from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import GATEWAY
from pos_app.channels.protocol import (
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
from pos_app.channels.setups import SmsClubSetup

_STATES = {
    "ENROUTE": SENT,
    "DELIVRD": DELIVERED,
    **dict.fromkeys(("EXPIRED", "UNDELIV", "REJECTD"), FAILED),
}
# Fields that a refusal names; any other name in it is the number.
_FIELDS = {"phone": "number_refused", "message": "text_refused"}
_DUPLICATE = 453


class SmsClub:
    """`secret` is the token from the account's profile."""

    declares = Declares.BLIND
    pace = GATEWAY

    def __init__(self, setup: SmsClubSetup, secret: str) -> None:
        self._sender = setup.sender
        self._url = setup.url.rstrip("/")
        headers = {"Authorization": f"Bearer {secret}"}
        self._session = GuardedSession(lan=setup.lan, headers=headers, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        wanted = {
            "src_addr": self._sender,
            "phone": [message.to.removeprefix("+")],
            "message": message.text,
        }
        try:
            answer = self._session.call("POST", f"{self._url}/sms/send", json=wanted)
        except CallFailed as failed:
            return answers.failure(failed)
        return _outcome(answer)

    def poll(self, provider_id: str) -> Report | None:
        wanted = {"id_sms": [provider_id]}
        try:
            answer = self._session.call("POST", f"{self._url}/sms/status", json=wanted)
        except CallFailed:
            return None
        info = answers.at(answers.decoded(answer.body), "success_request", "info")
        if answer.status != 200 or info is None:
            return None
        word = answers.text(answers.at(info, provider_id)).upper()
        return Report(_STATES.get(word, SENT), word.lower() if word in _STATES else "no_record")

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _outcome(answer: Answer) -> Outcome:
    if answer.status == _DUPLICATE:
        return GiveUp("duplicate")
    said = answers.at(answers.decoded(answer.body), "success_request")
    refusal = answers.refusal(answer)
    if refusal is not None:
        return refusal
    info = answers.at(said, "info")
    message_id = answers.text(next(iter(info), "")) if isinstance(info, dict) else ""
    if message_id:
        return Accepted(message_id)
    faults = answers.at(said, "add_info")
    return _refused(faults) if faults else Unknown("garbage", down=True)


def _refused(faults: object) -> Outcome:
    named = set(faults) if isinstance(faults, dict) else set()
    if "src_addr" in named:
        return RetryLater("sender_refused", down=True)
    for field, code in _FIELDS.items():
        if field in named:
            return GiveUp(code)
    return GiveUp("number_refused")
