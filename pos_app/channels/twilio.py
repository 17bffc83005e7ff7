"""Twilio: texts and WhatsApp messages through its account, delivery by asking.

Findable: there is no key that makes a second try safe, so a try without a known end is looked for
in the account's own list. The list is read without its date filter, which asks for the time of
sending: what still waits in Twilio's queue has none and would seem never to have come.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

from requests.auth import HTTPBasicAuth

from pos_app.channels import answers, forms
from pos_app.channels.approved import ApprovedText, chosen, filled
from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import LONG_CODE, WHATSAPP
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
from pos_app.channels.setups import TwilioSetup
from pos_app.clock import MINUTE_MS, SECOND_MS, Clock, Instant

SETTLES_MS = MINUTE_MS
"""So long after a try a message that is not in the list may still come."""
_CLOCKS_DIFFER_MS = 10 * MINUTE_MS
_LONGEST_VALIDITY_S = 36_000
_PAGE, _PAGES = 20, 5

_STATES = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), SENT),
    "partially_delivered": SENT,
    "delivered": DELIVERED,
    "read": DELIVERED,
    **dict.fromkeys(("undelivered", "failed", "canceled"), FAILED),
}
# https://www.twilio.com/docs/api/errors: those that a shop meets, by what they mean for it.
_NUMBER_REFUSED = {21211, 21214, 21217, 21265, 21266, 21614, 63024}
_SENDER_REFUSED = {21212, 21602, 21603, 21606, 21608, 21659, 21660, 21661, 21701, 21703, 21705}
_TEMPLATE_REFUSED = {21655, 21656, 21657, 63016, 63027, 63028, 63040, 63041, 63042}
_UNSUBSCRIBED, _COUNTRY_REFUSED, _QUEUE_FULL = 21610, 21408, 21611
_SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}", re.ASCII)


class Twilio:
    """`secret` is the account's token, or that of the API key named in the setup."""

    declares = Declares.FINDABLE

    def __init__(self, setup: TwilioSetup, secret: str, clock: Clock) -> None:
        self._setup = setup
        self.pace = WHATSAPP if setup.whatsapp else LONG_CODE
        self._clock = clock
        self._account = f"/2010-04-01/Accounts/{setup.account_sid}/Messages"
        self._url = setup.url.rstrip("/")
        user = setup.key_sid or setup.account_sid
        auth = HTTPBasicAuth(user.encode(), secret.encode())
        self._session = GuardedSession(lan=setup.lan, auth=auth)

    def send(self, message: OutgoingText) -> Outcome:
        left_s = (message.not_after - self._clock.now()) // SECOND_MS
        if left_s < 1:
            return GiveUp("too_late")
        form = {
            "To": self._spelt(message.to),
            **self._sender(),
            **self._content(message),
            "ValidityPeriod": str(min(left_s, _LONGEST_VALIDITY_S)),
        }
        try:
            answer = self._session.call(
                "POST",
                f"{self._url}{self._account}.json",
                body=forms.encoded(form),
                headers=forms.HEADERS,
            )
        except CallFailed as failed:
            return answers.failure(failed)
        return _outcome(answer)

    def poll(self, provider_id: str) -> Report | None:
        if not _SID.fullmatch(provider_id):
            # Our own id: nothing can be asked for by it, and “not found” would be a lie.
            return None
        address = f"{self._url}{self._account}/{provider_id}.json"
        try:
            answer = self._session.call("GET", address)
        except CallFailed:
            return None
        if answer.status == 404:
            # It had the message, or there would be no such id; it has been deleted since.
            return Report(SENT, "no_record", provider_id)
        return _report(answers.decoded(answer.body)) if answer.status == 200 else None

    def find(self, message: OutgoingText, since: Instant) -> Report | None:
        since = Instant(since - _CLOCKS_DIFFER_MS)
        found, others = [], 0
        try:
            for item in self._listed(message, since):
                if self._is_it(item, message):
                    found.append(item)
                else:
                    others += 1
        except (CallFailed, LookupError):
            return None
        if len(found) == 1:
            return _report(found[0])
        is_early = self._clock.now() < since + _CLOCKS_DIFFER_MS + SETTLES_MS
        # How an approved text reads in the end is known only to who approved it.
        is_unsure = bool(others) and self._approved(message) is not None
        return None if found or is_early or is_unsure else Report(ABSENT)

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()

    def _spelt(self, number: str) -> str:
        return f"whatsapp:{number}" if self._setup.whatsapp else number

    def _sender(self) -> dict[str, str]:
        if self._setup.sender.startswith("MG"):
            return {"MessagingServiceSid": self._setup.sender}
        return {"From": self._spelt(self._setup.sender)}

    def _approved(self, message: OutgoingText) -> ApprovedText | None:
        return chosen(self._setup.approved, message) if self._setup.whatsapp else None

    def _content(self, message: OutgoingText) -> dict[str, str]:
        approved = self._approved(message)
        if approved is not None:
            gaps = {str(place): gap for place, gap in enumerate(filled(approved, message), 1)}
            variables = json.dumps(gaps, ensure_ascii=False)
            return {"ContentSid": approved.name, "ContentVariables": variables}
        if self._setup.whatsapp:
            return {"Body": message.text}
        # What Twilio replaces on its own is no longer the text that is looked for.
        return {"Body": message.text, "SmartEncoded": "false"}

    def _listed(self, message: OutgoingText, since: Instant) -> Iterator[object]:
        """What left for this number since then. Raises CallFailed and LookupError."""
        query = urlencode({"To": self._spelt(message.to), "PageSize": _PAGE})
        address = f"{self._account}.json?{query}"
        for _ in range(_PAGES):
            answer = self._session.call("GET", f"{self._url}{address}")
            page = answers.decoded(answer.body)
            items = answers.at(page, "messages")
            if answer.status != 200 or not isinstance(items, list):
                raise LookupError
            yield from (item for item in items if _is_sent(item) and _created(item) >= since)
            following = answers.at(page, "next_page_uri")
            if following is None or _goes_back_beyond(items, since):
                return
            if not isinstance(following, str) or not following.startswith(f"{self._account}.json?"):
                raise LookupError
            address = following
        raise LookupError

    def _is_it(self, item: object, message: OutgoingText) -> bool:
        body = answers.at(item, "body")
        if answers.at(item, "to") != self._spelt(message.to) or not isinstance(body, str):
            return False
        approved = self._approved(message)
        if approved is not None:
            return all(gap in body for gap in filled(approved, message))
        # A trial account writes its own words before ours.
        return body == message.text or body.endswith(f" - {message.text}")


