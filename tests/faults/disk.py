"""The `disk` row: full, read-only, locked, cut off, corrupted, newer.

Each fault meets the real command line, and a running window (`disk_window.py`). What is promised:
a notice that says what happened, what it means and what to do, exit code 1, never a traceback;
what was not acknowledged is not there and what was is; when the fault has passed, or the file
was put back, work goes on.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.errors import StoreError
from pos_app.store import database
from pos_app.store.high_water import HighWater
from pos_app.store.plain_words import told_plainly
from tests.cli.till import Said, Till
from tests.faults.disk_faults import PASSING, Lasting, lasting
from tests.faults.kill import template
from tests.faults.row import Counted
from tests.support.shops import copied_shop, pickup
from tests.support.small_disk import SmallDisk, small_disk

SABOTAGES = {
    "swallow": "an act swallows the store's error and says that it is done",
    "no-hint": "the notice does not say what to do",
    "no-mark": "nobody keeps how far the store had come",
}
ORDERS = 60
FULL = "The disk is full"
_MOST_UNTIL_FULL = 80
_ACTS_BEFORE = 7
_NO_CHECKPOINT = "100000"
_LONG_EVERY = 4
_MARGHERITA = json.dumps({"fulfilment": "pickup", "lines": [{"dish": "Margherita"}]})


def run(*, is_long: bool = False, sabotage: str = "") -> Counted:
    """All faults, by command line and window; with a sabotage only those that pass."""
    # Qt is needed here only, and takes a while to import.
    from tests.faults import disk_window

    report = Counted()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, _sabotaged(sabotage):
        fresh = _busy_shop(Path(folder) / "fresh")
        _passing(report, fresh, Path(folder))
        _missing_log(report, fresh, Path(folder) / "shop")
        if not sabotage:
            every = _LONG_EVERY if is_long else None
            for fault in list(lasting(paths.store_file(fresh), chance, every=every)):
                _lasting(report, fresh, Path(folder) / "shop", fault)
            report.broken += disk_window.run(report.counts, fresh, Path(folder))
    return report


@contextmanager
def _sabotaged(name: str) -> Iterator[None]:
    told = told_plainly

    @contextmanager
    def swallowing(file: Path) -> Iterator[None]:
        with contextlib.suppress(StoreError), told(file):
            yield

    @contextmanager
    def hintless(file: Path) -> Iterator[None]:
        try:
            with told(file):
                yield
        except StoreError as error:
            raise type(error)(error.title, error.message) from error

    wrapped = {"swallow": swallowing, "no-hint": hintless}.get(name, told)
    database.told_plainly = wrapped  # type: ignore[attr-defined]
    missing = HighWater.missing
    if name == "no-mark":
        HighWater.missing = lambda *_: 0  # type: ignore[method-assign]
    try:
        yield
    finally:
        HighWater.missing = missing  # type: ignore[method-assign]
        database.told_plainly = told  # type: ignore[attr-defined]


def _busy_shop(data: Path) -> Path:
    """A shop whose tables have inner pages, and some pages that are free."""
    template(data)
    shop = open_shop(data)
    try:
        for number in range(ORDERS):
            order = shop.desk.place(pickup(shop, "Margherita", phone=f"+38067{number:07d}")).order
            if number % 3 == 0:
                shop.desk.bump(order.id)
        with shop.database.write() as connection:
            connection.exec_driver_sql("CREATE TABLE spare AS SELECT * FROM lines")
            connection.exec_driver_sql("DROP TABLE spare")
    finally:
        shop.close()
    return data


def _passing(report: Counted, fresh: Path, folder: Path) -> None:
    with small_disk(folder / "small") as disk:
        data = disk.folder / "shop"
        copied_shop(fresh, data)
        _full(report, disk, data)
    for name, (fault, title) in PASSING.items():
        data = folder / "shop"
        copied_shop(fresh, data)
        till = Till(data)
        with fault(data):
            for words in (("order", "place", "-"), ("order", "bump", "A1")):
                said = till(*words, stdin=_MARGHERITA)
                _told(report, f"{name}: {words[1]}", said, title)
        report.counts["faults"] += 1
        _works_again(report, name, till, acknowledged=0)
        shutil.rmtree(data)


def _full(report: Counted, disk: SmallDisk, data: Path) -> None:
    till = Till(data)
    # A window keeps the log of the store alive: as on an evening, it has to grow.
    shop = open_shop(data)
    acknowledged: list[Any] = []
    try:
        disk.fill(data)
        said = till("order", "place", "-", stdin=_MARGHERITA)
        while said.code == 0 and len(acknowledged) < _MOST_UNTIL_FULL:
            acknowledged.append(said.json["number"])
            said = till("order", "place", "-", stdin=_MARGHERITA)
        _told(report, f"full ({disk.kind})", said, FULL)
        disk.free()
    finally:
        shop.close()
    report.counts["faults"] += 1
    _works_again(report, "full", till, acknowledged=len(acknowledged))


def _missing_log(report: Counted, fresh: Path, data: Path) -> None:
    """A till dies, and somebody tidies its log away: whoever opens the shop next is told."""
    copied_shop(fresh, data)
    command = [sys.executable, "-m", "tests.faults.writer", str(data), "till", _NO_CHECKPOINT]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdin is not None
    for _ in range(_ACTS_BEFORE):
        writer.stdout.readline()
    writer.kill()
    writer.wait(10)
    writer.stdin.close()
    writer.stdout.close()
    for leftover in ("-wal", "-shm"):
        Path(f"{paths.store_file(data)}{leftover}").unlink()
    said, asked = Till(data)("orders"), Till(data)("doctor")
    report.counts["faults"] += 1
    report.counts["notices"] += 1
    if said.code != 0 or not said.error.startswith("The newest changes are missing"):
        report.broken.append(f"missing log: said {said.code} {said.error.strip()}")
    if asked.code != 1 or "changes were missing" not in asked.text:
        report.broken.append("missing log: the doctor does not know of it")
    again = Till(data)("orders")
    if again.error or Till(data)("check").code != 0:
        report.broken.append(f"missing log: afterwards {again.error.strip()}")
    report.counts["works again"] += 1
    shutil.rmtree(data)


def _lasting(report: Counted, fresh: Path, data: Path, fault: Lasting) -> None:
    copied_shop(fresh, data)
    till, store = Till(data), paths.store_file(data)
    fault.make(store)
    report.counts["faults"] += 1
    acts: tuple[tuple[str, ...], ...] = (("check",), ("orders",), ("order", "place", "-"))
    for words in acts:
        said = till(*words, stdin=_MARGHERITA)
        report.counts["command lines"] += 1
        if said.code == 0 and words != ("check",):
            continue  # it met no damaged page
        if words == ("check",) and said.code == 0 and "page" in fault.name:
            # A free page, the unused part of one, or letters of a text: nothing to compare with.
            kind = fault.name.partition(" page")[0]
            report.counts[f"unnoticed in {kind} pages"] += 1
            continue
        if words == ("check",) and said.code == 1 and fault.title not in said.error:
            report.counts["found by check"] += 1
            continue
        _told(report, f"{fault.name}: {' '.join(words)}", said, fault.title)
    # The restore path: the newest copy is put in its place.
    for leftover in data.glob(f"{store.name}*"):
        leftover.unlink()
    shutil.copyfile(paths.store_file(fresh), store)
    _works_again(report, fault.name, till, acknowledged=0)
    shutil.rmtree(data)


def _told(report: Counted, where: str, said: Said, title: str) -> None:
    """Whether a refusal has all its parts, on one line, with the right exit code."""
    report.counts["notices"] += 1
    sentences = [part for part in said.error.strip().split(". ") if part]
    if said.code != 1:
        report.broken.append(f"{where}: ended with {said.code}: {said.error.strip()[-200:]}")
    elif not said.error.startswith(title):
        report.broken.append(f"{where}: said {said.error.strip()[:120]}")
    elif said.error.count("\n") != 1 or "Traceback" in said.error or len(sentences) < 3:
        report.broken.append(
            f"{where}: is no notice with its three parts: {said.error.strip()[:200]}"
        )


def _works_again(report: Counted, where: str, till: Till, *, acknowledged: int) -> None:
    """After the fault: what was said is there, and no more; the next order is taken."""
    checked = till("check", "--json")
    if checked.code != 0:
        report.broken.append(f"{where}: afterwards check says {checked.text or checked.error}")
        return
    if checked.json["orders"] != ORDERS + acknowledged:
        found = checked.json["orders"] - ORDERS
        report.broken.append(f"{where}: {acknowledged} orders acknowledged, {found} are there")
    if till("order", "place", "-", stdin=_MARGHERITA).code != 0:
        report.broken.append(f"{where}: afterwards no order can be placed")
    report.counts["works again"] += 1
