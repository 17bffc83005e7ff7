"""The `takeover` row: windows die, freeze and wake, and one of them sends, at any moment only one.

Three processes run the lanes of one store; a fourth (this one) is the counter. In each round the
holder is killed, or stopped with a text on its way, and a new order must reach the gateway through
another process within two seconds. Stopped ones wake later. What is promised afterwards:

- every text is at the gateway once, and was given to it again only when its end was unknown;
- no try began under a fence lower than that of a try before it: a woken sleeper sends nothing;
- no page was refused as a copy's, `check` finds nothing wrong, and no old lock is left.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from pos_app import paths
from pos_app.bootstrap import Shop, enrol_for_port, open_shop
from pos_app.config import ShopSettings, SmsSettings
from pos_app.domain.order import Customer, Draft, LineDraft
from pos_app.domain.workflow import Fulfilment, Source
from pos_app.store import lanes as lane_rows
from pos_app.store import messages, orders, sites, tables
from tests.support.casts import cast_shop
from tests.support.gateway import PASSWORD, USERNAME, Delivering, Gateway, running
from tests.support.processes import Process
from tests.support.waiting import until
from tests.tracking.live import live_site

SABOTAGES = {
    "nobody-watches-the-beat": "a holder that sleeps is waited for until it dies",
    "a-sleeper-does-not-look": "a woken sleeper goes on as if it still were the holder",
}
SHORT, LONG = ("stop", "wake", "kill", "stop", "wake"), 20
WITHIN_S = 2.0
LOAD_S = 15.0
_PROCESSES = 3


@dataclass
class Report:
    """What was done to the windows, how fast another one sent, and each broken promise."""

    done: Counter[str] = field(default_factory=Counter)
    took_s: list[tuple[str, float]] = field(default_factory=list)
    texts: int = 0
    repeats: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken and bool(self.took_s)

    def text(self) -> str:
        lines = [f"broken: {sentence}" for sentence in self.broken[:20]]
        for what in ("kill", "stop"):
            took = sorted(seconds for kind, seconds in self.took_s if kind == what)
            if took:
                median = took[len(took) // 2]
                lines.append(
                    f"{what}: {len(took)} takeovers, another one sent after "
                    f"{median:.2f} s (median), {took[-1]:.2f} s (longest)"
                )
        counts = ", ".join(f"{what} {count}" for what, count in sorted(self.done.items()))
        lines.append(
            f"{counts}, texts at the gateway {self.texts}, repeats recognised by id "
            f"{self.repeats}, broken promises {len(self.broken)}"
        )
        return "\n".join(lines)


def run(*, is_long: bool = False, sabotage: str = "", seed: int = 7) -> Report:
    """Play the rounds; with a sabotage it ends at the first broken promise."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        shop_floor = _Floor(Path(folder) / "shop", stack, sabotage, report)
        for what in _plan(seed) if is_long else SHORT:
            shop_floor.round(what)
            if sabotage and report.broken:
                break
        if is_long:
            shop_floor.under_load()
        shop_floor.finish()
    return report


def _plan(seed: int) -> Iterator[str]:
    dice = random.Random(seed)
    for _ in range(LONG):
        yield dice.choice(("kill", "stop", "stop", "wake"))


