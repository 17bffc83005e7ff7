"""The `network` row: gateways whose answers get lost, and one that sleeps for three hours.

An evening per kind of gateway (keyed, findable, blind) on a virtual clock, with a real gateway
process on the wire. Requests are cut before they were taken, while they are answered and after;
some are refused for a while; now and then the holder of the lanes dies between claim and record,
and the one before goes on as if it had the lease. What is promised afterwards:

- no guest got a text twice, and nothing left after its time;
- every text is at the gateway, or its row says why it is not;
- blind: as many `uncertain` as outcomes that nobody could know.
"""

from __future__ import annotations

import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, add_channel
from pos_app.clock import Instant, VirtualClock
from pos_app.config import SmsSettings, TextLimits
from pos_app.lanes.lane import Down
from pos_app.lanes.lease import Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.texts import TextsWorker
from pos_app.lanes.timers import TimersWorker
from pos_app.replay.sales import read_sales
from pos_app.store import messages, orders
from pos_app.store.messages import Message
from tests.faults.network_gateways import Account, Phone, Place, Silent
from tests.faults.network_sabotage import SABOTAGES, broken
from tests.faults.row import Counted
from tests.lanes.ways import BLIND, TWILIO, way_to
from tests.replay.files import REAL
from tests.support import any_gateway, twilio_account
from tests.support import gateway as phone_gateway
from tests.support.providers import running
from tests.support.shops import EVENING, open_test_shop, pickup

__all__ = ["KINDS", "SABOTAGES", "run"]
# Which evening each sabotage must show in, so that the short test need not play all.
TELLING = {
    "repeat-blind": ("blind",),
    "ignore-not-after": ("keyed",),
    "forget-the-fence": ("blind",),
    "no-find": ("findable",),
}
SHORT_ORDERS, LONG_ORDERS = 10, 350
ASLEEP_MS = 3 * 3_600_000
GRACE_MS, STEP_MS = 31_000, 60_000
_DIES = 5
_CUT = ("reset", "take-reset")


@dataclass(frozen=True)
class Kind:
    """One way of being, its faults, and which of them leave the outcome unknown."""

    name: str
    faults: tuple[str, ...]
    unknown: tuple[str, ...]
    asleep: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "keyed",
            (*_CUT, "garbage", "take-garbage", "refuse:500", "refuse:503", "refuse:429:60"),
            (),
            "refuse:503",
        ),
        Kind(
            "findable",
            (*_CUT, "raw:HTTP/1.1 20", "take-raw:HTTP/1.1 20", "refuse:500", "refuse:429:60"),
            (),
            "refuse:429:300",
        ),
        Kind(
            "blind",
            (*_CUT, "raw:HTTP/1.1 20", "take-raw:HTTP/1.1 20", "refuse:500", "refuse:429:60"),
            (*_CUT, "raw:HTTP/1.1 20", "take-raw:HTTP/1.1 20", "refuse:500"),
            "refuse:429:300",
        ),
    )
}


class Died(Exception):
    """The holder of the lanes is gone between two steps."""


