"""What is down, since when, and how much waits: written by lanes, read by every window."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from pos_app.automation.budget import BUDGET
from pos_app.automation.urgency import NOT_CALLED_FOR
from pos_app.changes import LanesChanged
from pos_app.clock import Instant
from pos_app.config import WayOut
from pos_app.desk.leaping import LANE as LEAP
from pos_app.desk.setup import Setup
from pos_app.errors import StoreError
from pos_app.lanes.down import HELD, Down, What
from pos_app.lanes.lease import Lease
from pos_app.lanes.sentence import Waiting, sentence
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes, messages, printing, sent, sites
from pos_app.store.database import Connection
from pos_app.store.lanes import LaneState

PUSH, PULL, TIMERS, SMS, CLOCK = "push", "pull", "timers", "sms", "clock"
CHANNEL = "channel:"
"""Begins the name of a channel's lane; that of SMS has always been called `sms`."""
NIGHTLY, FORGET, WEBHOOKS = "nightly", "forget", "webhooks"
INBOX = "inbox"
"""Reads what guests write to the shop's bot."""
OWNER = "owner"
UPDATES = "updates"
_TOLD_ELSEWHERE = (NIGHTLY, FORGET, WEBHOOKS, OWNER, UPDATES)
PRINTER = lanes.PRINTER
OK, BROKEN = "ok", "down"
_NO_INTERNET = ("no_name", "no_route")


@dataclass(frozen=True, slots=True)
class LaneStatus:
    """`sentence` is empty when well; counts are of what has not left the till yet."""

    sentence: str
    down: tuple[Down, ...]
    waiting: Waiting
    oldest_text_at: Instant | None
    oldest_page_at: Instant | None


class LaneStates:
    """Where lanes say how they fare. Written to the store only when it changes.

    With a `lease`, what a holder says that has lost it meanwhile is not written: it would stand
    on the screens for ever, for its successor has no trouble to take back.
    """

    def __init__(self, shop: OpenShop, lease: Lease | None = None) -> None:
        self._shop = shop
        self._lease = lease
        self._known: dict[str, str] = {}
        self._guard = threading.Lock()

    def note(self, lane: str, code: str) -> None:
        """`lane` met `code`; empty: it works. A store that cannot be written is tried again."""
        with self._guard:
            if self._known.get(lane) == code:
                return
            with contextlib.suppress(StoreError):
                self._write(lane, code)
                self._known[lane] = code

    def _write(self, lane: str, code: str) -> None:
        state = BROKEN if code else OK
        with self._shop.desk.act() as act:
            if self._lease is not None and not self._lease.holds_in(act.connection):
                return
            before = {found.lane: found for found in lanes.states(act.connection)}.get(lane)
            if before is None and not code:
                return
            if not lanes.note_state(act.connection, lane, state, code, act.now):
                return
            act.record("lane_changed", None, {"lane": lane, "state": state, "code": code})
        self._shop.feed.publish(LanesChanged())


def status(shop: OpenShop, language: str = "") -> LaneStatus:
    """How the lanes of this shop fare, in `language` (the shop's own when empty)."""
    setup = shop.desk.setup()
    with shop.database.read() as connection:
        found = lanes.states(connection)
        texts, oldest_text = messages.waiting(connection)
        pages, oldest_page = sites.waiting_pages(connection)
        by_channel = sent.waiting_by_channel(connection)
        uncalled = _uncalled(connection, setup)
        queues = {queue.printer_id: queue for queue in printing.queues(connection)}
    broken = [state for state in found if state.state == BROKEN]
    down = (
        *(_down(state, setup, by_channel) for state in broken if _is_told(state)),
        *uncalled,
        *_backup(shop, {state.lane: state for state in broken}.get(NIGHTLY)),
        *_printers(broken, queues, setup),
    )
    waiting = Waiting(texts, pages)
    said = sentence(
        down,
        waiting,
        language=language or setup.settings.shop.language,
        zone=setup.settings.shop.zone,
        now=shop.clock.now(),
    )
    return LaneStatus(said, down, waiting, oldest_text, oldest_page)


def _is_told(state: LaneState) -> bool:
    """Whether it is something outside that one waits for; the others are told in their own way."""
    return not state.lane.startswith(PRINTER) and state.lane not in _TOLD_ELSEWHERE


