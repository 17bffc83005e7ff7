"""Phone numbers as people type them, stored as the world writes them (E.164)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.errors import BadInput

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_ANYWHERE = "+380 50 123 4567"


class PhoneKind(StrEnum):
    """What stands behind a number, as far as its country's numbering plan tells.

    `either`: countries such as the US tell mobile and fixed apart by nothing. `premium` is every
    number that costs whoever calls or writes to it more than a call.
    """

    MOBILE = "mobile"
    FIXED = "fixed"
    EITHER = "either"
    PREMIUM = "premium"
    UNKNOWN = "unknown"


def parse(typed: str, country: str, field: str = "customer.phone") -> str:
    """E.164 of `typed` in the shop's country. Raises BadInput naming `field`.

    Parsing alone is not enough: `8 067…` parses to a wrong number, so validity is asked too.
    """
    if not typed.strip():
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise BadInput(
            field,
            "“{typed}” is not a phone number",
            hint="Such as {example}.",
            typed=typed[:40],
            example=example(country),
        ) from None
    if not phonenumbers.is_valid_number(number):
        raise BadInput(
            field,
            "“{typed}” is not a valid phone number",
            hint="Such as {example}.",
            typed=typed[:40],
            example=example(country),
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show(phone: str, country: str) -> str:
    """How a person of `country` reads an E.164 number: `067 123 4567`."""
    if not phone:
        return ""
    import phonenumbers

    number = _read(phone, country)
    if number is None:
        return phone
    region = phonenumbers.region_code_for_number(number)
    form = phonenumbers.PhoneNumberFormat
    style = form.NATIONAL if region == country else form.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))


def masked(phone: str) -> str:
    """An E.164 number of which only the ends are told: enough to know one's own guest by."""
    return f"{phone[:4]} … {phone[-3:]}" if len(phone) > 9 else ""


def example(country: str) -> str:
    """A number as it is written in `country`."""
    import phonenumbers

    found = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if found is None:
        return _ANYWHERE
    return str(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.NATIONAL))


def kind_of(phone: str) -> PhoneKind:
    """What kind of number an E.164 number is; `unknown` for anything that is none."""
    import phonenumbers

    number = _read(phone)
    if number is None:
        return PhoneKind.UNKNOWN
    kind = phonenumbers.PhoneNumberType
    return {
        kind.MOBILE: PhoneKind.MOBILE,
        kind.FIXED_LINE: PhoneKind.FIXED,
        kind.FIXED_LINE_OR_MOBILE: PhoneKind.EITHER,
        kind.PREMIUM_RATE: PhoneKind.PREMIUM,
        kind.SHARED_COST: PhoneKind.PREMIUM,
    }.get(phonenumbers.number_type(number), PhoneKind.UNKNOWN)


def is_premium(phone: str) -> bool:
    """Whether texts to the E.164 number would make money for somebody."""
    return kind_of(phone) is PhoneKind.PREMIUM


def takes_texts(phone: str) -> bool:
    """Whether an SMS can reach the E.164 number, as far as its kind tells."""
    return kind_of(phone) in (PhoneKind.MOBILE, PhoneKind.EITHER)


def country_of(phone: str) -> str:
    """ISO code of the E.164 number's country; empty for one of none, such as a satellite's."""
    import phonenumbers

    number = _read(phone)
    region = phonenumbers.region_code_for_number(number) if number is not None else None
    return str(region) if region is not None and region.isalpha() else ""


def _read(phone: str, country: str | None = None) -> PhoneNumber | None:
    import phonenumbers

    try:
        return phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return None
