"""How the ways out that reach a guest or a program directly are set up, as values.

No secret lies here: the mail password, the bot's token, a webhook's secrets and the key of web
push are sealed in the store under the names below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput

MAIL_PASSWORD, TELEGRAM_TOKEN = "mail_password", "telegram_token"
WEBHOOK_SECRETS, PUSH_KEY = "webhook_secrets", "push_key"

TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"
TELEGRAM_URL = "https://api.telegram.org"
# `order.ready` and the like, one per kind of status, and one for the rest.
EVENT_TYPES = (*(f"order.{kind.value}" for kind in Kind), "order.changed")

_HOST = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:]{2,45}\]?", re.ASCII
)
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII
)
_BOT = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,30}[A-Za-z0-9]", re.ASCII)
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class MailSetup:
    """The shop's mail server. `security` is `tls`, `starttls` or `plain` (own network only).

    `sender` is the address that letters come from; `lan` as ticked by a manager. `receipt`: the
    first letter about an order has its slip as a PDF.
    """

    host: str
    sender: str
    port: int = 465
    security: str = TLS
    username: str = ""
    sender_name: str = ""
    reply_to: str = ""
    lan: bool = False
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class TelegramSetup:
    """The shop's bot; `bot` is its name without the @. `url` is another server only in tests."""

    bot: str
    url: str = TELEGRAM_URL
    lan: bool = False


@dataclass(frozen=True, slots=True)
class WebhookSetup:
    """One program that is told of orders. `events` empty: all; `personal`: the guest too."""

    url: str
    events: tuple[str, ...] = ()
    personal: bool = False
    lan: bool = False


@dataclass(frozen=True, slots=True)
class PushSetup:
    """Web push. `contact` is what a push service writes to: a mailto: or https: address."""

    contact: str
    lan: bool = False


Setup = TypeVar("Setup", MailSetup, TelegramSetup, WebhookSetup, PushSetup)


def checked(setup: Setup) -> Setup:
    """`setup` if every field can be used. Raises BadInput naming the first that cannot."""
    if isinstance(setup, MailSetup):
        _check_mail(setup)
    elif isinstance(setup, TelegramSetup):
        _check_telegram(setup)
    elif isinstance(setup, WebhookSetup):
        _check_webhook(setup)
    else:
        _check_push(setup)
    return setup


def checked_token(token: str) -> str:
    """The bot's token as BotFather gave it. Raises BadInput, which does not repeat it."""
    clean = token.strip()
    if not _TOKEN.fullmatch(clean):
        raise BadInput(
            "token",
            "This is no token of a bot",
            hint="Copy it whole from BotFather: digits, a colon, and letters.",
        )
    return clean


def _check_mail(setup: MailSetup) -> None:
    if not _HOST.fullmatch(setup.host):
        raise BadInput("host", "This is no name of a mail server", hint="Such as mail.example.com")
    if not 0 < setup.port < 65_536:
        raise BadInput("port", "A port is a number from 1 to 65535")
    if setup.security not in (TLS, STARTTLS, PLAIN):
        raise BadInput("security", "Choose tls, starttls or plain")
    if setup.security == PLAIN and not setup.lan:
        raise BadInput(
            "security",
            "Without encryption only in the shop's own network",
            hint="Choose tls or starttls, or allow the shop's network.",
        )
    _check_address("sender", setup.sender)
    if setup.reply_to:
        _check_address("reply_to", setup.reply_to)
    _check_line("sender_name", setup.sender_name)
    _check_line("username", setup.username)


def _check_telegram(setup: TelegramSetup) -> None:
    if not _BOT.fullmatch(setup.bot):
        raise BadInput("bot", "This is no name of a bot", hint="Such as trattoria_bot, without @")
    _check_url("url", setup.url, lan=setup.lan)


def _check_webhook(setup: WebhookSetup) -> None:
    _check_url("url", setup.url, lan=setup.lan)
    for place, event in enumerate(setup.events):
        if event not in EVENT_TYPES:
            raise BadInput(f"events[{place}]", "There is no such event", hint="Such as order.ready")


def _check_push(setup: PushSetup) -> None:
    if setup.contact.startswith("mailto:"):
        _check_address("contact", setup.contact.removeprefix("mailto:"))
    else:
        _check_url("contact", setup.contact, lan=False)


def _check_address(field: str, text: str) -> None:
    if not _MAIL.fullmatch(text):
        raise BadInput(field, "This is no e-mail address", hint="Such as orders@example.com")


def _check_line(field: str, text: str) -> None:
    if not text.isprintable() or len(text) > 200:
        raise BadInput(field, "This must be one short line")


def _check_url(field: str, url: str, *, lan: bool) -> None:
    try:
        parts = urlsplit(url)
        sound = bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or not url.isascii() or not url.isprintable() or set(url) & set(" \\"):
        raise BadInput(field, "This is no web address", hint="Such as https://example.com/orders")
    if "@" in parts.netloc:
        raise BadInput(field, "A web address here has no user name in it")
    if parts.scheme != "https" and not (lan and parts.scheme == "http"):
        raise BadInput(
            field,
            "The address must begin with https://",
            hint="http only in the shop's own network, when a manager allowed it.",
        )
