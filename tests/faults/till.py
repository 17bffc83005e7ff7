"""The till that gets killed: a real process with a desk and lanes, dying at a chosen instant.

Run as `python -m tests.faults.till DATA ORDERS PLAN SABOTAGE`. A plan names a step and its
occurrence (`text-claimed:2`); there the process kills itself with SIGKILL, as the kernel
would. Every act that the desk has acknowledged is a line on stdout, written before the next one
begins. Nothing of this exists in the program: the steps are wrapped here.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, open_shop
from pos_app.channels import smsgate
from pos_app.channels.protocol import OutgoingText
from pos_app.desk import automating, bumping, entries, placing
from pos_app.desk.desk import Desk
from pos_app.domain.ids import new_uid
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.lanes import ledger, texts
from pos_app.lanes.runner import Lanes
from pos_app.store import messages, sending
from pos_app.store.database import Database
from tests.support.waiting import until

ASKED_AFTER_MS = 20
PHONE = "+38067123450"
# A step of the program, and whether the process dies before or after it.
STEPS: dict[str, tuple[Any, str, str]] = {
    "place-begins": (placing, "place", "before"),
    "order-inserted": (placing, "_insert", "after"),
    "place-followed": (placing, "place", "after"),
    "bump-begins": (bumping, "bump", "before"),
    "status-entered": (entries, "enter", "after"),
    "text-queued": (messages, "add", "after"),
    "bump-followed": (bumping, "bump", "after"),
    "text-claimed": (sending, "claim", "after"),
    "claim-committed": (texts.TextsWorker, "_claim", "after"),
    "request-begins": (smsgate.SmsGate, "send", "before"),
    "request-answered": (smsgate.SmsGate, "send", "after"),
    "record-begins": (texts.TextsWorker, "_record", "before"),
    "text-settled": (sending, "settle", "after"),
    "record-committed": (texts.TextsWorker, "_record", "after"),
    "delivery-asked": (smsgate.SmsGate, "poll", "after"),
    "delivery-recorded": (sending, "report", "after"),
    "commit-begins": (Database, "write", "before-commit"),
    "commit-ended": (Database, "write", "after-commit"),
}


@dataclass
class Reaper:
    """Counts how often a step is reached, and kills at the planned one."""

    step: str
    left: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reached(self, step: str) -> None:
        with self.lock:
            if step != self.step:
                return
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def arm(self) -> None:
        for step, (owner, name, when) in STEPS.items():
            if step == self.step:
                self._wrap(step, owner, name, when)

    def _wrap(self, step: str, owner: Any, name: str, when: str) -> None:
        plain = getattr(owner, name)
        if when.endswith("commit"):
            setattr(owner, name, self._around_commit(step, plain, when))
            return

        def wrapped(*given: Any, **named: Any) -> Any:
            if when == "before":
                self.reached(step)
            answer = plain(*given, **named)
            if when == "after":
                self.reached(step)
            return answer

        setattr(owner, name, wrapped)

    def _around_commit(self, step: str, plain: Callable[..., Any], when: str) -> Any:
        @contextmanager
        def wrapped(database: Database) -> Any:
            with plain(database) as connection:
                yield connection
                if when == "before-commit":
                    self.reached(step)
            if when == "after-commit":
                self.reached(step)

        return wrapped


def sabotage(name: str, data: Path) -> None:
    """Break one promise of the program on purpose."""
    if name == "new-id-for-a-repeat":
        send = smsgate.SmsGate.send

        def renamed(self: smsgate.SmsGate, message: OutgoingText) -> Any:
            tried = data / f"tried-{message.uid}"
            uid = new_uid() if tried.exists() else message.uid
            tried.touch()
            return send(self, replace(message, uid=uid))

        smsgate.SmsGate.send = renamed  # type: ignore[method-assign]
    elif name == "record-before-send":
        send_text = texts.TextsWorker._send

        def recorded_first(self: texts.TextsWorker, channel: Any, message: Any, said: Any) -> None:
            with self._shop.desk.act() as act:
                sending.settle(
                    act.connection, message.id, self._fence, act.now, outcome="accepted",
                    state="sent", provider_id=message.uid, next_try_at=act.now,
                )  # fmt: skip
            send_text(self, channel, message, said)

        texts.TextsWorker._send = recorded_first  # type: ignore[assignment, method-assign]
    elif name == "texts-in-another-commit":
        follow = automating.follow

        def later(act: Any) -> None:
            _LATER.extend(act.events)

        automating.follow = later
        commit = Desk.act

        @contextmanager
        def two_commits(desk: Desk) -> Any:
            with commit(desk) as act:
                yield act
            events = list(_LATER)
            _LATER.clear()
            if events:
                with commit(desk) as act:
                    act.events.extend(events)
                    follow(act)

        Desk.act = two_commits  # type: ignore[assignment, method-assign]


_LATER: list[Any] = []


def work(shop: Shop, orders: int) -> None:
    """Place orders and bring each to ready, telling what was acknowledged."""
    dish = shop.desk.setup().menu.dishes[0]
    for position in range(orders):
        draft = Draft(
            Fulfilment.PICKUP,
            (LineDraft(dish.id, 1 + position),),
            source=Source.PHONE,
            ref=f"evening-{position}",
            customer=Customer("Iryna", f"{PHONE}{position:02d}", "en", order_texts=True),
        )
        placed = shop.desk.place(draft).order
        say(f"placed {placed.uid}")
        while shop.desk.cards([placed.id])[placed.id].order.kind is not Kind.READY:
            moved = shop.desk.bump(placed.id).order
            say(f"bumped {moved.uid} {moved.kind.value}")
        # One text at a time, so that a later one never supersedes an unsent one unseen.
        until(partial(is_told, shop, placed.id), "the texts to leave", 6)


def is_told(shop: Shop, order_id: int) -> bool:
    with shop.database.read() as connection:
        found = messages.of_orders(connection, [order_id])[order_id]
    return all(m.state not in ("waiting", "sending", "sent") for m in found)


def say(line: str) -> None:
    os.write(1, line.encode() + b"\n")


def main() -> None:
    data, orders, plan, broken = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
    # The phone of this test delivers at once, so it is asked at once.
    ledger.FIRST_ASKED_MS = ASKED_AFTER_MS
    step, _, count = plan.partition(":")
    shop = open_shop(data)
    if step:
        Reaper(step, int(count)).arm()
    sabotage(broken, data)
    lanes = Lanes(shop)
    lanes.start()
    try:
        work(shop, orders)
        say("done")
    finally:
        lanes.stop()
        shop.close()


if __name__ == "__main__":
    main()