@dataclass
class Evening:
    """The shop, its lane, and what has been done to it."""

    kind: Kind
    shop: Shop
    clock: VirtualClock
    place: Place
    lease: Lease
    worker: TextsWorker
    draw: random.Random
    counted: Counted
    unknown: int = 0
    old: TextsWorker | None = None

    def turn(self) -> None:
        """The timers, the lane, and whoever believes that he still has the lease."""
        TimersWorker(self.shop, self.lease.fence, None).work()
        for worker in (self.old, self.worker):
            if worker is not None:
                self._work(worker)

    def _work(self, worker: TextsWorker) -> None:
        try:
            worker.work()
        except Down as down:
            self.counted.counts[f"down {down.code}"] += 1
        except Died:
            self.counted.counts["holders died"] += 1
            self.unknown += 1
            self._take_over()

    def _take_over(self) -> None:
        """Another process becomes the holder; the one before still runs and knows nothing."""
        self.lease.release()
        assert self.lease.take()
        if self.old is not None:
            self.old.close()
        self.old = self.worker
        if "_record" in vars(self.old):
            del vars(self.old)["_record"]
        self._let_others_work_while_it_sends(self.old)
        self.worker = TextsWorker(self.shop, self.lease.fence, Outlet(self.shop))

    def _let_others_work_while_it_sends(self, worker: TextsWorker) -> None:
        leave = worker._send

        def slowly(*given: Any) -> None:
            self._work(self.worker)
            leave(*given)

        setattr(worker, "_send", slowly)  # noqa: B010 - a method is no variable

    def trouble(self, number: int) -> None:
        """What goes wrong next, if anything; every fifth holder dies."""
        if number % _DIES == _DIES // 2:
            self._die_next()
        elif self.draw.random() < 0.6:
            step = self.draw.choice(self.kind.faults)
            self.place.plan.append(step)
            self.counted.counts[f"fault {step.partition(':')[0]}"] += 1
            self.unknown += step in self.kind.unknown

    def _die_next(self) -> None:
        def gone(*_given: Any) -> None:
            raise Died

        name = self.draw.choice(("_record", "_send"))
        setattr(self.worker, name, gone)

    def pass_ms(self, ms: int) -> None:
        left = ms
        while left > 0:
            step = min(left, max(STEP_MS, ms // 8))
            self.clock.advance(step)
            left -= step
            self.turn()


def run(*, is_long: bool = False, sabotage: str = "") -> Counted:
    """An evening per kind, or those in which a sabotage must show; ends at what it breaks."""
    counted = Counted()
    with tempfile.TemporaryDirectory() as folder, broken(sabotage):
        for name in TELLING.get(sabotage, tuple(KINDS)):
            _evening(counted, KINDS[name], Path(folder) / name, is_long=is_long)
    return counted


def _evening(counted: Counted, kind: Kind, data: Path, *, is_long: bool) -> None:
    gaps = _real_gaps_ms(LONG_ORDERS) if is_long else [90_000] * SHORT_ORDERS
    with _opened(counted, kind, data) as evening:
        for number, gap_ms in enumerate(gaps):
            if number == len(gaps) // 2:
                _sleep(evening, number)
            _one_order(evening, number)
            evening.pass_ms(gap_ms)
        evening.place.plan.clear()
        for _ in range(24):
            evening.clock.advance(10 * STEP_MS)
            evening.turn()
        _promises(evening)


def _one_order(evening: Evening, number: int) -> None:
    """Placed, cooked, ready; the text is due when this returns."""
    desk = evening.shop.desk
    placed = desk.place(pickup(evening.shop, phone=f"+38067{1_000_000 + number}")).order
    desk.bump(placed.id)
    desk.bump(placed.id)
    evening.counted.counts[f"{evening.kind.name} orders"] += 1
    evening.trouble(number)
    evening.clock.advance(GRACE_MS)
    evening.turn()


def _sleep(evening: Evening, number: int) -> None:
    """Three hours in which the gateway takes nothing, with guests who wait at its begin."""
    evening.place.plan.clear()
    evening.place.asleep = evening.kind.asleep
    desk = evening.shop.desk
    for extra in range(3):
        phone = f"+38068{1_000_000 + number * 10 + extra}"
        placed = desk.place(pickup(evening.shop, phone=phone)).order
        desk.bump(placed.id)
        desk.bump(placed.id)
    evening.clock.advance(GRACE_MS)
    evening.turn()
    for _ in range(6):
        evening.clock.advance(ASLEEP_MS // 6)
        evening.turn()
    evening.place.asleep = ""
    evening.turn()
    evening.counted.counts["hours asleep"] += 3


def _promises(evening: Evening) -> None:
    counted, kind = evening.counted, evening.kind
    rows = _rows(evening.shop)
    took = evening.place.took
    said = Counter((one.to, one.text) for one in took)
    doubled = sum(times - 1 for times in said.values())
    by_phone = {row.phone: row for row in rows}
    stale = [one for one in took if one.at >= by_phone[one.to].not_after]
    got = {one.to for one in took}
    lost = [row for row in rows if row.phone not in got and not _says_why(row)]
    uncertain = sum(row.state == "uncertain" for row in rows)
    counts = counted.counts
    counts[f"{kind.name} taken"] += len(took)
    counts[f"{kind.name} doubled"] += doubled
    counts[f"{kind.name} lost"] += len(lost)
    counts[f"{kind.name} stale"] += len(stale)
    counts[f"{kind.name} uncertain"] += uncertain
    for row in rows:
        counts[f"{kind.name} rows {row.state}"] += 1
    if doubled:
        counted.broken.append(f"{kind.name}: {doubled} texts came twice")
    counted.broken += [f"{kind.name}: {row.uid} is lost as {row.state}" for row in lost]
    counted.broken += [f"{kind.name}: a text came after its time" for _ in stale]
    if kind.name == "blind":
        counts["blind outcomes unknown"] += evening.unknown
        if uncertain != evening.unknown:
            counted.broken.append(f"blind: {uncertain} uncertain of {evening.unknown} unknown")
    elif uncertain:
        counted.broken.append(f"{kind.name}: {uncertain} ended uncertain")
    counted.broken += evening.shop.desk.check().problems


def _says_why(row: Message) -> bool:
    """Whether a text that no guest got says so."""
    return row.state in ("expired", "failed", "uncertain", "dropped") and bool(row.reason)


def _rows(shop: Shop) -> list[Message]:
    with shop.database.read() as connection:
        ids = orders.page(connection, 10_000)
        found = messages.of_orders(connection, ids)
    return [row for rows in found.values() for row in rows]


def _real_gaps_ms(count: int) -> list[int]:
    """The pauses between real orders; a night is cut to an hour, in which all texts end anyway."""
    moments = sorted(sale.at for sale in read_sales(REAL).sales)[: count + 1]
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(moments)]
    return [min(3_600_000, max(1_000, round(gap * 1000))) for gap in gaps]


@contextmanager
def _opened(counted: Counted, kind: Kind, data: Path) -> Iterator[Evening]:
    clock = VirtualClock(Instant(EVENING))
    with ExitStack() as stack:
        shop = stack.enter_context(open_test_shop(data, clock=clock, practice=False))
        place = _set_up(stack, shop, kind, clock)
        shop.desk.channels.set_limits(TextLimits(to_number_a_day=0, a_day=0))
        lease = Lease(shop)
        assert lease.take()
        worker = TextsWorker(shop, lease.fence, Outlet(shop))
        draw = random.Random(f"orderbell {kind.name}")
        evening = Evening(kind, shop, clock, place, lease, worker, draw, counted)
        try:
            yield evening
        finally:
            evening.worker.close()
            if evening.old is not None:
                evening.old.close()
            lease.release()


def _set_up(stack: ExitStack, shop: Shop, kind: Kind, clock: VirtualClock) -> Place:
    if kind.name == "keyed":
        phone = Phone(clock=clock)
        url = stack.enter_context(phone_gateway.running(phone))
        sms = SmsSettings("smsgate", url, phone_gateway.USERNAME, lan=True)
        shop.desk.set_sms(sms, phone_gateway.PASSWORD)
        return phone
    if kind.name == "findable":
        account = Account(clock=clock)
        url = stack.enter_context(running(account))
        add_channel(shop, way_to(TWILIO, "sms", url, 0), twilio_account.TOKEN)
        return account
    silent = Silent(clock=clock)
    url = stack.enter_context(running(silent))
    add_channel(shop, way_to(BLIND, "sms", url, 0), any_gateway.SECRET)
    return silent
