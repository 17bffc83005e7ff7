"""An order and a shop as their page may know them: no person, no note, no price."""

from __future__ import annotations

import re

from pos_app.desk import guest_acts
from pos_app.desk.page_facts import PageFacts
from pos_app.desk.setup import Setup
from pos_app.desk.slips import SLIP
from pos_app.domain.menu import Names
from pos_app.domain.order import Line, Order
from pos_app.domain.workflow import PHASES
from pos_app.lanes.page_keys import NONE, PageKeys
from pos_app.language import LANGUAGES
from pos_app.store.links import Link
from pos_app.wire import snapshots as wire
from pos_app.wire.tokens import token_hash

LONGEST_NAME = 200
_MOST_MODIFIERS = 50
_MOST_ITEMS = 300
_MOST_LINKS = 20
_MOST_PIECES = 10_000
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z", re.ASCII)
_NO_PHONE = re.compile(r"[^+0-9() .-]")


def order_snapshot(
    order: Order, facts: PageFacts, links: list[Link], epoch: int, chat: str = ""
) -> wire.OrderSnapshot:
    """`order` for its page; `links` are those of the site it is pushed to, `chat` opens the bot."""
    times = order.times
    return wire.OrderSnapshot(
        uid=order.uid,
        epoch=epoch,
        revision=order.revision,
        number=order.number[:16],
        fulfilment=order.fulfilment.value,
        kind=order.kind.value,
        phase=PHASES[order.kind].value,
        placed_at=order.placed_at,
        stages=wire.StageTimes(
            times.received_at, times.preparing_at, times.ready_at, times.out_at, times.ended_at
        ),
        promised_at=order.promised_at,
        promise_moved=order.promise_moved,
        items=[_item(line) for line in order.open_lines[:_MOST_ITEMS]],
        links=[
            wire.Link(token_hash(link.token), _scope(link.scope), link.revoked)
            for link in _of_guests(links)[-_MOST_LINKS:]
        ],
        cancel_allowed=order.kind in guest_acts.CANCELLABLE,
        called_early=facts.called_early,
        acts=guest_acts.allowed(order, facts),
        cancel_asked=order.cancel_asked_at is not None,
        cancel_declined=facts.cancel_declined,
        texts_stopped=order.texts_stopped_at is not None,
        stars=facts.stars,
        chat=chat,
    )


def shop_profile(setup: Setup, epoch: int, keys: PageKeys = NONE) -> wire.ShopProfile:
    """What the page says about the shop; its version is the set-up's revision."""
    shop, stop = setup.settings.shop, setup.settings.stop
    colour = shop.colour if _COLOUR.match(shop.colour) else wire.ShopProfile.colour
    return wire.ShopProfile(
        epoch=epoch,
        version=setup.revision,
        names={shop.language: shop.name[:LONGEST_NAME]},
        languages=list(LANGUAGES),
        default_language=shop.language,
        zone=shop.zone,
        phone=_NO_PHONE.sub("", shop.phone)[:32],
        labels=_labels(setup),
        colour=colour,
        deliveries_stopped_until=stop.deliveries_until,
        everything_stopped_until=stop.everything_until,
        push_key=keys.push,
        box_key=keys.box,
    )


def _of_guests(links: list[Link]) -> list[Link]:
    """Without the courier's, which is told apart from the guest's page."""
    return [link for link in links if link.scope != SLIP]


def _labels(setup: Setup) -> dict[str, Names]:
    """The shop's own words for statuses, where it has any."""
    labels: dict[str, Names] = {}
    for status in setup.statuses:
        if status.names and status.kind.value not in labels:
            labels[status.kind.value] = _names(status.names)
    return labels


def _item(line: Line) -> wire.Item:
    return wire.Item(
        quantity=min(line.quantity, _MOST_PIECES),
        names=_names(line.names),
        modifiers=[_names(modifier.names) for modifier in line.modifiers[:_MOST_MODIFIERS]],
    )


def _names(names: Names) -> Names:
    return {code: name[:LONGEST_NAME] for code, name in names.items()}


def _scope(scope: str) -> wire.Scope:
    return "personal" if scope == "personal" else "paper"
