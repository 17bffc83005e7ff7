"""How a shop's ways out are set up, as values, one class per kind, and how one is opened.

No value holds a secret: `SECRETS` names the one that each kind needs, and who keeps secrets hands
it to `opened`. Nothing here imports the library that calls gateways; only `opened` does, when
there is a gateway to call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from pos_app.channels.approved import ApprovedText
from pos_app.channels.protocol import Channel, OutgoingText
from pos_app.clock import Clock

JSON, FORM, NO_BODY = "json", "form", "none"


@dataclass(frozen=True, slots=True)
class SmsGateSetup:
    """A phone with SMS Gateway for Android. `lan`: a manager ticked that it is in our network."""

    kind: ClassVar[str] = "smsgate"
    url: str
    username: str
    lan: bool = False


@dataclass(frozen=True, slots=True)
class TwilioSetup:
    """An account at Twilio. `sender` is a number (E.164), a name, or a messaging service (`MG…`).

    `key_sid` (`SK…`) when the secret is an API key's. `approved` (`name` is the `HX…` of a content
    template) counts for WhatsApp only.
    """

    kind: ClassVar[str] = "twilio"
    account_sid: str
    sender: str
    key_sid: str = ""
    whatsapp: bool = False
    approved: tuple[ApprovedText, ...] = ()
    url: str = "https://api.twilio.com"
    lan: bool = False


@dataclass(frozen=True, slots=True)
class WhatsAppSetup:
    """A business number at WhatsApp's Cloud API, and the texts approved for it."""

    kind: ClassVar[str] = "whatsapp"
    phone_number_id: str
    approved: tuple[ApprovedText, ...]
    version: str = "v23.0"
    url: str = "https://graph.facebook.com"
    lan: bool = False


@dataclass(frozen=True, slots=True)
class TurboSmsSetup:
    """`sender` is the name registered there."""

    kind: ClassVar[str] = "turbosms"
    sender: str
    url: str = "https://api.turbosms.ua"
    lan: bool = False


@dataclass(frozen=True, slots=True)
class SmsClubSetup:
    """`sender` is the name registered there."""

    kind: ClassVar[str] = "smsclub"
    sender: str
    url: str = "https://im.smsclub.mobi"
    lan: bool = False


@dataclass(frozen=True, slots=True)
class HttpTemplateSetup:
    """A gateway as a manager wrote it down. Fields (`templates.NAMES`) stand in braces.

    `body` is JSON or a form (`phone={to}&message={text}`). No `success_statuses` is any 2xx; a
    `success_path` (`data.messages[0].state`) must lead to `success_value`, or just to something
    when that is empty.
    """

    kind: ClassVar[str] = "http"
    url: str
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    kind_of_body: str = JSON
    body: str = ""
    success_statuses: tuple[int, ...] = ()
    success_path: str = ""
    success_value: str = ""
    id_path: str = ""
    lan: bool = False


Setup = (
    SmsGateSetup | TwilioSetup | WhatsAppSetup | TurboSmsSetup | SmsClubSetup | HttpTemplateSetup
)
SETUPS: Mapping[str, type[Setup]] = {
    setup.kind: setup
    for setup in (
        SmsGateSetup,
        TwilioSetup,
        WhatsAppSetup,
        TurboSmsSetup,
        SmsClubSetup,
        HttpTemplateSetup,
    )
}
SECRETS: Mapping[str, str] = {
    SmsGateSetup.kind: "sms_password",
    TwilioSetup.kind: "twilio_token",
    WhatsAppSetup.kind: "whatsapp_token",
    TurboSmsSetup.kind: "turbosms_token",
    SmsClubSetup.kind: "smsclub_token",
    HttpTemplateSetup.kind: "http_template_secret",
}
"""Under which name the secret of each kind is kept."""


AnySetup = TypeVar("AnySetup", bound=Setup)


def checked(setup: AnySetup) -> AnySetup:
    """`setup` if it can be used. Raises BadInput naming the first field that cannot."""
    from pos_app.channels import checking

    checking.check(setup)
    return setup


def checked_secret(setup: Setup, secret: str) -> str:
    """`secret` if this kind can send it. Raises BadInput, field `secret`."""
    from pos_app.channels import checking

    checking.check_secret(setup, secret)
    return secret


def opened(
    setup: Setup,
    secret: str,
    *,
    clock: Clock,
    practice: Callable[[OutgoingText], None] | None = None,
) -> Channel:
    """The way out that `setup` describes; with `practice` texts are handed to it and none leaves.

    Raises BadInput for what `checked` and `checked_secret` refuse.
    """
    if practice is not None:
        from pos_app.channels.recording import Recording

        return Recording(practice)
    return _made(checked(setup), checked_secret(setup, secret), clock)


def _made(setup: Setup, secret: str, clock: Clock) -> Channel:
    # Each import waits for the library that calls gateways: a shop without one never does.
    if isinstance(setup, SmsGateSetup):
        from pos_app.channels.smsgate import SmsGate

        return SmsGate(setup.url, setup.username, secret, lan=setup.lan)
    if isinstance(setup, TwilioSetup):
        from pos_app.channels.twilio import Twilio

        return Twilio(setup, secret, clock)
    if isinstance(setup, WhatsAppSetup):
        from pos_app.channels.whatsapp_cloud import WhatsAppCloud

        return WhatsAppCloud(setup, secret)
    if isinstance(setup, TurboSmsSetup):
        from pos_app.channels.turbosms import TurboSms

        return TurboSms(setup, secret)
    if isinstance(setup, SmsClubSetup):
        from pos_app.channels.smsclub import SmsClub

        return SmsClub(setup, secret)
    from pos_app.channels.http_template import HttpTemplate

    return HttpTemplate(setup, secret)
