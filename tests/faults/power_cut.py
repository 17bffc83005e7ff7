"""The `power-cut` row: the plug is pulled, and the disk holds only what it had promised.

The real till (desk, lanes, a gateway) works under strace; acknowledgements stand in the same
log. Of random instants a disk image is made (`disk_model.py`) and opened with `orderbell check`.
What is promised of each: nothing that had been acknowledged is lost, no order is there without
the texts that were committed with it, the store is sound. The shared index (`-shm`) is never on
the disk: SQLite makes it anew.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pos_app import paths
from tests.faults import promises
from tests.faults.disk_model import SYNCS, Disk
from tests.faults.kill import template, with_gateway
from tests.faults.row import Counted
from tests.faults.strace_log import OPTIONS, Call, calls
from tests.support.gateway import Delivering, Gateway, running
from tests.support.shops import copied_shop

SABOTAGES = {
    "synchronous-normal": "a commit does not wait for the disk (the control: it must lose)",
    "synchronous-off": "nothing waits for the disk",
    "texts-in-another-commit": "the text is queued after the bump was committed",
}
_EVENING_S = 120
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class _Size:
    evenings: int
    orders: int
    images: int


SHORT, LONG = _Size(1, 4, 24), _Size(3, 12, 40)


def run(*, is_long: bool = False, sabotage: str = "") -> Counted:
    """All images; with a sabotage it ends at the first broken promise."""
    size = LONG if is_long else SHORT
    report = Counted()
    with tempfile.TemporaryDirectory() as folder:
        fresh = template(Path(folder) / "template")
        for evening in range(size.evenings):
            data = Path(folder) / f"evening{evening}"
            copied_shop(fresh, data)
            log = _evening(data, Path(folder) / "log", size.orders, sabotage, report)
            chance = random.Random(evening)
            _images(report, _Evening.of(log, data, fresh), size.images, chance, bool(sabotage))
            if sabotage and report.broken:
                break
    return report


def _evening(data: Path, log: Path, orders: int, sabotage: str, report: Counted) -> list[Call]:
    """Let the till work; `data` is afterwards as it was before."""
    with running(Gateway(states=Delivering())) as url:
        with_gateway(data, url)
        before = data.with_name(f"{data.name}-before")
        shutil.copytree(data, before)
        till = ["-m", "tests.faults.cut_till", str(data), str(orders), sabotage]
        done = subprocess.run(
            ["strace", *OPTIONS, "-o", str(log), sys.executable, *till],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            timeout=_EVENING_S,
            check=False,
        )
    if done.returncode != 0:
        report.broken.append(f"the till ended by itself: {done.stderr[-300:]}")
    shutil.rmtree(data)
    before.rename(data)
    with log.open(encoding="ascii") as lines:
        return calls(lines)


@dataclass(frozen=True, slots=True)
class _Evening:
    """A log, and the shop as it was before the first line of it."""

    data: Path
    disk: Disk
    log: list[Call]
    said: list[tuple[int, str]]

    @classmethod
    def of(cls, log: list[Call], data: Path, fresh: Path) -> _Evening:
        store = paths.store_file(data)
        files = {str(store), f"{store}-wal"}
        said = [
            (call.begun, line)
            for call in log
            if call.name == "write" and call.numbers[0] == len(call.data) and _is_stdout(call)
            for line in call.data.decode().splitlines()
        ]
        end = next((at for at, line in said if line == "done"), said[-1][0] if said else 0)
        told = [call for call in log if call.begun <= end]
        before = {path: Path(path).read_bytes() for path in files if Path(path).exists()}
        return cls(data, Disk(told, before, files), told, said)


def _is_stdout(call: Call) -> bool:
    return call.path.startswith("pipe:") and call.data.split(b" ")[0] in _SPOKEN


_SPOKEN = (b"placed", b"bumped", b"done\n")


def _images(
    report: Counted, evening: _Evening, count: int, chance: random.Random, is_first_enough: bool
) -> None:
    """Build and open `count` images of one evening."""
    store = paths.store_file(evening.data)
    report.counts["evenings"] += 1
    report.counts["acknowledged acts"] += len([1 for _, line in evening.said if line != "done"])
    report.counts["syncs of the store"] += len(
        [1 for call in evening.log if call.name in SYNCS and call.path.startswith(str(store))]
    )
    for at, (share, tearing) in zip(
        _instants(evening, count, chance, every_sync=is_first_enough), _shares(), strict=False
    ):
        image = evening.disk.cut(at, chance, share, tearing)
        for leftover in store.parent.glob(f"{store.name}*"):
            leftover.unlink()
        for path, content in image.files.items():
            Path(path).write_bytes(content)
        said = [line for begun, line in evening.said if begun < at]
        found = promises.broken_in(evening.data, said)
        report.counts["images"] += 1
        report.counts["with unsynced writes"] += image.unsynced > 0
        report.counts["unsynced writes kept"] += image.kept
        report.counts["of those torn"] += image.torn
        report.counts["acts compared"] += len(said)
        report.broken += [f"cut at line {at}: {sentence}" for sentence in found]
        if found and is_first_enough:
            return


def _instants(
    evening: _Evening, count: int, chance: random.Random, *, every_sync: bool
) -> Iterator[int]:
    """A third each: just after an acknowledgement, between two steps of a sync, anywhere.

    `every_sync` takes all of them first: what is committed apart shows between two neighbours.
    """
    store = str(paths.store_file(evening.data))
    acknowledged = [at + 1 for at, line in evening.said if line != "done"]
    syncs = [c.begun for c in evening.log if c.name in SYNCS and c.path.startswith(store)]
    touching = [c.begun for c in evening.log if c.path.startswith(store)]
    if every_sync:
        yield from syncs
    for number in range(count):
        yield chance.choice((acknowledged, syncs, touching)[number % 3])


def _shares() -> Iterator[tuple[float, float]]:
    """How much of the unsynced is there, and torn; chosen apart from the kind of instant."""
    while True:
        yield from ((0.0, 0.0), (0.5, 0.5), (0.8, 1.0), (0.5, 0.0), (1.0, 0.3))
