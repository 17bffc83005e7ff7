"""Money as whole minor units, and how a person reads it.

Amounts are integers everywhere; a currency's number of decimals comes from ISO 4217 by way of
Babel, because a shop in Kyiv and one in Tokyo must both round right.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pos_app.errors import BadInput


@cache
def decimals(currency: str) -> int:
    """Digits behind the point of `currency` (2 for UAH, 0 for JPY)."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


def parse_amount(text: str, currency: str, field: str) -> int:
    """Minor units of a decimal text such as `13.25`; half a minor unit rounds away from zero.

    Raises BadInput naming `field`.
    """
    try:
        value = Decimal(text.strip())
        if not value.is_finite():
            raise ValueError(text)
        scaled = value.scaleb(decimals(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    except (ArithmeticError, ValueError):
        raise BadInput(field, "“{text}” is not an amount", text=text) from None
    return int(scaled)


@cache
def symbol(currency: str, language: str) -> str:
    """`₴` for UAH, `$` for USD."""
    from babel.numbers import get_currency_symbol

    found = str(get_currency_symbol(currency, locale="uk" if currency == "UAH" else language))
    return found


def show(amount: int, currency: str, language: str) -> str:
    """`585 ₴`, `13.25 $`: the point only where there are minor units to show."""
    places = decimals(currency)
    sign = "−" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 10**places)
    grouped = _grouped(whole)
    point = "," if language == "uk" else "."
    digits = f"{grouped}{point}{rest:0{places}d}" if rest else grouped
    return f"{sign}{digits} {symbol(currency, language)}"


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", " ")


def finely(hundredths: int, currency: str) -> str:
    """A price of a text (`0.655`), kept in hundredths of the minor unit; `0` for nothing."""
    value = Decimal(hundredths).scaleb(-2 - decimals(currency)).normalize()
    return f"{value:f}"


def parse_finely(text: str, currency: str, field: str) -> int:
    """Hundredths of the minor unit of a decimal text such as `0,655`. Raises BadInput."""
    try:
        value = Decimal(text.strip().replace(",", "."))
        if not value.is_finite():
            raise ValueError(text)
        scaled = value.scaleb(2 + decimals(currency)).quantize(Decimal(1), ROUND_HALF_UP)
    except (ArithmeticError, ValueError):
        raise BadInput(field, "“{text}” is not an amount", text=text) from None
    return int(scaled)


def show_finely(hundredths: int, currency: str, language: str) -> str:
    """What texts cost (`3.40 €`, `0.655 ₴`), kept in hundredths of the minor unit."""
    places = decimals(currency)
    if hundredths % (100 * 10**places) == 0:
        return show(hundredths // 100, currency, language)
    value = Decimal(abs(hundredths)).scaleb(-2 - places).normalize()
    exponent = value.as_tuple().exponent
    digits = max(places, -exponent) if isinstance(exponent, int) else places
    whole, _, rest = f"{value:.{digits}f}".partition(".")
    sign = "−" if hundredths < 0 else ""
    point = "," if language == "uk" else "."
    return f"{sign}{_grouped(int(whole))}{point}{rest} {symbol(currency, language)}"
