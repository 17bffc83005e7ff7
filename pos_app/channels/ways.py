"""From a way out as the shop keeps it to a channel that can send.

What an adapter needs is kept as a plain document, so that a store written by a newer program can
be read; here it becomes the adapter's own value, and every refusal names its field.
"""

from __future__ import annotations

import dataclasses
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from pos_app.channels import setups, setups_direct
from pos_app.channels.protocol import Channel
from pos_app.channels.setups_direct import MailSetup, PushSetup, TelegramSetup
from pos_app.clock import Clock
from pos_app.config import CHANNEL_NAMES, WayOut
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from pos_app.channels.letters import Attach

_PLACE = re.compile(r"`\$\.([A-Za-z_]+)")
_MISSING = re.compile(r"required field `([A-Za-z_]+)`")
CHANNEL_OF: Mapping[str, str] = {
    "smsgate": "sms",
    "twilio": "sms",
    "turbosms": "sms",
    "smsclub": "sms",
    "http": "sms",
    "whatsapp": "whatsapp",
    "mail": "mail",
    "telegram": "telegram",
    "push": "push",
}
"""Which channel a kind serves; a Twilio account with WhatsApp serves that instead."""
KINDS: Mapping[str, Any] = {
    **setups.SETUPS,
    "mail": MailSetup,
    "telegram": TelegramSetup,
    "push": PushSetup,
}
_Direct = MailSetup | TelegramSetup | PushSetup


def made(kind: str, fields: Mapping[str, Any]) -> Any:
    """The adapter's own value. Raises BadInput naming `kind` or the field."""
    wanted = KINDS.get(kind)
    if wanted is None:
        known = ", ".join(sorted(KINDS))
        raise BadInput(
            "kind", "“{kind}” is no channel here", hint="{known}", kind=kind, known=known
        )
    names = {field.name for field in dataclasses.fields(wanted)}
    for name in fields:
        if name not in names:
            known = ", ".join(sorted(names))
            raise BadInput(name, "There is no such field", hint="{known}", known=known)
    try:
        return msgspec.convert(dict(fields), wanted, strict=False)
    except msgspec.ValidationError as error:
        place = _PLACE.search(str(error)) or _MISSING.search(str(error))
        raise BadInput(place[1] if place else "setup", "This cannot be used here") from None


def checked(way: WayOut, secret: str) -> WayOut:
    """`way` if it can be used with `secret`. Raises BadInput naming the field."""
    if way.channel not in CHANNEL_NAMES:
        known = ", ".join(CHANNEL_NAMES)
        raise BadInput(
            "channel",
            "“{channel}” is no channel here",
            hint="{known}",
            channel=way.channel,
            known=known,
        )
    setup = made(way.kind, way.setup)
    if isinstance(setup, _Direct):
        _check_direct(setup, secret)
    else:
        setups.checked(setup)
        setups.checked_secret(setup, secret)
    return way


def _check_direct(setup: _Direct, secret: str) -> None:
    if isinstance(setup, TelegramSetup):
        setups_direct.checked(setup)
        setups_direct.checked_token(secret)
        return
    if isinstance(setup, MailSetup):
        setups_direct.checked(setup)
        return
    setups_direct.checked(setup)


def channel_of(kind: str, setup: Any) -> str:
    """Which channel this way serves."""
    if getattr(setup, "whatsapp", False):
        return "whatsapp"
    return CHANNEL_OF[kind]


def made_secret(kind: str) -> str:
    """A secret of our own, where nobody gives us one; empty for all that have theirs."""
    if kind != "push":
        return ""
    from pos_app.channels import vapid

    return b64encode(vapid.new_key()).decode()


def opened(way: WayOut, secret: str, clock: Clock, receipt: Attach | None = None) -> Channel:
    """The way out, ready to send. Raises BadInput for what cannot be used any more.

    `receipt` paints an order's slip, for letters of a shop that wants it to go along.
    """
    setup = made(way.kind, way.setup)
    if isinstance(setup, _Direct):
        return _direct(setup, secret, clock, receipt)
    return setups.opened(setup, secret, clock=clock)


def _direct(setup: _Direct, secret: str, clock: Clock, receipt: Attach | None) -> Channel:
    # Each import waits for a library: a shop without such a way out never does.
    if isinstance(setup, MailSetup):
        from pos_app.channels.mail import Mail

        return Mail(setup, secret, clock, attach=receipt if setup.receipt else None)
    if isinstance(setup, TelegramSetup):
        from pos_app.channels.telegram import Telegram

        return Telegram(setup, secret)
    from pos_app.channels.push import Push

    return Push(setup, b64decode(secret), clock)
