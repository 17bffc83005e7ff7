"""Every way out that calls a gateway, each with its stand-in: for what they all have to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pos_app.channels.approved import ApprovedText
from pos_app.channels.protocol import Channel, OutgoingText
from pos_app.channels.setups import (
    HttpTemplateSetup,
    Setup,
    SmsClubSetup,
    TurboSmsSetup,
    TwilioSetup,
    WhatsAppSetup,
    opened,
)
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from tests.support import any_gateway, twilio_account, ukrainian_gateways, whatsapp_business
from tests.support.providers import Provider, running

NOW = Instant(1_795_464_000_000)
UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
TEXT = OutgoingText(
    UID,
    "+380671234567",
    "Trattoria: замовлення A43 готове.",
    Instant(NOW + 20 * MINUTE_MS),
    about="ready",
    language="uk",
    link="https://example.com/t/abc",
)
APPROVED = (
    ApprovedText("order_ready", "ready", "uk"),
    ApprovedText("order_on_its_way", "on_its_way", "en", gaps=("text", "link")),
)


@dataclass(frozen=True)
class Way:
    """`made` gives a stand-in, `setup` the till's settings for it at an address."""

    name: str
    made: Callable[[], Provider]
    setup: Callable[[str], Setup]
    secret: str


def twilio(url: str) -> TwilioSetup:
    return TwilioSetup(twilio_account.ACCOUNT, twilio_account.SENDER, url=url, lan=True)


def whatsapp(url: str) -> WhatsAppSetup:
    return WhatsAppSetup(whatsapp_business.PHONE_ID, APPROVED, url=url, lan=True)


def http_template(url: str) -> HttpTemplateSetup:
    return HttpTemplateSetup(
        f"{url}/send?key=1",
        headers=(("X-Key", "Key {secret}"),),
        body='{"to": "{to_digits}", "text": "{text}", "meta": [{"ref": "{uid}"}, 1, null]}',
        success_path="state",
        success_value="ok",
        id_path="data.messages[0].id",
        lan=True,
    )


def http_address(url: str) -> HttpTemplateSetup:
    address = f"{url}/send?key={{secret}}&to={{to}}&text={{text}}"
    return HttpTemplateSetup(address, method="GET", kind_of_body="none", lan=True)


WAYS = (
    Way(
        "twilio",
        lambda: twilio_account.TwilioAccount(clock=VirtualClock(NOW)),
        twilio,
        twilio_account.TOKEN,
    ),
    Way("whatsapp", whatsapp_business.WhatsAppBusiness, whatsapp, whatsapp_business.TOKEN),
    Way(
        "turbosms",
        ukrainian_gateways.TurboSmsSite,
        lambda url: TurboSmsSetup(ukrainian_gateways.SENDER, url=url, lan=True),
        ukrainian_gateways.TURBO_TOKEN,
    ),
    Way(
        "smsclub",
        ukrainian_gateways.SmsClubSite,
        lambda url: SmsClubSetup(ukrainian_gateways.SENDER, url=url, lan=True),
        ukrainian_gateways.CLUB_TOKEN,
    ),
    Way("http template", any_gateway.AnyGateway, http_template, any_gateway.SECRET),
    Way("http address", any_gateway.AnyGateway, http_address, any_gateway.SECRET),
)


@contextmanager
def channel_to(setup: Setup, secret: str) -> Iterator[Channel]:
    """The till's own end, closed afterwards."""
    channel = opened(setup, secret, clock=VirtualClock(NOW))
    try:
        yield channel
    finally:
        channel.close()


@contextmanager
def connected(way: Way, provider: Provider, secret: str = "") -> Iterator[Channel]:
    """`provider` serving, and a channel to it."""
    with (
        running(provider) as url,
        channel_to(way.setup(url), secret or way.secret) as channel,
    ):
        yield channel
