"""The `clock` row: midnight, both changes of summer time, and leaps of the wall clock.

What is promised whatever the clock does: no age is negative, no text leaves early, none is
delayed by the leap itself, none expires because of it, and none leaves twice.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app import shop_clock
from pos_app.bootstrap import lanes_status, open_shop
from pos_app.clock import HOUR_MS, MINUTE_MS, SECOND_MS, Instant, business_date, instant_of
from pos_app.config import ShopSettings
from pos_app.shop_clock import Reading
from pos_app.store import messages, sending
from tests.faults.clock_hands import SENT, Hands, Till, replaced, template_in
from tests.support.casts import cast_shop
from tests.support.processes import Process
from tests.support.shops import EVENING, pickup
from tests.support.waiting import until

KYIV = "Europe/Kyiv"
SABOTAGES = {
    "believes-every-leap": "the till's time follows the wall clock forward at once",
    "goes-back": "the till's time follows the wall clock back",
    "forgets-when-down": "a till that was down does not know what time it was",
    "confirms-without-care": "a confirmed leap leaves due times as they were",
}
LATE_MS = 20 * SECOND_MS
SHORT_CAMPAIGNS, LONG_CAMPAIGNS = 3, 300


@dataclass
class Report:
    """What happened to the clocks, what the texts did, and each broken promise."""

    done: Counter[str] = field(default_factory=Counter)
    sent: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken and self.sent > 0

    def text(self) -> str:
        lines = [f"broken: {sentence}" for sentence in self.broken[:20]]
        lines += [f"{what:28} {count:4}" for what, count in sorted(self.done.items())]
        lines.append(f"texts that left {self.sent}, broken promises {len(self.broken)}")
        return "\n".join(lines)


@contextmanager
def sabotaged(name: str) -> Iterator[None]:
    """Break one promise of the program while it lasts."""
    if name == "believes-every-leap":

        def believe(expected: Instant, last: Instant, wall: int, _agreed_ms: int) -> Reading:
            return Reading(Instant(max(last, wall)) if wall >= last else expected, 0)

        with replaced(shop_clock, "judge", believe):
            yield
    elif name == "goes-back":
        judge = shop_clock.judge

        def follow(expected: Instant, last: Instant, wall: int, agreed_ms: int) -> Reading:
            if wall < last:
                return Reading(Instant(wall), 0)
            return judge(expected, last, wall, agreed_ms)

        with replaced(shop_clock, "judge", follow):
            yield
    elif name == "forgets-when-down":
        with replaced(shop_clock, "kept_line", lambda _file: None):
            yield
    elif name == "confirms-without-care":
        with replaced(sending, "move_waiting", lambda *_given: None):
            yield
    else:
        yield


def run(*, is_long: bool = False, sabotage: str = "", seed: int = 11) -> Report:
    """Every scene, random evenings, and a real process; a sabotage ends at the first breach."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder, sabotaged(sabotage):
        template = template_in(Path(folder))
        for number, scene in enumerate(SCENES):
            _play(report, template, Path(folder) / f"scene{number}", scene)
            if sabotage and report.broken:
                return report
        campaigns = LONG_CAMPAIGNS if is_long else SHORT_CAMPAIGNS
        for number in range(campaigns):
            if sabotage and report.broken:
                return report
            dice = random.Random(seed * 1_000 + number)
            _play(report, template, Path(folder) / f"evening{number}", _Evening(dice))
        if not (sabotage and report.broken):
            _real_process(report, Path(folder) / "real", sabotage)
    return report


Scene = Callable[[Till, Report], None]


def _play(report: Report, template: Path, data: Path, scene: Scene) -> None:
    hands = Hands(getattr(scene, "start", EVENING))
    with hands.in_place():
        till = Till(template, data, hands)
        try:
            scene(till, report)
            till.up()
            report.sent += len(till.left_ms)
            found = till.broken + list(till.open_shop.desk.check().problems)
        finally:
            till.down()
    name = getattr(scene, "__name__", "a random evening")
    report.done[name.replace("_", " ").strip()] += 1
    report.broken += [f"{name}: {sentence}" for sentence in found]


def _all_in_time(till: Till, late_ms: int = LATE_MS, since_ms: int = 0) -> None:
    """Every text has left by now, at most `late_ms` after it was due (or after `since_ms`)."""
    for uid, due_ms in till.due_ms.items():
        left = till.left_ms.get(uid)
        if left is None:
            till.broken.append("a text never left")
        elif left > max(due_ms, since_ms) + late_ms:
            late_s = (left - max(due_ms, since_ms)) / SECOND_MS
            till.broken.append(f"a text left {late_s:.0f} s late")


def _two_hours_ahead_and_back_again(till: Till, _report: Report) -> None:
    till.ready()
    till.hands.leap(2 * HOUR_MS)
    till.live(60)
    if till.left_ms:
        till.broken.append("a text left while nobody knew what time it was")
    till.hands.leap(-2 * HOUR_MS)
    since_ms = till.hands.true_ms
    till.live(60)
    _all_in_time(till, since_ms=since_ms)


def _two_hours_ahead_and_a_person_says_right(till: Till, _report: Report) -> None:
    till.ready()
    till.live(5)
    till.hands.leap(2 * HOUR_MS)
    till.live(20)
    _confirm(till)
    till.live(20)
    asked = till.open_shop.desk.evening.catching_up()
    if asked is None or not asked.held:
        till.broken.append("two hours are gone and nobody was asked what is true")
        return
    till.open_shop.desk.evening.finish_catch_up(send=True)
    since_ms = till.hands.true_ms
    till.live(60)
    _all_in_time(till, since_ms=since_ms)


