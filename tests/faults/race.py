"""The `race` row: several windows act on the same order at the same instant.

Rounds of bumps (all windows tap the same card), of everything (bump, recall, add, void, pay), and
of undo against the lane that sends the text. What is promised: a status entry happens once;
every acknowledged act is in the journal, and nothing else; nobody is told of a lock; either the
text left or the act was undone, never both; `orderbell check` finds nothing.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.bootstrap import Shop, open_shop
from pos_app.desk import entries
from pos_app.domain.order import Customer, Draft, LineDraft, Order
from pos_app.domain.workflow import Fulfilment, Source
from pos_app.store import lanes, messages
from tests.faults import promises
from tests.faults.kill import template, with_gateway
from tests.faults.row import Counted
from tests.support.gateway import Delivering, Gateway, running
from tests.support.shops import copied_shop

SABOTAGES = {
    "deferred-begin": "a writing transaction begins as a reading one",
    "ignore-entry": "a bump does not name the entry that it leaves",
    "undo-unasked": "an undo does not ask whether the text has left",
}
_AHEAD_NS = 4_000_000
"""Long enough for the line to reach every window before the start."""
_NEARER_NS = 700_000
_JOURNALLED = {
    "bump": entries.BUMPED,
    "recall": entries.RECALLED,
    "add": "line_added",
    "void": "line_voided",
    "pay": "payment_recorded",
}
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class _Size:
    windows: tuple[int, ...]
    bumps: int
    edits: int
    undos: int


SHORT, LONG = _Size((4,), 12, 12, 16), _Size((2, 4, 8), 60, 100, 80)


class _Window:
    """One racer process."""

    def __init__(self, data: Path, sabotage: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.racer", str(data), sabotage],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout

    def wait_until_ready(self) -> None:
        assert self._from.readline() == "ready\n", "a window did not open"

    def begin(self, act: dict[str, Any]) -> None:
        self._to.write(json.dumps(act) + "\n")

    def answer(self) -> dict[str, Any]:
        line = self._from.readline()
        assert line, "a window ended in the race"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        self._to.close()
        self._process.wait(30)
        self._from.close()


def run(*, is_long: bool = False, sabotage: str = "") -> Counted:
    """All rounds; with a sabotage it ends after the first kind of round that broke a promise."""
    size = LONG if is_long else SHORT
    report = Counted()
    with tempfile.TemporaryDirectory() as folder:
        fresh = template(Path(folder) / "template")
        for windows in size.windows:
            data = Path(folder) / f"shop{windows}"
            copied_shop(fresh, data)
            gateway = Gateway(states=Delivering())
            with running(gateway) as url:
                with_gateway(data, url)
                _races(report, data, gateway, windows, size, sabotage)
            if not (sabotage and report.broken):
                found = promises.found_by_check(data)
                report.broken += [f"{windows} windows: {sentence}" for sentence in found]
    return report


def _races(
    report: Counted, data: Path, gateway: Gateway, windows: int, size: _Size, sabotage: str
) -> None:
    chance = random.Random(windows)
    shop = open_shop(data)
    try:
        with shop.database.write() as connection:
            standing = lanes.standing(connection, lanes.LEASE)
            lanes.take_fence(connection, "race", generation=standing.generation)
        with _windows(data, windows, sabotage) as racers:
            race = _Race(report, shop, gateway, racers, chance)
            for kind, rounds in (
                (race.same_tap, size.bumps),
                (race.everything, size.edits),
                (race.undo_against_claim, size.undos),
            ):
                for number in range(rounds):
                    kind(number)
                    if sabotage and report.broken:
                        return
    finally:
        shop.close()


@contextmanager
def _windows(data: Path, count: int, sabotage: str) -> Iterator[list[_Window]]:
    racers = [_Window(data, sabotage) for _ in range(count)]
    try:
        for racer in racers:
            racer.wait_until_ready()
        yield racers
    finally:
        for racer in racers:
            racer.close()


@dataclass(slots=True)
class _Race:
    report: Counted
    shop: Shop
    gateway: Gateway
    racers: list[_Window]
    chance: random.Random
    # How much later than the lane the undo begins: it seeks the point where both may win.
    late_ns: int = 4_000_000
    step_ns: int = 4_000_000
    undo_won: bool = True

    def same_tap(self, number: int) -> None:
        """All windows tap the same card: one of them moves it."""
        order = self._place(number, "tap")
        for stage in ("preparing", "ready"):
            entry = self._order(order.id).entry
            tap = {"act": "bump", "order": order.id, "entry": entry}
            answers = self._start([tap] * len(self.racers))
            moved = [answer for answer in answers if answer.get("ok") is True]
            self.report.counts["taps"] += len(answers)
            self.report.counts["entries"] += 1
            if len(moved) != 1:
                self._break(order, f"{len(moved)} windows moved it to {stage}")
            stands = self._order(order.id).kind.value
            if stands != stage:
                self._break(order, f"tapped once to {stage} and stands in {stands}")
            if self.report.broken:
                return

    def everything(self, number: int) -> None:
        """Bump, recall, add, void and pay at once; then the journal is counted."""
        order = self._place(number, "edit")
        told: Counter[str] = Counter()
        for _ in range(3):
            now = self._order(order.id)
            acts = [self._any_act(now) for _ in self.racers]
            for act, answer in zip(acts, self._start(acts), strict=True):
                name = act["act"]
                self.report.counts["edits"] += 1
                if "ok" in answer and answer["ok"] is not False:
                    told[name] += 1
                    self.report.counts["edits done"] += 1
        kinds = Counter(event.kind for event in self.shop.desk.timeline(order.id))
        for name, kind in _JOURNALLED.items():
            if told[name] != kinds[kind]:
                self._break(order, f"{told[name]} of {name} acknowledged, {kinds[kind]} recorded")
        entered = [event.payload for event in self.shop.desk.timeline(order.id)]
        moves = [p for p in entered if "from" in p and "to" in p and p["from"] != p["to"]]
        if self._order(order.id).entry != len(moves):
            self._break(order, f"{len(moves)} entries recorded, it counts otherwise")

    def undo_against_claim(self, number: int) -> None:
        """One window undoes *ready*, the lane wants to say it: one of them comes first."""
        order = self._place(number, "undo")
        self.shop.desk.bump(order.id)
        self._start([{"act": "send"}])
        ready = self.shop.desk.bump(order.id)
        undo = {"act": "undo", "order": order.id, "seq": ready.seq}
        answer, _ = self._start([undo, {"act": "send"}], late_ns=(self.late_ns, 0))
        is_undone = "ok" in answer
        if is_undone is not self.undo_won:
            self.step_ns = max(_NEARER_NS, self.step_ns // 2)
        self.undo_won = is_undone
        self.late_ns = max(0, self.late_ns + (self.step_ns if is_undone else -self.step_ns))
        with self.shop.database.read() as connection:
            texts = messages.of_orders(connection, [order.id])[order.id]
        about_ready = [text for text in texts if text.about == "ready"]
        has_left = any(text.uid in self.gateway.ids() for text in about_ready)
        self.report.counts["undo won" if is_undone else "the text won"] += 1
        if is_undone and has_left:
            self._break(order, "was undone, and the guest was told that it is ready")
        if not is_undone and answer.get("refused") != "already left":
            self._break(order, f"the undo was answered {answer}")
        if not is_undone and not has_left:
            self._break(order, "the undo was refused, and nobody was told anything")

    def _any_act(self, order: Order) -> dict[str, Any]:
        act: dict[str, Any] = {
            "act": self.chance.choice((*_JOURNALLED, "bump")),
            "order": order.id,
            "entry": order.entry,
        }
        if act["act"] == "void":
            act["no"] = self.chance.choice(order.open_lines).no
        if act["act"] == "add":
            act["dish"] = self.chance.randrange(8)
        return act

    def _start(
        self, acts: list[dict[str, Any]], late_ns: tuple[int, ...] = ()
    ) -> list[dict[str, Any]]:
        """All at the same instant, each in its own window; what each was answered."""
        at_ns = time.monotonic_ns() + _AHEAD_NS
        for position, act in enumerate(acts):
            late = late_ns[position] if late_ns else 0
            self.racers[position].begin(act | {"at_ns": at_ns + late})
        answers = [racer.answer() for racer, _ in zip(self.racers, acts, strict=False)]
        self.report.counts["races"] += 1
        self.report.broken += [
            f"a person saw: {answer['trouble']}" for answer in answers if "trouble" in answer
        ]
        return answers

    def _place(self, number: int, why: str) -> Order:
        dishes = self.shop.desk.setup().menu.dishes
        draft = Draft(
            Fulfilment.PICKUP,
            tuple(LineDraft(dishes[(number + n) % len(dishes)].id, 1) for n in range(3)),
            source=Source.PHONE,
            ref=f"{why}-{number}",
            customer=Customer("Iryna", f"+38067{number:03d}{len(why):04d}", "en", order_texts=True),
        )
        return self.shop.desk.place(draft).order

    def _order(self, order_id: int) -> Order:
        return self.shop.desk.cards([order_id])[order_id].order

    def _break(self, order: Order, sentence: str) -> None:
        self.report.broken.append(f"order {order.number}: {sentence}")
