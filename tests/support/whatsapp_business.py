"""A stand-in for WhatsApp's Cloud API: a number with approved texts, and refusals by code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.support.providers import Provider, Request

TOKEN, PHONE_ID = "EAAG-secret-token", "106540352242922"
APPROVED = {("order_ready", "uk"): 1, ("order_on_its_way", "en"): 2}
REFUSED = {"15005550001": (400, 131026)}


@dataclass
class WhatsAppBusiness(Provider):
    """`faults` are the next refusals, (status, code); `taken` what was accepted."""

    faults: list[tuple[int, int]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)

    def is_known(self, request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {TOKEN}"

    def strangers(self) -> tuple[int, object]:
        return 401, _fault(190)

    def answer(self, request: Request) -> tuple[int, object]:
        if request.method != "POST" or request.path != f"/v23.0/{PHONE_ID}/messages":
            return 400, _fault(100)
        message = request.json
        fault = self.faults.pop(0) if self.faults else self._fault(message)
        if fault is not None:
            status, code = fault
            return status, _fault(code)
        self.taken.append(message)
        return 200, {
            "messaging_product": "whatsapp",
            "contacts": [{"input": message["to"], "wa_id": message["to"]}],
            "messages": [{"id": f"wamid.{len(self.taken)}", "message_status": "accepted"}],
        }

    def _fault(self, message: dict[str, Any]) -> tuple[int, int] | None:
        if message["messaging_product"] != "whatsapp" or message["type"] != "template":
            return 400, 131047
        template = message["template"]
        gaps = APPROVED.get((template["name"], template["language"]["code"]))
        if gaps is None:
            return 404, 132001
        (body,) = template["components"]
        texts = [parameter["text"] for parameter in body["parameters"]]
        if len(texts) != gaps or not all(texts):
            return 400, 132000
        if any("\n" in text or "    " in text for text in texts):
            return 400, 132012
        return REFUSED.get(message["to"])


def _fault(code: int) -> dict[str, Any]:
    return {
        "error": {
            "message": f"(#{code}) because of {TOKEN}",
            "type": "OAuthException",
            "code": code,
            "error_data": {"messaging_product": "whatsapp", "details": "as told"},
            "fbtrace_id": "Az8or2yhqkZfEZ-_4Qn_Bam",
        }
    }