def _five_minutes_ahead_and_a_person_says_right(till: Till, _report: Report) -> None:
    till.ready()
    till.hands.leap(5 * MINUTE_MS)
    till.live(10)
    _confirm(till)
    till.live(60)
    _all_in_time(till)


def _two_hours_back(till: Till, _report: Report) -> None:
    till.ready()
    till.hands.leap(-2 * HOUR_MS)
    till.live(60)
    till.ready()
    till.live(60)
    _all_in_time(till)


def _two_hours_back_while_down(till: Till, _report: Report) -> None:
    till.ready()
    till.down()
    till.hands.leap(-2 * HOUR_MS)
    till.live(10)
    till.up()
    till.live(60)
    _all_in_time(till)


def _three_hours_ahead_while_down_and_back_again(till: Till, _report: Report) -> None:
    till.ready()
    till.down()
    till.hands.leap(3 * HOUR_MS)
    till.live(10)
    till.up()
    till.live(30)
    till.hands.leap(-3 * HOUR_MS)
    since_ms = till.hands.true_ms
    till.live(60)
    _all_in_time(till, since_ms=since_ms)


def _asleep_for_eight_minutes(till: Till, _report: Report) -> None:
    till.ready()
    till.hands.pass_by(8 * MINUTE_MS)
    since_ms = till.hands.true_ms
    till.live(60)
    _all_in_time(till, since_ms=since_ms)


def _across(till: Till, report: Report) -> None:
    """An order before the moment, its text after it; the business date never goes back."""
    till.ready()
    before = business_date(till.open_shop.clock.now(), KYIV, 4)
    till.live(60)
    till.ready()
    till.live(60)
    if business_date(till.open_shop.clock.now(), KYIV, 4) < before:
        till.broken.append("the business date went back")
    _all_in_time(till)


def _starting(name: str, moment: datetime) -> Scene:
    def scene(till: Till, report: Report) -> None:
        _across(till, report)

    scene.__name__ = name
    scene.start = Instant(instant_of(moment) - 15 * SECOND_MS)  # type: ignore[attr-defined]
    return scene


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("UTC"))  # type: ignore[arg-type, misc]


SCENES: tuple[Scene, ...] = (
    _two_hours_ahead_and_back_again,
    _two_hours_ahead_and_a_person_says_right,
    _five_minutes_ahead_and_a_person_says_right,
    _two_hours_back,
    _two_hours_back_while_down,
    _three_hours_ahead_while_down_and_back_again,
    _asleep_for_eight_minutes,
    _starting("midnight", _at(2026, 11, 23, 22, 0)),
    _starting("cut-over hour", _at(2026, 11, 24, 2, 0)),
    _starting("summer time begins", _at(2027, 3, 28, 1, 0)),
    _starting("summer time ends", _at(2026, 10, 25, 1, 0)),
)


def _confirm(till: Till) -> None:
    if till.open_shop.clock.leap_ms():
        till.open_shop.desk.evening.confirm_clock()


class _Evening:
    """Random leaps, orders, sleeps and restarts; in the end the wall is right again."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice

    def __call__(self, till: Till, report: Report) -> None:
        off_ms = 0
        for _ in range(12):
            what = self._dice.choice(("order", "order", "live", "leap", "down", "sleep"))
            report.done[f"random: {what}"] += 1
            till.up()
            if what == "order":
                till.ready()
            elif what == "live":
                till.live(self._dice.choice((5, 20, 40)))
            elif what == "leap":
                by_ms = self._dice.choice((-3 * HOUR_MS, -90_000, -5_000, 5_000, 90_000, HOUR_MS))
                till.hands.leap(by_ms)
                off_ms += by_ms
                till.live(10)
            elif what == "down":
                till.down()
                till.live(10)
            else:
                till.hands.pass_by(2 * MINUTE_MS)
        till.up()
        till.hands.leap(-off_ms)
        till.live(60)
        _all_in_time(till, late_ms=30 * MINUTE_MS)


def _real_process(report: Report, data: Path, sabotage: str) -> None:
    """A till as a process of its own: its clock leaps two hours ahead with a text waiting."""
    cast_shop(data, ShopSettings(name="Trattoria"), practice=True)
    shop = open_shop(data)
    command = [sys.executable, "-m", "tests.faults.clock_till", str(data), sabotage]
    try:
        with shop.database.write() as connection:
            connection.exec_driver_sql(
                "UPDATE rule_versions SET document = replace(document,"
                " '\"grace_s\":30', '\"grace_s\":4')"
            )
            connection.exec_driver_sql("UPDATE store SET config_revision = config_revision + 1")
        with Process(command, name="till") as till:
            till.line("ready")
            order = shop.desk.place(pickup(shop, "Cola")).order
            till.tell("7200")
            till.line("off by 7200")
            for _ in range(2):
                if shop.desk.cards([order.id])[order.id].order.kind.value != "ready":
                    shop.desk.bump(order.id)

            def states() -> list[str]:
                with shop.database.read() as connection:
                    return [m.state for m in messages.of_orders(connection, [order.id])[order.id]]

            try:
                until(lambda: "leapt by 2 h" in lanes_status(shop, "en").sentence, "to be told", 8)
            except AssertionError as error:
                report.broken.append(f"a real till: {error}")
            if set(states()) != {"waiting"}:
                report.broken.append(f"a real till: with its clock ahead the text is {states()}")
            till.tell("0")
            until(lambda: set(states()) <= {*SENT, "expired"}, "the text to end", 20)
            if "expired" in states():
                report.broken.append("a real till: the leap has expired a text")
            report.sent += 1
            report.done["a real process leaps"] += 1
            till.stop_by_input()
    finally:
        shop.close()


def main() -> int:
    report = run(is_long="--long" in sys.argv)
    print(report.text())
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
