"""All lanes of one open shop: who may run them, what wakes them, how they end.

Sending lanes run in the one process that holds the lease; printer lanes in one process of the
device that owns the printers. Every other process keeps asking, so that it takes over within
two seconds when the holder dies or sleeps. A holder that slept itself finds out first whether it
was passed over, and how long the shop went on without it; only then do its lanes act again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from pos_app.changes import (
    Change,
    MenuChanged,
    MessagesChanged,
    OrdersChanged,
    PrintJobsChanged,
    SettingsChanged,
)
from pos_app.desk.catching_up import GAP_MS
from pos_app.errors import StoreError
from pos_app.lanes.forgetting import ForgettingWorker
from pos_app.lanes.inbox import InboxWorker
from pos_app.lanes.lane import Lane, admit
from pos_app.lanes.lease import Lease, printers_lease
from pos_app.lanes.nightly import NightlyWorker
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.owner import DayWords, OwnerWorker
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.precedence import Precedence
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.readiness import get_ready
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import (
    CHANNEL,
    FORGET,
    INBOX,
    NIGHTLY,
    OWNER,
    PRINTER,
    PULL,
    PUSH,
    SMS,
    TIMERS,
    UPDATES,
    WEBHOOKS,
    LaneStates,
    lane_of,
    ways_to_run,
)
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.lanes.updates import UpdatesWorker
from pos_app.lanes.webhooks import WebhooksWorker
from pos_app.store import lanes as lane_rows
from pos_app.store.printers import StoredPrinter

if TYPE_CHECKING:
    from pos_app.channels.telegram_answers import PageWords

ASK_S = 0.25
READY_AFTER_S = 5.0
"""So long a window that does not send is left alone with its board."""
SITE_CAP_S = 5.0
PRINTER_CAP_S = 5.0


class Lanes:
    """Started once and stopped once. `start` returns at once; `stop` within two seconds.

    `page_words` gives the tracking page's words, in which the shop's bot answers; without them
    nobody reads its inbox. `day_words` tells the owner how a day was; without it nobody does.
    """

    def __init__(
        self,
        shop: OpenShop,
        page_words: Callable[[], PageWords] | None = None,
        day_words: DayWords | None = None,
    ) -> None:
        self._shop = shop
        self._page_words = page_words
        self._day_words = day_words
        self._lease = Lease(shop)
        self._printers_lease = printers_lease(shop)
        self._paper_states = LaneStates(shop, self._printers_lease)
        self._sender_states = LaneStates(shop, self._lease)
        self._senders: dict[str, Lane] = {}
        self._precedence = Precedence(self._step_in)
        self._printers: dict[StoredPrinter, Lane] = {}
        self._guard = threading.Lock()
        self._is_ready = False
        self._begun_s = time.monotonic()
        self._lost = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lanes", daemon=True)
        self._end_watch: Callable[[], None] | None = None

    @property
    def sends(self) -> bool:
        """Whether this process holds the lease."""
        return bool(self._senders)

    def start(self) -> None:
        self._end_watch = self._shop.feed.subscribe(self._hear)
        self._thread.start()

    def stop(self) -> None:
        """End every lane; a call in progress is cut."""
        self._stopping.set()
        if self._end_watch is not None:
            self._end_watch()
        if self._thread.ident is not None:
            self._thread.join()

    def wake(self) -> None:
        """Look for work now, whatever was said before."""
        for lane in self._all():
            lane.wake(urgent=True)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                try:
                    self._look()
                except StoreError:
                    self._stopping.wait(ASK_S)
                self._stopping.wait(ASK_S)
        finally:
            self._stop_senders()
            self._stop_printers(list(self._printers))
            self._printers_lease.release()

    def _look(self) -> None:
        if self._senders and (self._lost.is_set() or not self._still_sends()):
            self._stop_senders()
        if self._senders:
            self._follow_channels()
        elif self._lease.take():
            self._take_over()
        elif not self._is_ready and time.monotonic() - self._begun_s >= READY_AFTER_S:
            self._get_ready()
        if self._prints() or self._printers_lease.take():
            self._follow_printers()

    def _get_ready(self) -> None:
        try:
            get_ready(self._shop)
        except StoreError:
            raise
        except Exception as bug:  # noqa: BLE001 - whoever stands by takes over all the same
            admit("readiness", bug)
        self._is_ready = True

    def _still_sends(self) -> bool:
        """Whether the lease is still ours; after a sleep a gap is asked about before we go on."""
        lapses = self._lease.lapses
        with self._shop.database.read() as connection:
            heard_at = lane_rows.standing(connection).heartbeat_at
            if not self._lease.holds_in(connection):
                return False
        if not self._lease.holds():
            if heard_at and self._shop.clock.now() - heard_at > GAP_MS:
                self._shop.desk.evening.begin_catch_up(heard_at)
            self._lease.trust(lapses)
            self.wake()
        return True

    def _prints(self) -> bool:
        """Whether this process is the one that prints on this device."""
        lapses = self._printers_lease.lapses
        if not self._printers_lease.fence:
            return False
        if self._printers_lease.confirm():
            self._printers_lease.trust(lapses)
            return True
        self._stop_printers(list(self._printers))
        self._printers_lease.release()
        self._paper_states = LaneStates(self._shop, self._printers_lease)
        return False

    def _take_over(self) -> None:
        """After a gap a person decides first what may still be said: then the lanes begin."""
        try:
            if self._lease.last_heard_at:
                self._shop.desk.evening.begin_catch_up(self._lease.last_heard_at)
        except BaseException:
            self._lease.release()
            raise
        self._start_senders()

    def _start_senders(self) -> None:
        self._lost.clear()
        shop, fence = self._shop, self._lease.fence
        holds, states = self._lease.holds, LaneStates(shop, self._lease)
        timers = TimersWorker(shop, fence, self._lost.set, holds, states)
        lanes = {
            PUSH: Lane(PUSH, PushWorker(shop, states, holds), states, cap_s=SITE_CAP_S),
            PULL: Lane(PULL, PullWorker(shop, holds=holds), states, cap_s=SITE_CAP_S),
            TIMERS: Lane(TIMERS, timers, states),
            FORGET: Lane(FORGET, ForgettingWorker(shop), states),
            NIGHTLY: Lane(NIGHTLY, NightlyWorker(shop), states),
            WEBHOOKS: Lane(WEBHOOKS, WebhooksWorker(shop, holds), states),
            UPDATES: Lane(UPDATES, UpdatesWorker(shop), states),
        }
        if self._day_words is not None:
            owner = OwnerWorker(shop, fence, self._day_words, holds)
            lanes[OWNER] = Lane(OWNER, owner, states)
        with self._guard:
            self._senders = lanes
        for lane in lanes.values():
            lane.start()
        self._sender_states = states
        self._follow_channels()

    def _follow_channels(self) -> None:
        """One lane per way that is set up: a silent one holds up no other."""
        wanted = ways_to_run(self._shop)
        with self._guard:
            gone = {
                lane: self._senders.pop(lane)
                for lane in list(self._senders)
                if (lane == SMS or lane.startswith(CHANNEL)) and lane not in wanted
            }
        _end(list(gone.values()))
        for lane_name in gone:
            self._sender_states.note(lane_name, "")
        for lane_name, (channel, place) in wanted.items():
            if lane_name not in self._senders:
                outlet = Outlet(self._shop, channel, place)
                worker = TextsWorker(
                    self._shop, self._lease.fence, outlet, self._lease.holds, self._precedence
                )
                lane = Lane(lane_name, worker, self._sender_states)
                with self._guard:
                    self._senders[lane_name] = lane
                lane.start()
        self._follow_bot()

    def _follow_bot(self) -> None:
        """One lane for the bot's inbox, while there is a bot."""
        page_words = self._page_words
        is_wanted = page_words is not None and bool(self._shop.desk.setup().bot)
        with self._guard:
            gone = None if is_wanted else self._senders.pop(INBOX, None)
        if gone is not None:
            _end([gone])
            self._sender_states.note(INBOX, "")
        if page_words is None or not is_wanted or INBOX in self._senders:
            return
        worker = InboxWorker(self._shop, page_words, self._lease.holds)
        lane = Lane(INBOX, worker, self._sender_states)
        with self._guard:
            self._senders[INBOX] = lane
        lane.start()

    def _step_in(self, channel: str, place: int) -> None:
        """A way takes nothing now: who stands behind it looks at once what there is to do."""
        with self._guard:
            senders = dict(self._senders)
        behind = [lane_of(channel, further) for further in range(place + 1, len(senders))]
        _wake(senders, tuple(behind))

    def _stop_senders(self) -> None:
        with self._guard:
            lanes, self._senders = list(self._senders.values()), {}
        _end(lanes)
        self._lease.release()

    def _follow_printers(self) -> None:
        """One lane per printer of this device, as it is set up now."""
        setup = self._shop.desk.setup()
        mine = [p for p in setup.printers if p.device_id == self._shop.terminal_id]
        gone = [printer for printer in self._printers if printer not in mine]
        self._stop_printers(gone)
        for printer in gone:
            self._paper_states.note(f"{PRINTER}{printer.id}", "")
        for printer in mine:
            if printer not in self._printers:
                name = f"{PRINTER}{printer.id}"
                worker = PrinterWorker(self._shop, printer, self._printers_lease.holds)
                lane = Lane(name, worker, self._paper_states, cap_s=PRINTER_CAP_S)
                with self._guard:
                    self._printers[printer] = lane
                lane.start()

    def _stop_printers(self, printers: list[StoredPrinter]) -> None:
        with self._guard:
            lanes = [self._printers.pop(printer) for printer in printers]
        _end(lanes)

    def _all(self) -> list[Lane]:
        with self._guard:
            return [*self._senders.values(), *self._printers.values()]

    def _hear(self, change: Change) -> None:
        """Runs on the thread that committed: sets events and returns."""
        if isinstance(change, SettingsChanged):
            self.wake()
            return
        with self._guard:
            senders, printers = dict(self._senders), list(self._printers.values())
        if isinstance(change, OrdersChanged | MenuChanged):
            _wake(senders, (PUSH, WEBHOOKS, *_channels(senders)))
        if isinstance(change, MessagesChanged):
            _wake(senders, _channels(senders))
        if isinstance(change, OrdersChanged | PrintJobsChanged):
            is_asked = isinstance(change, PrintJobsChanged) and change.by_hand
            for lane in printers:
                lane.wake(urgent=is_asked)


def _channels(lanes: dict[str, Lane]) -> tuple[str, ...]:
    return tuple(name for name in lanes if name == SMS or name.startswith(CHANNEL))


def _wake(lanes: dict[str, Lane], names: tuple[str, ...]) -> None:
    for name in names:
        if name in lanes:
            lanes[name].wake()


def _end(lanes: list[Lane]) -> None:
    for lane in lanes:
        lane.ask_to_stop()
    for lane in lanes:
        lane.join()
