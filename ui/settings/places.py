"""Countries, zones and currencies to choose from, and a first guess from the system."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies
from PySide6.QtCore import QLocale, QTimeZone

from pos_app.language import LANGUAGES

_NOT_PLACES = ("Etc/", "SystemV/", "US/", "posix", "right")


@dataclass(frozen=True, slots=True)
class Guess:
    """What this computer's own settings suggest; always shown, always changeable."""

    language: str
    country: str
    zone: str
    currency: str


def guess() -> Guess:
    system = QLocale.system()
    zone = QTimeZone.systemTimeZoneId().toStdString()
    if zone not in available_timezones() or "/" not in zone or zone.startswith(_NOT_PLACES):
        zone = "Europe/Kyiv"
    country = _country_of(zone) or "UA"
    spoken = system.name().partition("_")[0]
    language = spoken if spoken in LANGUAGES else ("uk" if country == "UA" else "en")
    return Guess(language, country, zone, currency_of(country))


def currency_of(country: str) -> str:
    found = get_territory_currencies(country)
    return found[0] if found else "EUR"


def countries(language: str) -> list[tuple[str, str]]:
    """(ISO code, name) by name; what Babel lists beyond countries is left out."""
    names = Locale.parse(language).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return sorted(found, key=lambda entry: entry[1])


def zones() -> list[tuple[str, str]]:
    found = [z for z in available_timezones() if "/" in z and not z.startswith(_NOT_PLACES)]
    return [(zone, zone.replace("_", " ")) for zone in sorted(found)]


def currencies(language: str) -> list[tuple[str, str]]:
    """(ISO code, `UAH · hryvnia`) of the money in use today."""
    names = Locale.parse(language).currencies
    used = {get_territory_currencies(code)[0] for code in _territories()}
    return [(code, f"{code} · {names.get(code, code)}") for code in sorted(used)]


def _territories() -> list[str]:
    codes = [str(code) for code in Locale.parse("en").territories]
    return [c for c in codes if len(c) == 2 and c.isalpha() and get_territory_currencies(c)]


def _country_of(zone: str) -> str:
    return str(get_global("zone_territories").get(zone, ""))
