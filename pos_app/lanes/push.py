"""The push lane: pages that are out of date go to the site, many in one request.

State transfer: what is sent is what the order looks like now, so a backlog is one row per order
however often it changed, and repeats do no harm.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from pos_app.clock import DAY_MS, MINUTE_MS, Instant
from pos_app.desk import chats, page_facts, slips
from pos_app.desk.owning import PAGE_ENDED_DAYS
from pos_app.desk.setup import Setup
from pos_app.lanes.drops import drop_envelopes
from pos_app.lanes.lane import Down, States, always
from pos_app.lanes.link_keys import KeyCare
from pos_app.lanes.page_keys import page_keys
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.site_client import SiteClient
from pos_app.lanes.site_line import SiteLine
from pos_app.lanes.snapshots import order_snapshot, shop_profile
from pos_app.lanes.state import CLOCK
from pos_app.store import links, orders, sites
from pos_app.store.sites import Site
from pos_app.wire.envelopes import ORDER, PROFILE, Envelope, encode, seal
from pos_app.wire.snapshots import PushAnswer, PushRequest, ShopProfile

BATCH = 200
BODY_BYTES = 3_500_000
CLOCK_OFF_MS = MINUTE_MS
_log = logging.getLogger("orderbell.lanes")


@dataclass(frozen=True, slots=True)
class Push:
    """One request: its bytes, the pages in it as `(order_id, revision)`, the profile if any."""

    body: bytes
    pages: tuple[tuple[int, int], ...]
    profile: ShopProfile | None


class PushWorker:
    """Pushes until nothing is out of date. `pushed` counts pages the site has taken.

    `holds` says whether this process surely has the lease. A number that a sleeper has taken is
    lower than what its successor has pushed meanwhile: the site would take it for a copy's.
    """

    def __init__(self, shop: OpenShop, states: States, holds: Callable[[], bool] = always) -> None:
        self._shop = shop
        self._holds = holds
        self._states = states
        self._line = SiteLine(shop)
        self._key_care = KeyCare(shop)
        self._stopping = threading.Event()
        self._unanswered: Push | None = None
        self._told: ShopProfile | None = None
        self._refused = False
        self._reserved: int | None = None
        self.pushed = 0

    def work(self) -> float | None:
        while not self._stopping.is_set() and self._holds():
            setup = self._shop.desk.setup()
            with self._shop.database.read() as connection:
                site = sites.active(connection)
            if site is None or setup.settings.catch_up.pauses_page:
                return None
            client = self._connected(site)
            push = self._unanswered or self._next(site, setup)
            if push is None or not self._holds():
                return None
            self._send(client, site, push)
        return None

    def stop(self) -> None:
        self._stopping.set()
        self._line.cut()

    def close(self) -> None:
        self._line.close()

    def _connected(self, site: Site) -> SiteClient:
        client, is_new = self._line.to(site)
        if is_new:
            self._unanswered = self._told = self._reserved = None
            self._refused = False
        return client

    def _next(self, site: Site, setup: Setup) -> Push | None:
        epoch = setup.identity.epoch
        profile: ShopProfile | None = None
        if site.profile_version != setup.revision:
            profile = shop_profile(setup, epoch, page_keys(self._shop, setup, site))
            # Most changes of the set-up (a dish sold out) say nothing new about the shop.
            if site.profile_version and _same(profile, self._told):
                profile = None
        with self._shop.database.read() as connection:
            due = sites.due_pages(connection, BATCH)
            if not due and profile is None:
                return None
            ids = [order_id for order_id, _ in due]
            found = orders.load_many(connection, ids)
            of_orders = links.of_orders(connection, ids)
            facts = page_facts.of_orders(connection, found.values())
            generations = slips.generations(connection, of_orders)
            chat_links = chats.urls(connection, setup, found.values())
        pages: list[tuple[int, int]] = []
        envelopes: list[Envelope] = []
        size = 0
        for order_id, order in found.items():
            here = [link for link in of_orders[order_id] if link.origin == site.origin]
            chat = chat_links.get(order_id, "")
            snapshot = order_snapshot(order, facts[order_id], here, epoch, chat)
            told = [
                seal(order.uid, ORDER, snapshot),
                *drop_envelopes(order, here, setup, generations.get(order_id, 0)),
            ]
            size += sum(len(bytes(envelope.raw)) for envelope in told)
            if envelopes and size > BODY_BYTES:
                break
            envelopes += told
            pages.append((order_id, order.revision))
        body = encode(
            PushRequest(
                store_id=setup.identity.store_id,
                epoch=epoch,
                push_seq=self._number(site),
                now=self._shop.clock.now(),
                profile=None if profile is None else seal("profile", PROFILE, profile),
                orders=envelopes,
                gen=site.generation,
            )
        )
        return Push(body, tuple(pages), profile)

    def _number(self, site: Site) -> int:
        """The request's number, committed before it is used, so that it never comes twice.

        Usually it was taken when the last answer was recorded: one commit less between a tap
        and the phone.
        """
        number, self._reserved = self._reserved, None
        if number is not None:
            return number
        with self._shop.database.write() as connection:
            return sites.next_push_seq(connection, site.site_id)

    def _send(self, client: SiteClient, site: Site, push: Push) -> None:
        # Kept until answered: the same number may come again only with the same bytes.
        self._unanswered = push
        try:
            answer = client.push(push.body)
        except Down as down:
            if down.code in ("fork", "too_large", "refused", "not_offered"):
                self._unanswered = None
            raise
        self._unanswered = None
        is_off = abs(client.offset_ms) > CLOCK_OFF_MS
        self._states.note(CLOCK, "clock_wrong" if is_off else "")
        self._record(site, push, answer)
        self._judge_leap(site, answer)
        self.pushed += len(push.pages)
        self._key_care.heed(client, site, answer.link_key)

    def _judge_leap(self, site: Site, answer: PushAnswer) -> None:
        """A wall clock that has leapt is right when a site elsewhere has the same time."""
        leap_ms = self._shop.clock.leap_ms()
        if not leap_ms or site.mode != "hosted":
            return
        if abs(answer.now - self._shop.clock.now() - leap_ms) <= CLOCK_OFF_MS:
            self._shop.desk.evening.confirm_clock()

    def _record(self, site: Site, push: Push, answer: PushAnswer) -> None:
        now = self._shop.clock.now()
        is_new = answer.site_epoch != site.site_epoch
        has_profile = answer.profile_version is not None
        has_lost_profile = push.profile is None and not has_profile and not self._refused
        with self._shop.database.write() as connection:
            # Refused items are forgotten too: the same bytes would be refused for ever.
            sites.pushed(connection, list(push.pages))
            values: dict[str, object] = {"heard_at": now}
            if push.profile is not None:
                values["profile_version"] = push.profile.version
            if is_new:
                values |= {"site_epoch": answer.site_epoch, "action_cursor": 0}
            if is_new or has_lost_profile:
                values["profile_version"] = 0
                sites.queue_all(connection, now, Instant(now - PAGE_ENDED_DAYS * DAY_MS))
            sites.change(connection, site.site_id, **values)
            number = sites.next_push_seq(connection, site.site_id)
        self._reserved = number
        if push.profile is not None:
            self._told = push.profile
            self._refused = not has_profile
        for result in answer.results:
            if result.outcome in ("unsupported", "invalid"):
                _log.warning("the site answered %s to %s", result.outcome, result.id)


def _same(profile: ShopProfile, told: ShopProfile | None) -> bool:
    return told is not None and msgspec.structs.replace(told, version=profile.version) == profile
