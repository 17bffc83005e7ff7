"""All lanes of one open shop: who may run them, what wakes them, how they end.

Sending lanes run in the one process that holds the lease; printer lanes in one process of the
device that owns the printers. Every other process keeps asking, so that it takes over within
two seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from pos_app.changes import (
    Change,
    MenuChanged,
    MessagesChanged,
    OrdersChanged,
    PrintJobsChanged,
    SettingsChanged,
)
from pos_app.errors import StoreError
from pos_app.lanes.forgetting import ForgettingWorker
from pos_app.lanes.lane import Lane
from pos_app.lanes.lease import Lease, printers_lock
from pos_app.lanes.nightly import NightlyWorker
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import (
    FORGET,
    NIGHTLY,
    PRINTER,
    PULL,
    PUSH,
    SMS,
    TIMERS,
    LaneStates,
)
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.store.printers import StoredPrinter

ASK_S = 0.5
SITE_CAP_S = 5.0
PRINTER_CAP_S = 5.0


class Lanes:
    """Started once and stopped once. `start` returns at once; `stop` within two seconds."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._states = LaneStates(shop)
        self._lease = Lease(shop)
        self._printers_lock = printers_lock(shop)
        self._prints = False
        self._senders: dict[str, Lane] = {}
        self._printers: dict[StoredPrinter, Lane] = {}
        self._guard = threading.Lock()
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
            if self._prints:
                self._printers_lock.release()

    def _look(self) -> None:
        if self._lost.is_set():
            self._stop_senders()
        if not self._senders and self._lease.take():
            self._take_over()
        if not self._prints:
            self._prints = self._printers_lock.take()
        if self._prints:
            self._follow_printers()

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
        lanes = {
            PUSH: Lane(PUSH, PushWorker(shop, self._states), self._states, cap_s=SITE_CAP_S),
            PULL: Lane(PULL, PullWorker(shop), self._states, cap_s=SITE_CAP_S),
            TIMERS: Lane(TIMERS, TimersWorker(shop, fence, self._lost.set), self._states),
            FORGET: Lane(FORGET, ForgettingWorker(shop), self._states),
            SMS: Lane(SMS, TextsWorker(shop, fence, Outlet(shop)), self._states),
            NIGHTLY: Lane(NIGHTLY, NightlyWorker(shop), self._states),
        }
        with self._guard:
            self._senders = lanes
        for lane in lanes.values():
            lane.start()

    def _stop_senders(self) -> None:
        with self._guard:
            lanes, self._senders = list(self._senders.values()), {}
        _end(lanes)
        if self._lease.fence:
            self._lease.release()

    def _follow_printers(self) -> None:
        """One lane per printer of this device, as it is set up now."""
        setup = self._shop.desk.setup()
        mine = [p for p in setup.printers if p.device_id == self._shop.terminal_id]
        gone = [printer for printer in self._printers if printer not in mine]
        self._stop_printers(gone)
        for printer in gone:
            self._states.note(f"{PRINTER}{printer.id}", "")
        for printer in mine:
            if printer not in self._printers:
                name = f"{PRINTER}{printer.id}"
                lane = Lane(
                    name, PrinterWorker(self._shop, printer), self._states, cap_s=PRINTER_CAP_S
                )
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
            _wake(senders, (PUSH, SMS))
        if isinstance(change, MessagesChanged):
            _wake(senders, (SMS,))
        if isinstance(change, OrdersChanged | PrintJobsChanged):
            is_asked = isinstance(change, PrintJobsChanged) and change.by_hand
            for lane in printers:
                lane.wake(urgent=is_asked)


def _wake(lanes: dict[str, Lane], names: tuple[str, ...]) -> None:
    for name in names:
        if name in lanes:
            lanes[name].wake()


def _end(lanes: list[Lane]) -> None:
    for lane in lanes:
        lane.ask_to_stop()
    for lane in lanes:
        lane.join()
