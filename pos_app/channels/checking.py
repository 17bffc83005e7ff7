"""Whether a way out can be used as it is set up; asked when it is entered, so it names fields."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pos_app.channels import template_checking, urls
from pos_app.channels.approved import GAPS, ApprovedText
from pos_app.channels.setups import (
    HttpTemplateSetup,
    Setup,
    SmsClubSetup,
    SmsGateSetup,
    TurboSmsSetup,
    TwilioSetup,
    WhatsAppSetup,
)
from pos_app.errors import BadInput

_NUMBER = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_NAME = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 &_.+-]{1,11}", re.ASCII)
_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)
_KEY = re.compile(r"SK[0-9a-fA-F]{32}", re.ASCII)
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}", re.ASCII)
_CONTENT = re.compile(r"HX[0-9a-fA-F]{32}", re.ASCII)
_PHONE_ID = re.compile(r"\d{5,20}", re.ASCII)
_VERSION = re.compile(r"v\d{1,3}\.\d{1,2}", re.ASCII)
_TEMPLATE = re.compile(r"[a-z0-9_]{1,512}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)
_LONGEST_SENDER = 20


def check(setup: Setup) -> None:
    """Raises BadInput naming the first field that cannot be used."""
    if isinstance(setup, HttpTemplateSetup):
        template_checking.check(setup)
        return
    urls.check(setup.url, lan=setup.lan)
    if isinstance(setup, SmsGateSetup):
        _check_filled("username", setup.username)
    elif isinstance(setup, TwilioSetup):
        _check_twilio(setup)
    elif isinstance(setup, WhatsAppSetup):
        _check_whatsapp(setup)
    else:
        _check_registered(setup)


def check_secret(setup: Setup, secret: str) -> None:
    """Raises BadInput for what cannot travel where this kind puts it."""
    if isinstance(setup, HttpTemplateSetup) and not template_checking.wants_secret(setup):
        return
    _check_filled("secret", secret)
    if isinstance(setup, SmsGateSetup | TwilioSetup):
        return
    is_header = not isinstance(setup, HttpTemplateSetup) or template_checking.secret_is_header(
        setup
    )
    if is_header and not urls.is_header("Authorization", secret):
        raise BadInput("secret", "There are signs in it that cannot be sent")


def _check_filled(field: str, value: str) -> None:
    if not value.strip():
        raise BadInput(field, "This must not be empty")


def _check_shape(field: str, shape: re.Pattern[str], value: str, example: str) -> None:
    if not shape.fullmatch(value):
        raise BadInput(
            field,
            "This is not how the provider writes it",
            hint="Such as {example}.",
            example=example,
        )


def _check_registered(setup: TurboSmsSetup | SmsClubSetup) -> None:
    _check_filled("sender", setup.sender)
    if len(setup.sender) > _LONGEST_SENDER or not setup.sender.isprintable():
        raise BadInput(
            "sender", "A sender’s name has at most {most} signs", most=str(_LONGEST_SENDER)
        )


def _check_twilio(setup: TwilioSetup) -> None:
    _check_shape("account_sid", _ACCOUNT, setup.account_sid, f"AC{'0' * 32}")
    if setup.key_sid:
        _check_shape("key_sid", _KEY, setup.key_sid, f"SK{'0' * 32}")
    shapes = (_NUMBER, _SERVICE) if setup.whatsapp else (_NUMBER, _SERVICE, _NAME)
    if not any(shape.fullmatch(setup.sender) for shape in shapes):
        raise BadInput(
            "sender",
            "Nobody sends under this name",
            hint="A number such as +380441234567, a service (MG…), or for SMS a Latin name.",
        )
    for place, text in enumerate(setup.approved):
        _check_shape(f"approved[{place}].name", _CONTENT, text.name, f"HX{'0' * 32}")
    _check_approved(setup.approved)


def _check_whatsapp(setup: WhatsAppSetup) -> None:
    _check_shape("phone_number_id", _PHONE_ID, setup.phone_number_id, "106540352242922")
    _check_shape("version", _VERSION, setup.version, "v23.0")
    if not setup.approved:
        raise BadInput("approved", "At least one approved text is needed")
    for place, text in enumerate(setup.approved):
        _check_shape(f"approved[{place}].name", _TEMPLATE, text.name, "order_ready")
        code = text.code or text.language
        _check_shape(f"approved[{place}].code", _LANGUAGE, code, "uk")
    _check_approved(setup.approved)


def _check_approved(texts: Sequence[ApprovedText]) -> None:
    seen: set[tuple[str, str]] = set()
    for place, text in enumerate(texts):
        if any(gap not in GAPS for gap in text.gaps):
            raise BadInput(
                f"approved[{place}].gaps", "Only {known} fill a gap", known=", ".join(GAPS)
            )
        if (text.about, text.language) in seen:
            raise BadInput(
                f"approved[{place}].about", "Another text already stands for this occasion"
            )
        seen.add((text.about, text.language))