class _Floor:
    """One store, its gateway and site, three processes with lanes, and the counter."""

    def __init__(self, data: Path, stack: ExitStack, sabotage: str, report: Report) -> None:
        self.data, self.stack, self.sabotage, self.report = data, stack, sabotage, report
        self.gateway = Gateway(states=Delivering())
        url = stack.enter_context(running(self.gateway))
        cast_shop(data, ShopSettings(name="Trattoria", phone="+380322000000"))
        self.shop: Shop = open_shop(data)
        stack.callback(self.shop.close)
        site = stack.enter_context(live_site(paths.site_file(data)))
        enrol_for_port(self.shop, site.settings.port)
        self.shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        with self.shop.database.write() as connection:
            connection.exec_driver_sql(
                "UPDATE rule_versions SET document = replace(replace(document,"
                " '\"grace_s\":30', '\"grace_s\":0'), '\"grace_s\":10', '\"grace_s\":0')"
            )
        self.windows: dict[int, Process] = {}
        self.asleep: list[int] = []
        self.placed = 0
        self.unknown_ends = 0
        for _ in range(_PROCESSES):
            self._open_window()
        until(self._holder, "somebody to take the lanes")
        self._sent_within("start", 10.0)

    def round(self, what: str) -> None:
        if what == "wake" or len(self.asleep) >= _PROCESSES - 1:
            self._wake()
            return
        holder = until(self._holder, "a holder", 5)
        if what == "stop":
            self._stop(holder)
        else:
            self.windows.pop(holder).kill()
        self.report.done[what] += 1
        self._sent_within(what, WITHIN_S)
        if what == "kill":
            self._open_window()

    def under_load(self) -> None:
        """Two busy processes per core: nobody sleeps, so the lanes stay where they are."""
        while self.asleep:
            self._wake()
        before = self._fence()
        busy = [sys.executable, "-c", "while True: pass"]
        with ExitStack() as load:
            for _ in range(2 * (os.cpu_count() or 1)):
                child = load.enter_context(Process(busy, name="load"))
                load.callback(child.kill)
            end = time.monotonic() + LOAD_S
            while time.monotonic() < end:
                self._place()
                until(self._is_all_told, "the texts under load", 20)
        needless = self._fence() - before
        self.report.done["needless takeovers under load"] = needless
        if needless > LOAD_S / 5:
            self.report.broken.append(f"{needless} takeovers in {LOAD_S:.0f} s of load")

    def _fence(self) -> int:
        with self.shop.database.read() as connection:
            return lane_rows.current_fence(connection)

    def finish(self) -> None:
        while self.asleep:
            self._wake()
        until(self._is_all_told, "every text to be told", 20)
        for window in self.windows.values():
            window.stop_by_input()
        self.report.texts = len(self.gateway.taken)
        self.report.repeats = self.gateway.duplicates.total()
        self.report.broken += self._found()

    def _open_window(self) -> None:
        command = [sys.executable, "-m", "tests.faults.lanes_till", str(self.data), self.sabotage]
        window = self.stack.enter_context(Process(command, name="window"))
        # Whatever went wrong: one that is frozen would not hear that it should end.
        self.stack.callback(window.kill)
        window.line("ready")
        self.windows[window.pid] = window

    def _holder(self) -> int | None:
        """The process that has the lanes, if it is one that is awake."""
        with self.shop.database.read() as connection:
            row = connection.execute(
                select(tables.leases.c.holder).where(tables.leases.c.name == lane_rows.LEASE)
            ).one_or_none()
        pid = int(row.holder.rpartition(":")[2]) if row is not None else 0
        return pid if pid in self.windows and pid not in self.asleep else None

    def _stop(self, holder: int) -> None:
        """Freeze it while a text is at the gateway and its answer has not come."""
        self.gateway.released.clear()
        self.gateway.plan.append("take-silent")
        before = len(self.gateway.taken)
        self._place()
        self.gateway.wait_for_texts(before + 1, 5)
        self.unknown_ends += 1
        self.windows[holder].freeze()
        while not _can_write(paths.store_file(self.data)):
            # It froze inside a commit: then nobody can write, so nobody can send either.
            self.report.done["froze inside a commit"] += 1
            self.windows[holder].send(signal.SIGCONT)
            self.windows[holder].freeze()
        self.asleep.append(holder)

    def _wake(self) -> None:
        """A sleeper comes back while there is work, and must leave it to the others."""
        if not self.asleep:
            return
        self.report.done["wake"] += 1
        self.windows[self.asleep.pop(0)].send(signal.SIGCONT)
        self.gateway.released.set()
        for _ in range(6):
            self._place()
        until(self._is_all_told, "the texts beside a woken sleeper", 20)

    def _place(self) -> None:
        self.placed += 1
        dish = self.shop.desk.setup().menu.dishes[0]
        guest = Customer("Iryna", f"+38067{1_000_000 + self.placed}", "en", order_texts=True)
        lines = (LineDraft(dish.id, 1),)
        self.shop.desk.place(Draft(Fulfilment.PICKUP, lines, source=Source.PHONE, customer=guest))

    def _sent_within(self, what: str, seconds: float) -> None:
        """A new order's text must be at the gateway in time."""
        before, begun = len(self.gateway.taken), time.monotonic()
        self._place()
        try:
            self.gateway.wait_for_texts(before + 1, seconds + 8)
        except TimeoutError:
            self.report.broken.append(f"{what}: nobody has sent within {seconds + 8:.0f} s")
            while self.asleep:
                self._wake()
            return
        took_s = time.monotonic() - begun
        if what in ("kill", "stop"):
            self.report.took_s.append((what, took_s))
        if took_s > seconds:
            self.report.broken.append(f"{what}: another one sent only after {took_s:.2f} s")

    def _is_all_told(self) -> bool:
        with self.shop.database.read() as connection:
            ids = orders.page(connection, 1_000)
            found = messages.of_orders(connection, ids)
            pages, _ = sites.waiting_pages(connection)
        texts = [message for rows in found.values() for message in rows]
        return not pages and all(m.state not in ("waiting", "sending") for m in texts)

    def _found(self) -> Iterator[str]:
        at_gateway = Counter(self.gateway.ids())
        for uid, times in at_gateway.items():
            if times != 1:
                yield f"text {uid} is at the gateway {times} times"
        if len(at_gateway) != self.placed:
            yield f"{len(at_gateway)} texts of {self.placed} orders"
        kills = self.report.done["kill"]
        if self.gateway.duplicates.total() > self.unknown_ends + kills:
            yield (
                f"{self.gateway.duplicates.total()} repeats,"
                f" but only {self.unknown_ends + kills} unknown ends"
            )
        with self.shop.database.read() as connection:
            tried = connection.execute(
                select(tables.attempts.c.fence).order_by(tables.attempts.c.id)
            ).scalars()
            fences = list(tried)
            forks = connection.exec_driver_sql(
                "SELECT count(*) FROM journal WHERE kind = 'lane_changed' AND payload LIKE '%fork%'"
            ).scalar_one()
        if fences != sorted(fences):
            yield "a try began under an older fence than one before it"
        if forks:
            yield f"the site took a woken sleeper for a copy of the shop {forks} times"
        yield from self.shop.desk.check().problems
        locks = [file.name for file in self.data.glob("lanes*.lock")]
        if len(locks) != 1:
            yield f"old locks are left: {sorted(locks)}"


def _can_write(store: Path) -> bool:
    connection = sqlite3.connect(store, timeout=0.3, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def main() -> int:
    report = run(is_long="--long" in sys.argv)
    print(report.text())
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
