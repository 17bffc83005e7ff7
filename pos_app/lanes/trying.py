"""Trying a way out by hand: is anybody there, and does a text leave?"""

from __future__ import annotations

from pos_app.channels.protocol import Accepted, OutgoingText, Unknown
from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.ids import new_uid
from pos_app.domain.way_forms import Trial, Tried
from pos_app.lanes.outlet import Outlet, open_way
from pos_app.lanes.shop import OpenShop
from pos_app.language import Texts

_LASTS_MS = 10 * MINUTE_MS


def answers(shop: OpenShop, channel_name: str = "sms") -> bool | None:
    """Whether the way out can be asked now; None when none is set up."""
    outlet = Outlet(shop, channel_name)
    try:
        channel = outlet.current()
        # Nobody knows this message: an answer about it shows that the gateway is there.
        return None if channel is None else channel.poll(new_uid()) is not None
    finally:
        outlet.close()


def is_there(shop: OpenShop, name: str) -> bool:
    """Whether the gateway called `name` answers us. Raises NotFound."""
    channel = open_way(shop, shop.desk.channels.way(name))
    try:
        return channel.poll(new_uid()) is not None
    finally:
        channel.close()


def send_one(shop: OpenShop, name: str, to: str) -> str:
    """One text of trial; empty when it was taken, else why not. Raises NotFound."""
    return tried(shop, name, to).code


def tried(shop: OpenShop, name: str, to: str) -> Tried:
    """What came of one text of trial to `to` by the way called `name`. Raises NotFound."""
    way = shop.desk.channels.way(name)
    settings = shop.desk.setup().settings
    words = Texts(settings.shop.language).gettext("{shop}: a text to try this way out.")
    text = OutgoingText(
        new_uid(),
        to,
        words.format(shop=settings.shop.name),
        Instant(shop.clock.now() + _LASTS_MS),
        language=settings.shop.language,
    )
    channel = open_way(shop, way)
    try:
        outcome = channel.send(text)
    finally:
        channel.close()
    if isinstance(outcome, Accepted):
        return Tried(Trial.ACCEPTED)
    trial = Trial.UNKNOWN if isinstance(outcome, Unknown) else Trial.REFUSED
    return Tried(trial, outcome.code)
