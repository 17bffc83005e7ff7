"""`orderbell channel …`: the ways out, what they cost and what keeps them cheap.

A secret comes by prompt or as the first line of standard input, never as an option.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pos_app.commands import bot
from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, ask_secret, say, table
from pos_app.errors import BadInput, Refused

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop

_HUNDREDTHS = 100
_PUSH = "push"
"""Its secret is a key of our own, made when it is first set up."""


def add(commands: Commands) -> None:
    acts = group(commands, "channel", "the ways out by which texts leave")
    adding = command(acts, "add", add_way, "set up a way out, or set it up anew")
    adding.add_argument("name", metavar="NAME", help="its own name, such as twilio")
    adding.add_argument("kind", metavar="KIND", help="twilio, whatsapp, turbosms, mail, telegram …")
    adding.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="what the kind needs"
    )
    adding.add_argument("--json", metavar="JSON", help="the same as one JSON object")
    adding.add_argument("--price", metavar="AMOUNT", default="0", help="of one part, such as 0.65")
    adding.add_argument("--lan", action="store_true", help="the address is in our own network")
    listing = command(acts, "list", list_ways, "show the ways out and what the month has cost")
    listing.add_argument("--json", action="store_true", help="a JSON object")
    removing = command(acts, "remove", remove, "texts leave by this way no more")
    removing.add_argument("name", metavar="NAME")
    testing = command(acts, "test", test, "send one text, or ask whether somebody is there")
    testing.add_argument("name", metavar="NAME")
    testing.add_argument("--to", metavar="ADDRESS", help="a number, an e-mail address, a chat")
    pricing = command(acts, "price", price, "what one part costs")
    pricing.add_argument("name", metavar="NAME")
    pricing.add_argument("amount", metavar="AMOUNT")
    order = command(acts, "order", set_order, "which way is tried first where there are several")
    order.add_argument("names", nargs="*", metavar="NAME", help="none: as they were set up")
    legs = command(acts, "legs", set_legs, "channels that are tried one after the other")
    legs.add_argument("legs", nargs="*", metavar="CHANNEL[:MINUTES]", help="none: only the rule’s")
    _add_limits(acts)


def _add_limits(acts: Commands) -> None:
    limiting = command(acts, "limits", limits, "what keeps texts from costing too much")
    limiting.add_argument("--abroad", choices=("yes", "no"), help="texts to other countries")
    limiting.add_argument("--prefix", action="append", metavar="+NN", help="only numbers like it")
    limiting.add_argument("--any-prefix", action="store_true", help="all prefixes again")
    limiting.add_argument("--to-number", type=int, metavar="N", help="texts to one number a day")
    limiting.add_argument("--a-day", type=int, metavar="N", help="texts a day in all")
    limiting.add_argument("--day-cost", metavar="AMOUNT", help="money a day; 0: no limit")
    limiting.add_argument("--message-cost", metavar="AMOUNT", help="money for one text’s legs")
    limiting.add_argument("--month-budget", metavar="AMOUNT", help="money a month; 0: no limit")


def add_way(arguments: argparse.Namespace) -> int:
    from pos_app.config import WayOut
    from pos_app.way_setup import WaySetup

    with opened(arguments) as shop:
        fields = _fields(arguments)
        secret = ""
        if arguments.kind != _PUSH:
            secret = ask_secret("Secret of this way out (password, token)")
        price_ = _money(shop, arguments.price, "price")
        way = WayOut(arguments.name, "", arguments.kind, fields, price_)
        added = WaySetup(shop).set_up(way, secret)
        in_use = shop.desk.setup().settings.way(added.channel)
    say(f"{added.name}: texts on {added.channel} can leave.")
    if in_use is not None and in_use.name != added.name:
        say(f"{in_use.name} comes first; {added.name} is tried where it cannot (`channel order`).")
    return 0


def list_ways(arguments: argparse.Namespace) -> int:
    from pos_app.domain.money import finely, show

    with opened(arguments) as shop:
        setup = shop.desk.setup()
        settings = setup.settings
        told_bot, about_bot = bot.sentences(shop, setup), bot.about(shop, setup)
        spent = shop.desk.channels.spent()
        told = shop.desk.channels.subscribers()
        ways = [
            {
                "name": way.name,
                "channel": way.channel,
                "kind": way.kind,
                "used": settings.way(way.channel) == way,
                "place": settings.ways_of(way.channel).index(way) + 1,
                "price_hundredths": way.price,
                "setup": way.setup,
                **({"subscribers": told} if way.channel == _PUSH else {}),
            }
            for way in settings.ways
        ]
        currency = settings.shop.currency
    if arguments.json:
        answer(
            {
                "ways": ways,
                "limits": _limits_of(settings.channels.limits),
                "spent": _rows(spent),
                "bot": about_bot,
            }
        )
        return 0
    if not ways:
        say("No texts leave: no way out is set up.")
    else:
        table(
            [
                ("NAME", "CHANNEL", "KIND", "TRIED", "A PART"),
                *(
                    (
                        str(way["name"]),
                        str(way["channel"]),
                        str(way["kind"]),
                        "first" if way["used"] else f"{way['place']}.",
                        finely(int(str(way["price_hundredths"])), currency),
                    )
                    for way in ways
                ),
            ]
        )
    for sentence in told_bot:
        say(sentence)
    if any("subscribers" in way for way in ways):
        say(f"Browsers told of open orders: {told}.")
    total = sum(row.cost for row in spent)
    say(
        f"This month: {sum(row.messages for row in spent)} texts, "
        f"{show(total // _HUNDREDTHS, currency, 'en')}."
    )
    return 0


def remove(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        shop.desk.channels.remove(arguments.name)
    say(f"No texts leave by {arguments.name} any more.")
    return 0


def test(arguments: argparse.Namespace) -> int:
    from pos_app import bootstrap

    with opened(arguments) as shop:
        way = shop.desk.channels.way(arguments.name)
        if arguments.to is None:
            if way.kind != "smsgate":
                raise BadInput(
                    "to", "This way out is tried by sending a text", hint="--to ADDRESS."
                )
            code = "" if bootstrap.gateway_answers(shop) else "no_answer"
        else:
            code = bootstrap.try_channel(shop, arguments.name, arguments.to)
    if code:
        raise Refused("It did not work", "{code}", code=code)
    say("Somebody is there." if arguments.to is None else "The text was taken.")
    return 0


def price(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        amount = _money(shop, arguments.amount, "amount")
        shop.desk.channels.set_price(arguments.name, amount)
    say(f"A part by {arguments.name} costs {arguments.amount.strip()}.")
    return 0


def set_order(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        shop.desk.channels.set_order(tuple(arguments.names))
        ways = shop.desk.channels.ways()
    for channel in sorted({way.channel for way in ways}):
        names = ", then ".join(way.name for way in ways if way.channel == channel)
        say(f"{channel}: {names}")
    return 0


def set_legs(arguments: argparse.Namespace) -> int:
    from pos_app.domain.cascade import DEFAULT_MINUTES, Leg

    legs = []
    for written in arguments.legs:
        channel, _, minutes = written.partition(":")
        if minutes and not (minutes.isascii() and minutes.isdigit()):
            raise BadInput("legs", "Minutes are a whole number", hint="Such as sms:5.")
        legs.append(Leg(channel, int(minutes) if minutes else DEFAULT_MINUTES))
    with opened(arguments) as shop:
        shop.desk.channels.set_legs(tuple(legs))
    if legs:
        say("Then tried: " + ", ".join(f"{leg.channel} after {leg.minutes} min" for leg in legs))
    else:
        say("A text is tried on its rule’s channel only.")
    return 0


def limits(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        held = shop.desk.channels.limits()
        changed: dict[str, Any] = {}
        if arguments.abroad is not None:
            changed["abroad"] = arguments.abroad == "yes"
        if arguments.any_prefix:
            changed["prefixes"] = ()
        if arguments.prefix:
            changed["prefixes"] = tuple(arguments.prefix)
        for option, name in (("to_number", "to_number_a_day"), ("a_day", "a_day")):
            if getattr(arguments, option) is not None:
                changed[name] = getattr(arguments, option)
        for name in ("day_cost", "message_cost", "month_budget"):
            if getattr(arguments, name) is not None:
                changed[name] = _money(shop, getattr(arguments, name), name)
        wanted = replace(held, **changed)
        if changed:
            shop.desk.channels.set_limits(wanted)
    answer(_limits_of(wanted))
    return 0


def _fields(arguments: argparse.Namespace) -> dict[str, Any]:
    import json

    fields: dict[str, Any] = {}
    if arguments.json is not None:
        try:
            given = json.loads(arguments.json)
        except ValueError:
            given = None
        if not isinstance(given, dict):
            raise BadInput("json", "This is no JSON object")
        fields.update(given)
    for written in arguments.set:
        name, sign, value = written.partition("=")
        if not sign or not name:
            raise BadInput("set", "Write FIELD=VALUE")
        fields[name] = value
    if arguments.lan:
        fields["lan"] = True
    return fields


def _money(shop: Shop, text: str, field: str) -> int:
    """Hundredths of the minor unit from an amount as people write it."""
    from pos_app.domain.money import parse_finely

    return parse_finely(text, shop.desk.setup().settings.shop.currency, field)


def _limits_of(held: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(held), "prefixes": list(held.prefixes)}


def _rows(spent: list[Any]) -> list[dict[str, Any]]:
    from dataclasses import asdict

    return [asdict(row) for row in spent]
