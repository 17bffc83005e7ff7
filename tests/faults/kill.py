"""The `kill` row: the till dies between any two steps, comes back, and nothing is lost or doubled.

Each trial is a shop of its own, a gateway that outlives the till, and two processes: one that is
killed at the planned instant and one that finishes the evening. What is promised afterwards:

- every order and bump that was acknowledged is in the store, and `check` finds nothing wrong;
- every order has each of its texts once as a row, and each row's text is at the gateway exactly
  once (never, if a newer one superseded it);
- no phone got the same words twice.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from sqlalchemy import update

from pos_app.bootstrap import Shop, open_shop
from pos_app.config import ShopSettings, SmsSettings
from pos_app.store import messages, orders, rules, tables
from tests.faults.promises import all_orders, lost_acts
from tests.faults.till import STEPS
from tests.support.casts import cast_shop
from tests.support.gateway import PASSWORD, USERNAME, Delivering, Gateway, running
from tests.support.nursery import Nursery
from tests.support.shops import copied_shop

SABOTAGES = {
    "texts-in-another-commit": "the text is queued after the bump was committed",
    "new-id-for-a-repeat": "a second try goes out under another id",
    "record-before-send": "a text counts as sent before it is",
    "gateway-forgets-ids": "the gateway takes the same id twice",
}
# Where each sabotage must show, so that the short test need not walk through all steps.
TELLING = {
    "new-id-for-a-repeat": ("request-answered",),
    "record-before-send": ("request-begins",),
    "texts-in-another-commit": ("text-queued",),
    "gateway-forgets-ids": ("request-answered",),
}
SHORT_ORDERS, LONG_ORDERS, LONG_KILLS, LONG_INSIDE = 1, 2, 200, 30
BETWEEN_REQUEST_AND_RECORD = ("request-answered", "record-begins", "text-settled")
_TRIAL_S = 60


@dataclass
class Report:
    """What the trials did, and each broken promise as a sentence."""

    kills: Counter[str] = field(default_factory=Counter)
    unreached: Counter[str] = field(default_factory=Counter)
    reach: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    texts: int = 0
    repeats: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.broken and bool(self.kills)

    def text(self) -> str:
        lines = [f"broken: {sentence}" for sentence in self.broken[:20]]
        lines += [f"{step:20} {found:4} kills" for step, found in sorted(self.kills.items())]
        lines += [
            f"{step:20} met too seldom {n} times" for step, n in sorted(self.unreached.items())
        ]
        inside = sum(self.kills[step] for step in BETWEEN_REQUEST_AND_RECORD)
        lines.append(
            f"kills {self.kills.total()}, between request and record {inside}, "
            f"acknowledged acts {self.acknowledged}, texts at the gateway {self.texts}, "
            f"repeats recognised by id {self.repeats}, broken promises {len(self.broken)}"
        )
        return "\n".join(lines)


def run(*, is_long: bool = False, sabotage: str = "", steps: tuple[str, ...] = ()) -> Report:
    """All trials, or those of `steps`; with a sabotage it ends at the first broken promise."""
    report = Report()
    placed = LONG_ORDERS if is_long else SHORT_ORDERS
    with tempfile.TemporaryDirectory() as folder, Nursery("tests.faults.till") as nursery:
        fresh = template(Path(folder) / "template")
        plans = (f"{step}:1" for step in steps) if steps else _plans(report, is_long=is_long)
        for number, plan in enumerate(plans):
            _trial(report, nursery, fresh, Path(folder) / f"trial{number}", plan, placed, sabotage)
            if sabotage and report.broken:
                break
    return report


def _plans(report: Report, *, is_long: bool) -> Iterator[str]:
    """Every step once; in the long run at ever later occurrences, as far as each one is met."""
    if not is_long:
        yield from (f"{step}:1" for step in STEPS)
        yield from ("request-answered:2", "commit-ended:9")
        return
    for turn in count():
        inside = sum(report.kills[step] for step in BETWEEN_REQUEST_AND_RECORD)
        if report.kills.total() >= LONG_KILLS and inside >= LONG_INSIDE:
            return
        for step in STEPS:
            yield f"{step}:{turn % report.reach.get(step, turn + 1) + 1}"


def template(data: Path) -> Path:
    """A shop with a gateway to come, whose rules have no grace: that has tests of its own."""
    cast_shop(data, ShopSettings(name="Trattoria", phone="+380322000000"))
    shop = open_shop(data)
    try:
        with shop.database.write() as connection:
            for rule_id, _, document in rules.enabled(connection):
                versions = tables.rule_versions
                quick = _without_grace(document)
                connection.execute(
                    update(versions).where(versions.c.rule_id == rule_id).values(document=quick)
                )
    finally:
        shop.close()
    return data


def with_gateway(data: Path, url: str) -> None:
    """Texts of the shop in `data` leave by the gateway at `url`."""
    shop = open_shop(data)
    try:
        shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
    finally:
        shop.close()


def _without_grace(document: str) -> str:
    rule = json.loads(document)
    for step in rule["steps"]:
        step["grace_s"] = 0
    return json.dumps(rule)


def _trial(
    report: Report,
    nursery: Nursery,
    fresh: Path,
    data: Path,
    plan: str,
    placed: int,
    sabotage: str,
) -> None:
    copied_shop(fresh, data)
    gateway = Gateway(states=Delivering(), ignores_ids=sabotage == "gateway-forgets-ids")
    with running(gateway) as url:
        with_gateway(data, url)
        first = nursery.run(str(data), str(placed), plan, sabotage, timeout_s=_TRIAL_S)
        said = first.stdout.splitlines()
        step = plan.partition(":")[0]
        if first.returncode == -9:
            report.kills[step] += 1
            second = nursery.run(str(data), str(placed), "", sabotage, timeout_s=_TRIAL_S)
            said += second.stdout.splitlines()
            if second.returncode != 0:
                report.broken.append(f"{plan}: the till did not come back: {second.stderr[-300:]}")
        elif first.returncode == 0:
            report.unreached[step] += 1
            report.reach[step] = max(1, int(plan.partition(":")[2]) - 1)
        else:
            report.broken.append(f"{plan}: the till ended by itself: {first.stderr[-300:]}")
    shop = open_shop(data)
    try:
        found = [*_acts(shop, said, placed), *_texts(shop, gateway)]
    finally:
        shop.close()
    report.broken += [f"{plan}: {sentence}" for sentence in found]
    report.acknowledged += len([line for line in said if line != "done"])
    report.texts += len(gateway.taken)
    report.repeats += gateway.duplicates.total()
    shutil.rmtree(data)


def _acts(shop: Shop, said: list[str], placed: int) -> Iterator[str]:
    """What was acknowledged and is not there; what the store's own check finds."""
    yield from lost_acts(shop, said)
    with shop.database.read() as connection:
        count = len(all_orders(connection))
    if count != placed:
        yield f"{count} orders instead of {placed}"
    yield from shop.desk.check().problems


def _texts(shop: Shop, gateway: Gateway) -> Iterator[str]:
    """Every text that is due is at the gateway once; none is there twice."""
    at_gateway = Counter(gateway.ids())
    with shop.database.read() as connection:
        of_orders = messages.of_orders(connection, orders.page(connection, 100))
    for order_id, found in of_orders.items():
        abouts = sorted(message.about for message in found)
        if abouts != ["accepted", "ready"]:
            yield f"order {order_id} has the texts {abouts}"
        for message in found:
            wanted = 0 if message.state == "superseded" else 1
            if at_gateway[message.uid] != wanted:
                copies = at_gateway[message.uid]
                yield f"{message.about} ({message.state}) is at the gateway {copies} times"
            if message.state not in ("delivered", "superseded"):
                yield f"{message.about} of order {order_id} ended as {message.state}"
    words = Counter(
        (message["phoneNumbers"][0], message["textMessage"]["text"]) for message in gateway.taken
    )
    yield from (f"a guest got the same text {times} times" for times in words.values() if times > 1)
