"""`orderbell init`: make a shop."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from pos_app.commands.arguments import Commands, command
from pos_app.commands.output import say
from pos_app.errors import BadInput
from pos_app.fields import clean, shown
from pos_app.paths import default_data_folder


def add(commands: Commands) -> None:
    parser = command(commands, "init", init, "make a shop with the sample menu")
    parser.add_argument("--practice", action="store_true", help="texts are recorded, never sent")
    parser.add_argument(
        "--empty-menu", action="store_true", help="without the sample menu, for dishes of your own"
    )
    parser.add_argument("--name", metavar="TEXT", help="the shop's name, as guests read it")
    parser.add_argument("--country", metavar="CC", help="ISO 3166 code, such as UA (default)")
    parser.add_argument("--zone", metavar="ZONE", help="IANA time zone; default: the country's")
    parser.add_argument("--currency", metavar="CUR", help="ISO 4217; default: the country's")
    parser.add_argument("--language", metavar="LL", default="en", help="en (default) or uk")
    parser.add_argument("--phone", metavar="PHONE", help="the shop's own, for slips and page")


def init(arguments: argparse.Namespace) -> int:
    from pos_app import bootstrap, phones
    from pos_app.config import ShopSettings

    country = (arguments.country or ShopSettings().country).upper()
    zone = arguments.zone or zone_of(country)
    shop = ShopSettings(
        name=_name(arguments, clean(arguments.name or "", "name", 80)),
        country=country,
        zone=zone,
        currency=(arguments.currency or currency_of(country)).upper(),
        language=arguments.language.lower(),
        phone=phones.parse(arguments.phone or "", country, "phone"),
    )
    data = getattr(arguments, "data", None) or default_data_folder(arguments.practice)
    bootstrap.init_shop(
        data, shop, practice=arguments.practice, sample_menu=not arguments.empty_menu
    )
    kind = "Practice shop" if arguments.practice else "Shop"
    say(f"{kind} “{shop.name}” is ready in {data} ({shop.currency}, {shop.zone}).")
    return 0


def _name(arguments: argparse.Namespace, given: str) -> str:
    if arguments.name is not None and not given:
        raise BadInput("name", "The shop needs a name")
    return given or ("Practice" if arguments.practice else "Orderbell")


# Countries whose first zone in the tz database is not the one where most people live.
_MOST_POPULOUS = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "EC": "America/Guayaquil",
    "GL": "America/Nuuk",
    "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City",
    "PG": "Pacific/Port_Moresby",
    "RU": "Europe/Moscow",
}


def zone_of(country: str) -> str:
    """The zone in which most people of `country` live.

    Raises BadInput for a country that it does not know.
    """
    if country in _MOST_POPULOUS:
        return _MOST_POPULOUS[country]
    # In zone1970.tab the country that a zone belongs to most comes first in its row;
    # countries without a row of their own are in zone.tab.
    for table in ("zone1970.tab", "zone.tab"):
        for row in _rows(table):
            if row[0].partition(",")[0] == country:
                return row[2]
    raise BadInput(
        "country", "“{country}” is not a country here", hint="Such as UA.", country=shown(country)
    )


def _rows(table: str) -> Iterator[list[str]]:
    from importlib.resources import files

    text = files("tzdata").joinpath("zoneinfo", table).read_text("utf-8")
    yield from (row.split("\t") for row in text.splitlines() if not row.startswith("#"))


def currency_of(country: str) -> str:
    """What people pay with in `country` today."""
    from babel.numbers import get_territory_currencies

    known = get_territory_currencies(country)
    if not known:
        raise BadInput(
            "currency",
            "Which currency is used in {country}?",
            hint="{option}",
            option="--currency",
            country=shown(country),
        )
    return str(known[0])
