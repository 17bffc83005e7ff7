"""A way out is set up by a person who fills in a form: what is asked, checked, stored and tried.

The window's door to adapters and lanes, which it does not know. Acts here may wait for a network.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pos_app import bootstrap, phones
from pos_app.bootstrap import Shop
from pos_app.config import PHONE, SMSGATE, Receiver, SmsSettings, WayOut
from pos_app.domain.way_forms import Trial, Tried, WayForm, WayStanding
from pos_app.errors import BadInput, OrderbellError, Refused, Unavailable

if TYPE_CHECKING:
    from pos_app.channels.setups_direct import TelegramSetup

_BY_NUMBER = ("sms", "whatsapp")


class WaySetup:
    """The ways out of one open shop, for whoever sets them up."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop

    def forms(self) -> tuple[WayForm, ...]:
        """What each kind asks for, in the order in which kinds are offered."""
        from pos_app.channels import setup_forms

        return setup_forms.forms()

    def standings(self) -> tuple[WayStanding, ...]:
        """How each way fares, and each program that rules call."""
        from pos_app.lanes.way_standings import standings

        return standings(self._shop)

    def is_page_secure(self) -> bool:
        """Whether guests have a page that browsers let push."""
        from pos_app.wire import browsers

        site = self._shop.desk.setup().site
        return site is not None and browsers.is_secure(site.origin)

    def set_up(self, way: WayOut, secret: str) -> WayOut:
        """Set `way` up, or set it up anew; an empty `secret` keeps the sealed one.

        Telegram is asked for the bot's name where `way` has none; an e-mail address as the
        contact of push becomes a mailto: address. Raises BadInput naming the field, Unavailable.
        """
        kept = "" if secret else self._sealed(way)
        if way.kind == "telegram":
            way = _with_bot(way, secret or kept)
        elif way.kind == "push":
            way = _with_contact(way)
        if (way.name, way.kind) == (PHONE, SMSGATE):
            return self._set_phone(way, secret, kept)
        if not kept:
            return bootstrap.add_channel(self._shop, way, secret)
        way = _checked(way, kept)
        self._shop.desk.channels.add(way, "")
        return way

    def add_receiver(self, url: str, *, personal: bool, lan: bool) -> tuple[Receiver, str]:
        """Let rules call a program; its secret, which is told this once. Raises BadInput."""
        from pos_app.channels.setups_direct import WebhookSetup, checked
        from pos_app.channels.webhook_signing import new_secret

        setup = checked(WebhookSetup(url, personal=personal, lan=lan))
        secret = new_secret()
        added = self._shop.desk.webhooks.add(setup.url, secret, personal=personal, lan=lan)
        return added, secret

    def try_out(self, name: str, to: str) -> Tried:
        """Send one text to `to`, or only ask whether somebody is there when it is empty.

        Numbers may be written as people write them. Raises BadInput, field `to`; in practice,
        where nothing leaves, Refused.
        """
        from pos_app.channels import setup_forms
        from pos_app.lanes import trying

        if self._shop.identity.practice:
            raise Refused("Practice: nothing is sent")
        way, to = self._shop.desk.channels.way(name), to.strip()
        if to:
            if way.channel in _BY_NUMBER:
                to = phones.parse(to, self._shop.desk.setup().settings.shop.country, "to")
            return trying.tried(self._shop, name, to)
        if not setup_forms.form_of(way.kind).can_be_asked:
            raise BadInput("to", "This way out is tried by sending a text")
        if way.kind == "telegram":
            return self._ask_bot(way)
        there = trying.is_there(self._shop, name)
        return Tried(Trial.THERE if there else Trial.SILENT)

    def _sealed(self, way: WayOut) -> str:
        """The secret that this way has kept since it was set up; empty for a new one."""
        from pos_app.lanes.outlet import secret_of

        return secret_of(self._shop, way) if self._shop.desk.channels.keeps(way) else ""

    def _set_phone(self, way: WayOut, secret: str, kept: str) -> WayOut:
        """The gateway phone, which has settings of its own."""
        way = _checked(way, secret or kept)
        lan = bool(way.setup.get("lan"))
        sms = SmsSettings(way.kind, way.setup["url"], way.setup["username"], lan=lan)
        self._shop.desk.set_sms(sms, secret or None)
        self._shop.desk.channels.set_price(PHONE, way.price)
        return way

    def _ask_bot(self, way: WayOut) -> Tried:
        from pos_app.channels import ways
        from pos_app.channels.telegram_me import NotTold, name_of

        setup: TelegramSetup = ways.made(way.kind, way.setup)
        try:
            name_of(setup.url, self._sealed(way), lan=setup.lan)
        except NotTold as failed:
            return Tried(Trial.REFUSED, failed.code)
        return Tried(Trial.THERE)


def _checked(way: WayOut, secret: str) -> WayOut:
    """`way` with the channel that it serves, if it can be used. Raises BadInput."""
    from pos_app.channels import ways

    channel = ways.channel_of(way.kind, ways.made(way.kind, way.setup))
    return ways.checked(replace(way, channel=channel), secret)


def _with_bot(way: WayOut, token: str) -> WayOut:
    """`way` under the name that Telegram knows the token's bot by."""
    if way.setup.get("bot"):
        return way
    from pos_app.channels import ways
    from pos_app.channels.setups_direct import checked_token
    from pos_app.channels.telegram_me import NotTold, name_of

    setup: TelegramSetup = ways.made(way.kind, {**way.setup, "bot": "not_known_yet"})
    token = checked_token(token)
    try:
        bot = name_of(setup.url, token, lan=setup.lan)
    except NotTold as failed:
        raise _not_told(failed.code) from None
    return replace(way, setup={**way.setup, "bot": bot})


def _not_told(code: str) -> OrderbellError:
    if code == "credentials":
        return BadInput(
            "token", "Telegram does not know this token", hint="Copy it from BotFather."
        )
    return Unavailable(
        "Telegram could not be asked for the bot’s name",
        "It answered: {code}.",
        "Is there internet? Try again in a moment.",
        code=code,
    )


def _with_contact(way: WayOut) -> WayOut:
    contact: Any = way.setup.get("contact", "")
    if "@" in contact and ":" not in contact:
        return replace(way, setup={**way.setup, "contact": f"mailto:{contact.strip()}"})
    return way