def _backup(shop: OpenShop, broken: LaneState | None) -> Iterator[Down]:
    """A failed try is tried again; a person hears of it when the last good copy is too old."""
    if shop.identity.practice:
        return
    try:
        since = shop.desk.backups.missing_since()
    except StoreError as error:
        since = broken.since if broken is not None else shop.clock.now()
        yield Down(What.BACKUP, error.code, since)
        return
    if since is not None:
        yield Down(What.BACKUP, broken.code if broken is not None else "too_old", since)


def lane_of(channel: str, place: int = 0) -> str:
    """What the lane of a channel's first way is called, or of one further behind."""
    if place:
        return f"{CHANNEL}{channel}:{place + 1}"
    return SMS if channel == "sms" else f"{CHANNEL}{channel}"


def ways_to_run(shop: OpenShop) -> dict[str, tuple[str, int]]:
    """Channel and place of every way by which texts can leave, by the name of its lane."""
    setup = shop.desk.setup()
    return {
        lane_of(channel, place): (channel, place)
        for channel in sorted(setup.open_channels)
        for place in range(1 if setup.identity.practice else len(setup.settings.ways_of(channel)))
    }


def way_of(lane: str, setup: Setup) -> tuple[str, WayOut | None]:
    """Which channel a lane serves, and by which way now."""
    channel, _, number = lane.removeprefix(CHANNEL).partition(":")
    ways = setup.settings.ways_of(channel)
    place = int(number) - 1 if number else 0
    return channel, ways[place] if place < len(ways) else None


def _uncalled(connection: Connection, setup: Setup) -> tuple[Down, ...]:
    """Open orders whose text was too dear: those guests are to be called."""
    if not setup.settings.channels.limits.month_budget:
        return ()
    numbers = sent.open_numbers_dropped(connection, BUDGET, NOT_CALLED_FOR)
    if not numbers:
        return ()
    return (Down(What.BUDGET, BUDGET, Instant(0), numbers=tuple(numbers)),)


def down_of(state: LaneState, setup: Setup) -> Down | None:
    """What people are told of a lane in trouble; None of those that are told in their own way."""
    return _down(state, setup, {}) if _is_told(state) else None


def _down(state: LaneState, setup: Setup, waiting: dict[str, int]) -> Down:
    what = _what(state, setup)
    if what is not What.TEXTS:
        return Down(what, state.code, state.since)
    channel, way = way_of(state.lane, setup)
    kind = "" if way is None else way.kind
    return Down(
        what, state.code, state.since, channel=channel, kind=kind, texts=waiting.get(channel, 0)
    )


def _printers(
    broken: list[LaneState], queues: dict[int, printing.Queue], setup: Setup
) -> Iterator[Down]:
    """Printers that are down, then those that work but have slips which ask a person."""
    down = {int(s.lane.removeprefix(PRINTER)): s for s in broken if s.lane.startswith(PRINTER)}
    names = {printer.id: printer.name for printer in setup.printers if printer.id not in down}
    for printer in setup.printers:
        state, queue = down.get(printer.id), queues.get(printer.id)
        if state is not None:
            slips = queue.waiting + queue.held if queue is not None else 0
            instead = names.get(printer.fallback_id or 0, "")
            yield Down(What.PRINTER, state.code, state.since, printer.name, slips, instead)
        elif queue is not None and queue.held:
            yield Down(What.PRINTER, HELD, queue.oldest_at, printer.name, queue.held)


def _what(state: LaneState, setup: Setup) -> What:
    if state.lane == LEAP:
        return What.LEAP
    if state.lane == INBOX:
        return What.INTERNET if state.code in _NO_INTERNET else What.INBOX
    if state.lane == CLOCK:
        return What.CLOCK
    if state.lane == SMS or state.lane.startswith(CHANNEL):
        _channel, way = way_of(state.lane, setup)
        far = way is None or not way.setup.get("lan", False)
        return What.INTERNET if far and state.code in _NO_INTERNET else What.TEXTS
    hosted = setup.site is not None and setup.site.mode == "hosted"
    return What.INTERNET if hosted and state.code in _NO_INTERNET else What.SITE
