"""Money as whole minor units, and how a person reads it.

Amounts are integers everywhere; a currency's number of decimals comes from ISO 4217 by way of
Babel, because a shop in Kyiv and one in Tokyo must both round right.
"""

from __future__ import annotations

import re
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


_PRICE = re.compile(r"(?P<sign>[-−+]?)(?P<whole>[0-9]+)(?:(?P<point>[.,])(?P<rest>[0-9]*))?")
# What stands around the figures of a price list, besides the currency's own sign and code.
_AROUND = ("грн.", "грн", "uah")


def parse_price(text: str, currency: str, field: str) -> int:
    """Minor units of a price as people write it: `120`, `120,50`, `1 250.50 ₴`.

    Raises BadInput naming `field`, also where one point could part thousands as well as cents.
    """
    bare = "".join(text.split()).casefold()
    around = (symbol(currency, "en").casefold(), currency.casefold())
    for words in (*around, *(_AROUND if currency == "UAH" else ())):
        bare = bare.removesuffix(words).removeprefix(words)
    if "," in bare and "." in bare:
        # The last one stands before the minor units, the others part the thousands.
        grouping = "," if bare.rindex(",") < bare.rindex(".") else "."
        bare = _ungrouped(bare, grouping)
    found = _PRICE.fullmatch(bare)
    if found is None:
        raise BadInput(field, "“{text}” is not an amount", text=text.strip())
    places, rest = decimals(currency), found["rest"] or ""
    if len(rest) == 3 and places != 3:
        raise BadInput(
            field, "“{text}” can be read in two ways", hint="Write it without thousands.", text=text
        )
    if rest[places:].strip("0"):
        raise BadInput(field, "At most {count} figures behind the point", count=places)
    amount = int(found["whole"] + rest[:places].ljust(places, "0"))
    return -amount if found["sign"] in ("-", "−") and found["sign"] else amount


def _ungrouped(bare: str, grouping: str) -> str:
    """Without the signs between thousands, if that is what they are."""
    first, *groups = re.split("[.,]", bare)[:-1]
    whole = bool(groups) and all(len(group) == 3 for group in groups)
    return bare.replace(grouping, "") if whole and 1 <= len(first.lstrip("-−+")) <= 3 else bare


def plain(amount: int, currency: str, language: str) -> str:
    """An amount as it stands in a field or a table: `220`, `13,25`, `-45`; without its currency."""
    places = decimals(currency)
    whole, rest = divmod(abs(amount), 10**places)
    point = "," if language == "uk" else "."
    return f"{'-' if amount < 0 else ''}{whole}" + (f"{point}{rest:0{places}d}" if rest else "")


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
