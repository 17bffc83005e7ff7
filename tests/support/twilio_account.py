"""A stand-in for an account at Twilio: it queues, lists newest first, and refuses by its codes."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from pos_app.clock import Clock
from tests.support.providers import Provider, Request

ACCOUNT, TOKEN = f"AC{'0a' * 16}", "twilio-secret-token"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
SENDER = "+15005550006"
REFUSED = {"+15005550001": 21211, "+380000000000": 21610, "+15005550003": 21408}


@dataclass
class TwilioAccount(Provider):
    """`messages` are as the API tells them, oldest first. `clock` is Twilio's own."""

    clock: Clock = field(kw_only=True)
    messages: list[dict[str, Any]] = field(default_factory=list)
    prefix: str = ""
    hides: int = 0

    def is_known(self, request: Request) -> bool:
        wanted = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        return request.headers.get("authorization") == f"Basic {wanted}"

    def strangers(self) -> tuple[int, object]:
        return 401, _fault(401, 20003)

    def answer(self, request: Request) -> tuple[int, object]:
        if request.method == "POST" and request.path == f"{PATH}.json":
            return self._take(request.form)
        if request.path == f"{PATH}.json":
            return 200, self._page(request.query)
        for message in self.messages:
            if request.path == f"{PATH}/{message['sid']}.json":
                return 200, message
        return 404, _fault(404, 20404)

    def tell(self, status: str, error: int | None = None) -> None:
        """The newest message goes on to `status`."""
        self.messages[-1] |= {"status": status, "error_code": error}
        if status not in {"accepted", "queued"}:
            self.messages[-1]["date_sent"] = self._now()

    def add(self, to: str, body: str, direction: str = "outbound-api") -> dict[str, Any]:
        """A message in the list, however it came there."""
        sid = f"SM{len(self.messages):032x}"
        message: dict[str, Any] = {
            "sid": sid,
            "account_sid": ACCOUNT,
            "api_version": "2010-04-01",
            "to": to,
            "from": SENDER,
            "body": f"{self.prefix}{body}",
            "status": "queued",
            "direction": direction,
            "date_created": self._now(),
            "date_updated": self._now(),
            "date_sent": None,
            "error_code": None,
            "error_message": None,
            "num_segments": "1",
            "num_media": "0",
            "price": None,
            "price_unit": None,
            "messaging_service_sid": None,
            "uri": f"{PATH}/{sid}.json",
            "subresource_uris": {},
        }
        self.messages.append(message)
        return message

    def _now(self) -> str:
        return format_datetime(datetime.fromtimestamp(self.clock.now() / 1000, UTC))

    def _take(self, form: dict[str, str]) -> tuple[int, object]:
        number = form["To"].removeprefix("whatsapp:")
        if number in REFUSED:
            return 400, _fault(400, REFUSED[number])
        if "From" not in form and "MessagingServiceSid" not in form:
            return 400, _fault(400, 21603)
        if form.get("From") == "+15005550007":
            return 400, _fault(400, 21606)
        if "ContentSid" in form:
            return 201, self.add(form["To"], f"Approved: {form['ContentVariables']}")
        return (201, self.add(form["To"], form["Body"])) if "Body" in form else (400, _fault(400))

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        seen = self.messages[: len(self.messages) - self.hides]
        fitting = [one for one in reversed(seen) if one["to"] == query["To"]]
        size, page = int(query.get("PageSize", "50")), int(query.get("Page", "0"))
        more = {"To": query["To"], "PageSize": size, "Page": page + 1, "PageToken": "PAx"}
        last = (page + 1) * size >= len(fitting)
        return {
            "messages": fitting[page * size : (page + 1) * size],
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": max(page * size, min(len(fitting), (page + 1) * size) - 1),
            "uri": f"{PATH}.json",
            "first_page_uri": f"{PATH}.json?Page=0",
            "next_page_uri": None if last else f"{PATH}.json?{urlencode(more)}",
        }


def _fault(status: int, code: int = 21602) -> dict[str, Any]:
    return {
        "code": code,
        "message": f"The number in '{TOKEN}' is wrong",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }
