"""What each kind of way out asks a person for, read off the class of its setup.

A field that a setup gains is asked for by itself; what is said here is only what the class
cannot say: which fields a person never fills, which nearly nobody changes, which are long.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, get_origin, get_type_hints

from pos_app.channels import setups, setups_direct, ways
from pos_app.channels.approved import ApprovedText
from pos_app.channels.template_checking import METHODS
from pos_app.domain.way_forms import Ask, AskedField, Secret, WayForm

WEBHOOK = "webhook"
"""No channel of texts: a program that rules call. It is set up beside the others."""
ORDER = (
    "smsgate",
    "turbosms",
    "smsclub",
    "twilio",
    "whatsapp",
    "telegram",
    "mail",
    "push",
    "http",
    WEBHOOK,
)
_CLASSES: Mapping[str, Any] = {**ways.KINDS, WEBHOOK: setups_direct.WebhookSetup}
# Nobody fills these: Telegram is asked for the bot's name, a page has its push, rules say when.
_UNASKED = {"telegram": {"bot"}, "push": {"lan"}, WEBHOOK: {"events"}}
_OWN_ADDRESS = {"smsgate", "http", "mail", WEBHOOK}
"""Whose address is the shop's own to fill in; of the others it is known."""
_FURTHER = {
    "twilio": {"key_sid"},
    "whatsapp": {"version"},
    "mail": {"sender_name", "reply_to"},
    "http": {"method", "success_statuses", "success_path", "success_value", "id_path"},
}
_CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("mail", "security"): (setups_direct.TLS, setups_direct.STARTTLS, setups_direct.PLAIN),
    ("http", "method"): METHODS,
    ("http", "kind_of_body"): (setups.JSON, setups.FORM, setups.NO_BODY),
}
_LONG = {("http", "body")}
_ONLY_WITH = {("twilio", "approved"): "whatsapp"}
_SECRETS = {
    "http": Secret.OPTIONAL,
    "mail": Secret.OPTIONAL,
    "push": Secret.NONE,
    WEBHOOK: Secret.NONE,
}
_PRICED = {"smsgate", "turbosms", "smsclub", "twilio", "whatsapp", "http"}
_ANSWERS = {"smsgate", "telegram"}
_UNTRIED = {"push", WEBHOOK}


def forms() -> tuple[WayForm, ...]:
    """One form per kind, in the order in which they are offered."""
    return tuple(form_of(kind) for kind in ORDER)


def form_of(kind: str) -> WayForm:
    """Raises KeyError for no kind."""
    return WayForm(
        kind,
        ways.CHANNEL_OF.get(kind, kind),
        tuple(_fields(kind, _CLASSES[kind])),
        _SECRETS.get(kind, Secret.NEEDED),
        is_priced=kind in _PRICED,
        can_be_asked=kind in _ANSWERS,
        is_tried=kind not in _UNTRIED,
    )


def _fields(kind: str, setup: Any) -> Iterator[AskedField]:
    types = get_type_hints(setup)
    for field in dataclasses.fields(setup):
        if field.name in _UNASKED.get(kind, ()):
            continue
        known_address = field.name in ("url", "lan") and kind not in _OWN_ADDRESS
        options = _CHOICES.get((kind, field.name), ())
        ask = Ask.CHOICE if options else _ask(types[field.name])
        yield AskedField(
            field.name,
            Ask.LINES if (kind, field.name) in _LONG else ask,
            _shown(field.default),
            is_needed=field.default is dataclasses.MISSING,
            options=options,
            is_further=known_address or field.name in _FURTHER.get(kind, ()),
            only_with=_ONLY_WITH.get((kind, field.name), ""),
        )


def _ask(kind_of_value: Any) -> Ask:
    if kind_of_value is bool:
        return Ask.TICK
    if kind_of_value is int:
        return Ask.NUMBER
    if get_origin(kind_of_value) is tuple:
        item = kind_of_value.__args__[0]
        if item is ApprovedText:
            return Ask.APPROVED
        return Ask.CODES if item is int else Ask.PAIRS
    return Ask.LINE


def _shown(default: object) -> str | bool:
    if isinstance(default, bool):
        return default
    return str(default) if isinstance(default, str | int) else ""
