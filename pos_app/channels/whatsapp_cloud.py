"""WhatsApp's own Cloud API: approved texts from the shop's business number.

A guest who has not written in the last 24 hours may only be sent approved texts, and the till
cannot know who has: it sends nothing else. Blind: no key, no list to look in. What became of a
message is told only to a web hook, so for the till it stays `sent` for ever; our id travels along
(`biz_opaque_callback_data`) for whoever listens there.
"""

from __future__ import annotations

from pos_app.channels import answers
from pos_app.channels.approved import ApprovedText, chosen, filled
from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import WHATSAPP
from pos_app.channels.protocol import (
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
from pos_app.channels.setups import WhatsAppSetup

PAIR_PAUSE_S = 60.0
"""How long a number is left alone that has just had too much from us; the API names no time."""

# https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
_DOWN = {
    **dict.fromkeys((0, 3, 10, 190, 131005), "credentials"),
    **dict.fromkeys((4, 80007, 130429), "busy"),
    131048: "spam_limit",
    **dict.fromkeys((368, 131031), "account_blocked"),
    131042: "no_credit",
    **dict.fromkeys((33, 131045, 133010), "sender_refused"),
    **dict.fromkeys((2, 131016, 131057, 133004), "gateway_error"),
}
_NEVER = {
    **dict.fromkeys((131021, 131026, 131030), "number_refused"),
    131050: "unsubscribed",
    **dict.fromkeys((130472, 131049), "withheld"),
    130497: "country_refused",
    131047: "window_closed",
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132015, 132016), "template_refused"),
}
_UNKNOWN = {1, 131000}
_PERMISSIONS = range(200, 300)
_PAIR_RATE = 131056


class WhatsAppCloud:
    """`secret` is the access token of a system user."""

    declares = Declares.BLIND
    pace = WHATSAPP
    tells_delivery = False

    def __init__(self, setup: WhatsAppSetup, secret: str) -> None:
        self._approved = setup.approved
        self._url = f"{setup.url.rstrip('/')}/{setup.version}/{setup.phone_number_id}/messages"
        headers = {"Authorization": f"Bearer {secret}"}
        self._session = GuardedSession(lan=setup.lan, headers=headers, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        approved = chosen(self._approved, message)
        if approved is None:
            return GiveUp("no_template")
        try:
            answer = self._session.call("POST", self._url, json=_wanted(approved, message))
        except CallFailed as failed:
            return answers.failure(failed)
        return _outcome(answer)

    def poll(self, provider_id: str) -> Report | None:
        """It was taken, and more is never learnt here."""
        return Report(SENT, "", provider_id)

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _wanted(approved: ApprovedText, message: OutgoingText) -> dict[str, object]:
    gaps = [{"type": "text", "text": gap} for gap in filled(approved, message)]
    template: dict[str, object] = {
        "name": approved.name,
        "language": {"code": approved.code or message.language},
    }
    if gaps:
        template["components"] = [{"type": "body", "parameters": gaps}]
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": message.to.removeprefix("+"),
        "type": "template",
        "template": template,
        "biz_opaque_callback_data": message.uid,
    }


def _outcome(answer: Answer) -> Outcome:
    said = answers.decoded(answer.body)
    if 200 <= answer.status < 300:
        wamid = answers.text(answers.at(said, "messages", 0, "id"))
        return Accepted(wamid) if wamid else Unknown("garbage", down=True)
    code = answers.number(answers.at(said, "error", "code"))
    if code is None:
        return answers.refusal(answer) or Unknown("garbage")
    return _refused(code, answers.wait_s(answer)) or answers.refusal(answer) or Unknown("garbage")


def _refused(code: int, wait_s: float | None) -> Outcome | None:
    if code == _PAIR_RATE:
        return RetryLater("pair_rate", wait_s or PAIR_PAUSE_S, for_number=True)
    if code in _PERMISSIONS:
        return RetryLater("credentials", wait_s, down=True)
    if code in _DOWN:
        return RetryLater(_DOWN[code], wait_s, down=True)
    if code in _NEVER:
        return GiveUp(_NEVER[code])
    return Unknown("gateway_error") if code in _UNKNOWN else None
