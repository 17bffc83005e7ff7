"""The ways out that the owner sets up: named, priced, limited; secrets sealed under their names."""

from __future__ import annotations

import re
from dataclasses import replace

from pos_app import config, keys
from pos_app.desk import asked_on, owning, rule_widening
from pos_app.desk.browsers import PUSH
from pos_app.desk.transaction import Transaction
from pos_app.domain.cascade import MOST_LEGS, Leg
from pos_app.errors import BadInput, NotFound
from pos_app.store import contacts, settings

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,23}", re.ASCII)
LONGEST_PRICE = 10_000_000
LONGEST_LEG_MINUTES = 240


def add(act: Transaction, way: config.WayOut, secret: str, store_key: bytes) -> None:
    """Set up a way out, or set the one of this name up anew. Raises BadInput naming the field."""
    _check(way)
    held = act.setup.settings.channels
    if way.name == config.PHONE:
        raise BadInput("name", "This name is the gateway phone’s", hint="Choose another.")
    if secret:
        sealed = keys.seal(store_key, way.secret, secret)
        settings.write_sealed(act.connection, way.secret, sealed, act.now)
    known = [one.name for one in held.ways]
    ways = [way if one.name == way.name else one for one in held.ways]
    if way.name not in known:
        ways.append(way)
    if way.channel in asked_on.BESIDE_PHONE:
        rule_widening.widen(act)
    owning.write_setting(act, config.CHANNELS, replace(held, ways=tuple(ways)))


def remove(act: Transaction, name: str) -> None:
    """Texts leave by this way no more; what waits for it goes on by its further legs."""
    held = act.setup.settings.channels
    if name == config.PHONE and act.setup.settings.sms.kind != "none":
        settings.forget_sealed(act.connection, config.SMS_PASSWORD)
        owning.write_setting(act, config.SMS, config.SmsSettings())
        return
    if name not in [way.name for way in held.ways]:
        raise NotFound(
            "There is no way out called {name}", hint="See `orderbell channel list`.", name=name
        )
    ways = tuple(way for way in held.ways if way.name != name)
    settings.forget_sealed(act.connection, f"channel/{name}")
    if PUSH not in [way.channel for way in ways]:
        # Every browser has subscribed under the key that has just gone.
        contacts.remove_channel(act.connection, PUSH)
    owning.write_setting(act, config.CHANNELS, replace(held, ways=ways))


def set_order(act: Transaction, names: tuple[str, ...]) -> None:
    """Of the ways of one channel those named here come first, in this order."""
    known = [way.name for way in act.setup.settings.ways]
    for place, name in enumerate(names):
        if name not in known or name in names[:place]:
            raise BadInput(
                "order",
                "“{name}” is no way out here, or stands twice",
                hint="{known}",
                name=name,
                known=", ".join(known),
            )
    held = act.setup.settings.channels
    owning.write_setting(act, config.CHANNELS, replace(held, order=names))


def set_price(act: Transaction, name: str, price: int) -> None:
    """What one part costs by this way, in hundredths of the minor unit."""
    _check_money("price", price, LONGEST_PRICE)
    held = act.setup.settings.channels
    if name == config.PHONE:
        owning.write_setting(act, config.CHANNELS, replace(held, phone_price=price))
        return
    if name not in [way.name for way in held.ways]:
        raise NotFound(
            "There is no way out called {name}", hint="See `orderbell channel list`.", name=name
        )
    ways = tuple(replace(way, price=price) if way.name == name else way for way in held.ways)
    owning.write_setting(act, config.CHANNELS, replace(held, ways=ways))


def set_limits(act: Transaction, limits: config.TextLimits) -> None:
    """Raises BadInput naming the field."""
    for name in ("to_number_a_day", "a_day", "day_cost", "message_cost", "month_budget"):
        _check_money(name, getattr(limits, name), 10**12)
    for prefix in limits.prefixes:
        if not re.fullmatch(r"\+[0-9]{1,14}", prefix):
            raise BadInput("prefixes", "A prefix is a + and digits", hint="Such as +38067.")
    held = act.setup.settings.channels
    owning.write_setting(act, config.CHANNELS, replace(held, limits=limits))


def set_legs(act: Transaction, legs: tuple[Leg, ...]) -> None:
    """Channels on which a text is tried one after the other when its rule names none."""
    names = [leg.channel for leg in legs]
    if len(legs) > MOST_LEGS or len(set(names)) != len(names):
        raise BadInput("legs", "Each channel once, at most {most}", most=MOST_LEGS)
    for leg in legs:
        _check_channel(leg.channel)
        if not 1 <= leg.minutes <= LONGEST_LEG_MINUTES:
            raise BadInput("legs", "From 1 to {most} minutes", most=LONGEST_LEG_MINUTES)
    held = act.setup.settings.channels
    owning.write_setting(act, config.CHANNELS, replace(held, legs=legs))


def way_called(act_settings: config.Settings, name: str) -> config.WayOut:
    """The way out of this name. Raises NotFound."""
    for way in act_settings.ways:
        if way.name == name:
            return way
    raise NotFound(
        "There is no way out called {name}", hint="See `orderbell channel list`.", name=name
    )


def _check(way: config.WayOut) -> None:
    if not _NAME.fullmatch(way.name):
        raise BadInput("name", "A name is small letters, digits and -", hint="Such as twilio-2.")
    _check_channel(way.channel)
    _check_money("price", way.price, LONGEST_PRICE)


def _check_channel(channel: str) -> None:
    if channel not in config.CHANNEL_NAMES:
        raise BadInput(
            "channel",
            "“{channel}” is no channel here",
            hint="{known}",
            channel=channel,
            known=", ".join(config.CHANNEL_NAMES),
        )


def _check_money(name: str, amount: int, most: int) -> None:
    if not 0 <= amount <= most:
        raise BadInput(name, "This must be 0 or more, and not that much")