def _outcome(answer: Answer) -> Outcome:
    said = answers.decoded(answer.body)
    if 200 <= answer.status < 300:
        sid = answers.text(answers.at(said, "sid"))
        return Accepted(sid) if _SID.fullmatch(sid) else Unknown("garbage", down=True)
    code = answers.number(answers.at(said, "code"))
    if code is None or answer.status not in {400, 404, 422, 429}:
        return answers.refusal(answer) or Unknown("garbage")
    return _refused(code) or answers.refusal(answer) or GiveUp("rejected")


def _refused(code: int) -> Outcome | None:
    if code in _NUMBER_REFUSED:
        return GiveUp("number_refused")
    if code in _SENDER_REFUSED:
        return RetryLater("sender_refused", down=True)
    if code in _TEMPLATE_REFUSED:
        return GiveUp("template_refused")
    if code == _QUEUE_FULL:
        return RetryLater("queue_full", down=True)
    return {
        _UNSUBSCRIBED: GiveUp("unsubscribed"),
        _COUNTRY_REFUSED: GiveUp("country_refused"),
    }.get(code)


def _report(item: object) -> Report | None:
    status = answers.text(answers.at(item, "status"))
    sid = answers.text(answers.at(item, "sid"))
    state = _STATES.get(status)
    if state is None or not _SID.fullmatch(sid):
        return None
    code = answers.number(answers.at(item, "error_code"))
    return Report(state, f"e{code}" if code and state == FAILED else status, sid)


def _is_sent(item: object) -> bool:
    return answers.text(answers.at(item, "direction")).startswith("outbound")


def _created(item: object) -> Instant:
    """Raises LookupError for a time that cannot be read."""
    try:
        when = parsedate_to_datetime(answers.text(answers.at(item, "date_created")))
        return Instant(int(when.timestamp() * SECOND_MS))
    except (ValueError, TypeError, OverflowError, OSError):
        raise LookupError from None


def _goes_back_beyond(items: list[object], since: Instant) -> bool:
    """Whether this page, newest first, already ends before that time."""
    times = [_created(item) for item in items]
    return len(times) > 1 and times == sorted(times, reverse=True) and times[-1] < since
