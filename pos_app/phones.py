"""Phone numbers as people type them, stored as the world writes them (E.164)."""

from __future__ import annotations

from pos_app.errors import BadInput


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
        raise BadInput(field, "“{typed}” is not a phone number", typed=typed[:40]) from None
    if not phonenumbers.is_valid_number(number):
        raise BadInput(field, "“{typed}” is not a valid phone number", typed=typed[:40])
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show(phone: str, country: str) -> str:
    """How a person of `country` reads an E.164 number: `067 123 4567`."""
    if not phone:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return phone
    region = phonenumbers.region_code_for_number(number)
    form = phonenumbers.PhoneNumberFormat
    style = form.NATIONAL if region == country else form.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))
