"""One bounded round of all lanes without a thread: `orderbell sync --once`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.errors import OrderbellError
from pos_app.lanes.forgetting import ForgettingWorker
from pos_app.lanes.inbox import InboxWorker
from pos_app.lanes.lane import Down, Worker
from pos_app.lanes.lease import Lease, printers_lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.owner import DayWords, OwnerWorker
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.precedence import Precedence
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import (
    FORGET,
    INBOX,
    OWNER,
    PRINTER,
    PULL,
    PUSH,
    TIMERS,
    WEBHOOKS,
    LaneStates,
    LaneStatus,
    status,
    ways_to_run,
)
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.lanes.webhooks import WebhooksWorker

if TYPE_CHECKING:
    from pos_app.channels.telegram_answers import PageWords


@dataclass(frozen=True, slots=True)
class Problem:
    """A lane that could not do its work, with its short reason."""

    lane: str
    code: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one round did. `held_elsewhere`: another process has the lanes, so nothing was sent.

    `printed_elsewhere` says the same of the printers. `actions` counts guests' acts on the page,
    `heard` those in the chat with the bot. `after` is how things stand now.
    """

    held_elsewhere: bool
    printed_elsewhere: bool
    pushed: int
    actions: int
    heard: int
    expired: int
    sent: int
    reported: int
    printed: int
    problems: tuple[Problem, ...]
    after: LaneStatus


class _Round:
    """Gives each worker one turn; what fails is kept and holds up nobody else."""

    def __init__(self, shop: OpenShop) -> None:
        self._states = LaneStates(shop)
        self.problems: list[Problem] = []

    def turn(self, name: str, worker: Worker) -> None:
        code = ""
        try:
            worker.work()
        except Down as down:
            code = down.code
        except OrderbellError as error:
            code = error.code
        finally:
            worker.close()
        self._states.note(name, code)
        if code:
            self.problems.append(Problem(name, code))


def sync_once(
    shop: OpenShop,
    page_words: Callable[[], PageWords] | None = None,
    day_words: DayWords | None = None,
) -> SyncReport:
    """Push all, pull once, expire, send what is due, ask after deliveries, print. Never waits.

    The bot's inbox is read once with `page_words`, in which the bot answers. Raises StoreError
    when the store itself cannot be used.
    """
    done = _Round(shop)
    lease = Lease(shop)
    is_ours = lease.take()
    push, pull = (
        PushWorker(shop, LaneStates(shop), lease.confirm),
        PullWorker(shop, 0, lease.confirm),
    )
    timers = TimersWorker(shop, lease.fence, None, lease.confirm)
    precedence = Precedence()
    texts = {
        name: TextsWorker(
            shop, lease.fence, Outlet(shop, channel, place), lease.confirm, precedence
        )
        for name, (channel, place) in ways_to_run(shop).items()
    }
    heard = 0
    if is_ours:
        try:
            turns: list[tuple[str, Worker]] = [(PUSH, push), (PULL, pull), (TIMERS, timers)]
            for name, worker in (*turns, *texts.items()):
                done.turn(name, worker)
            if page_words is not None:
                inbox = InboxWorker(shop, page_words, lease.confirm, wait_s=0)
                done.turn(INBOX, inbox)
                heard = inbox.heard
            # What guests did on the page, or in the chat, may have changed it.
            if pull.applied or heard:
                done.turn(PUSH, push)
            done.turn(WEBHOOKS, WebhooksWorker(shop))
            done.turn(FORGET, ForgettingWorker(shop))
            if day_words is not None:
                done.turn(OWNER, OwnerWorker(shop, lease.fence, day_words, lease.confirm))
        finally:
            lease.release()
    printed = _print(shop, done)
    return SyncReport(
        held_elsewhere=not is_ours,
        printed_elsewhere=printed is None,
        pushed=push.pushed,
        actions=pull.applied,
        heard=heard,
        expired=timers.expired,
        sent=sum(worker.sent for worker in texts.values()),
        reported=sum(worker.reported for worker in texts.values()),
        printed=printed or 0,
        problems=tuple(done.problems),
        after=status(shop),
    )


def _print(shop: OpenShop, done: _Round) -> int | None:
    """Slips that came out; None while another process of this device prints."""
    lease = printers_lease(shop)
    if not lease.take():
        return None
    try:
        count = 0
        for printer in shop.desk.setup().printers:
            if printer.device_id == shop.terminal_id:
                worker = PrinterWorker(shop, printer, lease.confirm)
                done.turn(f"{PRINTER}{printer.id}", worker)
                count += worker.printed
        return count
    finally:
        lease.release()
