"""TurboSMS (Ukraine): texts under a registered sender's name, delivery by asking.

The provider's own pages could not be read. The shape is that of public callers, which agree:
daaner/turbosms (all codes, `message/send.json`, `message/status.json`), the tests of Symfony's
TurboSms notifier and of RomanStruk/sms-notify (answers), eduard-romaniuk's starter (addresses). A
single one sends a `sequence_id` and understands 507, “duplicate”: too little to rely on, so the
key is not sent, this way out is blind, and a 507 is only believed with an id in it.
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
from pos_app.channels.setups import TurboSmsSetup

_OK, _TAKEN, _DUPLICATE = 0, range(800, 804), 507
_DOWN = {
    **dict.fromkeys((103, 105, 106, 301), "credentials"),
    203: "no_credit",
    **dict.fromkeys((200, 302, 400, 401, 415), "sender_refused"),
}
_NEVER = {
    **dict.fromkeys((202, 305), "number_refused"),
    404: "unsubscribed",
    406: "country_refused",
    **dict.fromkeys((201, 304, 412, 413), "text_refused"),
}
# It broke while at work: whether the text had left by then is not said.
_UNKNOWN = {500, 501, 503, 507, 999}
_STATES = {
    **dict.fromkeys(("queued", "accepted", "sent", "in queue", "in process", "unknown"), SENT),
    **dict.fromkeys(("delivered", "read", "delivrd"), DELIVERED),
    **dict.fromkeys(
        ("undelivered", "rejected", "expired", "failed", "cancelled", "undeliv", "rejectd"), FAILED
    ),
}


class TurboSms:
    """`secret` is the token of the account's HTTP interface."""

    declares = Declares.BLIND
    pace = GATEWAY

    def __init__(self, setup: TurboSmsSetup, secret: str) -> None:
        self._sender = setup.sender
        self._url = setup.url.rstrip("/")
        headers = {"Authorization": f"Bearer {secret}"}
        self._session = GuardedSession(lan=setup.lan, headers=headers, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        wanted = {
            "recipients": [message.to.removeprefix("+")],
            "sms": {"sender": self._sender, "text": message.text},
        }
        try:
            answer = self._session.call("POST", f"{self._url}/message/send.json", json=wanted)
        except CallFailed as failed:
            return answers.failure(failed)
        return _outcome(answer)

    def poll(self, provider_id: str) -> Report | None:
        if not provider_id:
            # It was taken without an id of its own: more is never learnt.
            return Report(SENT)
        try:
            answer = self._session.call(
                "POST", f"{self._url}/message/status.json", json={"messages": [provider_id]}
            )
        except CallFailed:
            return None
        return _report(answers.decoded(answer.body), provider_id) if answer.status == 200 else None

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _outcome(answer: Answer) -> Outcome:
    said = answers.decoded(answer.body)
    whole = answers.number(answers.at(said, "response_code"))
    if whole is None:
        return answers.refusal(answer) or Unknown("garbage", down=True)
    one = answers.at(said, "response_result", 0)
    code = answers.number(answers.at(one, "response_code"))
    message_id = answers.text(answers.at(one, "message_id"))
    if whole in (_OK, *_TAKEN, _DUPLICATE) and code == _OK and message_id:
        return Accepted(message_id)
    if whole in (_OK, *_TAKEN) and code:
        return _refused(code)
    if whole in _TAKEN:
        return Accepted(message_id)
    # “OK” without a word about our text is no yes.
    return Unknown("garbage") if whole == _OK else _refused(whole)


def _refused(code: int) -> Outcome:
    if code in _DOWN:
        return RetryLater(_DOWN[code], down=True)
    if code in _UNKNOWN:
        return Unknown("gateway_error")
    return GiveUp(_NEVER.get(code, "rejected"))


def _report(said: object, provider_id: str) -> Report | None:
    items = answers.at(said, "response_result")
    for item in items if isinstance(items, list) else ():
        if answers.at(item, "message_id") == provider_id:
            word = answers.text(answers.at(item, "status")).lower()
            state = _STATES.get(word, SENT)
            return Report(state, word.replace(" ", "_") if word in _STATES else "no_record")
    return None
