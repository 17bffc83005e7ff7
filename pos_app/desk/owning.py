"""What the owner sets: the shop, the minutes told to guests, channels, the page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from pos_app import config, keys
from pos_app.clock import DAY_MS, Instant
from pos_app.desk import pages, setup
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import StageLimits
from pos_app.domain.quote import TellGuests
from pos_app.errors import BadInput, NotFound
from pos_app.store import links, menu, orders, settings, sites

PAGE_ENDED_DAYS = 14
LONGEST_LIMIT_MINUTES = 240


def write_setting(act: Transaction, key: str, value: object) -> None:
    """Store one settings document; the journal says that it changed, not what is in it."""
    settings.write(act.connection, key, value, act.now)
    act.record("settings_changed", None, {"keys": [key]})
    setup.touch(act.connection)


def change_shop(act: Transaction, shop: config.ShopSettings) -> None:
    write_setting(act, config.SHOP, config.checked(shop))


def move_tell_guests(act: Transaction, step_minutes: int) -> TellGuests:
    """Move both told minutes by one tap; returns what guests are told from now on."""
    told = setup.read_settings(act.connection).tell_guests.moved(step_minutes)
    write_setting(act, config.TELL_GUESTS, told)
    act.record("tell_guests_moved", None, asdict(told))
    return told


def set_limits(act: Transaction, limits: StageLimits) -> None:
    """Set the minutes a ticket may stay. Raises BadInput naming the field."""
    for field, minutes in asdict(limits).items():
        if not 1 <= minutes <= LONGEST_LIMIT_MINUTES:
            raise BadInput(field, "From 1 to {most} minutes", most=LONGEST_LIMIT_MINUTES)
    write_setting(act, config.LIMITS, limits)


def set_sms(
    act: Transaction, sms: config.SmsSettings, password: str | None, store_key: bytes
) -> None:
    """Set the gateway; `password` None keeps the sealed one. Raises BadInput naming the field."""
    if sms.kind not in ("none", "smsgate"):
        raise BadInput(
            "kind",
            "“{kind}” is no channel here",
            hint="{known}",
            kind=sms.kind,
            known="none, smsgate",
        )
    if sms.kind == "smsgate":
        if not sms.url.startswith(("http://", "https://")):
            raise BadInput("url", "The address starts with http:// or https://")
        if not sms.username:
            raise BadInput("username", "The gateway asks for a user name")
    if password is not None:
        sealed = keys.seal(store_key, config.SMS_PASSWORD, password)
        settings.write_sealed(act.connection, config.SMS_PASSWORD, sealed, act.now)
    write_setting(act, config.SMS, sms)


def mark_sold_out(act: Transaction, dish_id: int, sold_out: bool) -> None:
    if act.setup.menu.dish(dish_id) is None:
        raise NotFound("There is no such dish")
    menu.mark_sold_out(act.connection, dish_id, sold_out)
    act.record("sold_out" if sold_out else "on_sale", None, {"dish_id": dish_id})
    setup.touch(act.connection)


def use_site(act: Transaction, site: sites.Site, key: bytes, keys: Collection[bytes] = ()) -> int:
    """Report to `site` from now on; open orders get links there. Returns how many got one.

    `key` makes links from now on; one that none of `keys` has made may open nothing any more.
    """
    sites.activate(act.connection, site)
    setup.touch(act.connection)
    act.record("site_used", None, {"site_id": site.site_id, "mode": site.mode})
    act.setup = setup.with_site(act.setup, site, key)
    open_links = links.of_open_orders(act.connection, site.origin)
    fresh = [order_id for order_id, found in open_links.items() if not pages.opens(found, keys)]
    for order_id in fresh:
        found = orders.load(act.connection, order_id)
        if found is not None:
            pages.mint_links(act, found)
            act.changed.add(order_id)
    sites.queue_all(act.connection, act.now, Instant(act.now - PAGE_ENDED_DAYS * DAY_MS))
    return len(fresh)


def use_link_key(act: Transaction, site: sites.Site, kid: int, generation: int) -> None:
    """Make links at `site` with the key of `generation` from now on, whose handle there is `kid`.

    Nothing happens where another process has gone further, or has joined another site meanwhile.
    """
    if not sites.take_key(act.connection, site, kid, generation):
        return
    setup.touch(act.connection)
    act.record("link_key_renewed", None, {"site_id": site.site_id, "generation": generation})


def stop_site(act: Transaction) -> None:
    """Nobody can open a page from now on; links already printed go nowhere."""
    sites.deactivate(act.connection)
    act.record("site_stopped", None, {})
    setup.touch(act.connection)
