"""The `snapshot` row: copies of a store that two tills are writing.

`stopped`: both tills get SIGSTOP, database and WAL are copied as files, the tills go on. `online`:
the program's own copy, nobody is stopped. What is promised of each: `orderbell check` finds
nothing, and every act that was acknowledged before the copy began is in it.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pos_app import paths
from pos_app.store.online_copy import online_copy
from tests.faults import promises
from tests.faults.kill import template
from tests.faults.row import Counted
from tests.support.processes import stands_still
from tests.support.shops import copied_shop
from tests.support.waiting import until

SABOTAGES = {
    "plain-copy": "the files are copied while the tills go on writing",
    "without-wal": "the database is copied without its WAL",
}
WRITERS = 2
SHORT_COPIES, LONG_COPIES = 6, 60
# A plain copy is sound by luck most of the time; the sabotage may try this often.
SABOTAGED_COPIES = 60
# Fewer acts than this between two copies would show the same store again.
_ACTS_BETWEEN = 12
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class _Writer:
    process: subprocess.Popen[bytes]
    said: Path

    def acknowledged(self) -> list[str]:
        # The last line may still be on its way: only what ends with a line break was said.
        return self.said.read_text().rpartition("\n")[0].splitlines()


def run(*, is_long: bool = False, sabotage: str = "") -> Counted:
    """Copies of both kinds in turn; with a sabotage it ends at the first broken promise."""
    report = Counted()
    copies = LONG_COPIES if is_long else SHORT_COPIES
    with tempfile.TemporaryDirectory() as folder:
        fresh = template(Path(folder) / "template")
        data = Path(folder) / "shop"
        copied_shop(fresh, data)
        with _writing(data) as writers:
            for number in range(SABOTAGED_COPIES if sabotage else 2 * copies):
                kind = sabotage or ("stopped", "online")[number % 2]
                _let_work(writers)
                copy = Path(folder) / "copy"
                copied_shop(fresh, copy)
                said = _KINDS[kind](writers, paths.store_file(data), paths.store_file(copy))
                with _halted(writers):
                    # Else the store grows by more than one copy's worth while a copy is checked.
                    found = promises.broken_in(copy, said)
                shutil.rmtree(copy)
                report.counts[f"{kind} copies"] += 1
                report.counts["acts compared"] += len(said)
                report.broken += [f"{kind} copy {number}: {sentence}" for sentence in found]
                if sabotage and found:
                    break
        report.counts["acknowledged acts"] += _count(writers)
        found = promises.broken_in(data, _all(writers))
        report.broken += [f"the store itself: {sentence}" for sentence in found]
    return report


@contextmanager
def _writing(data: Path) -> Iterator[list[_Writer]]:
    writers = [_start(data, f"writer{n}") for n in range(WRITERS)]
    try:
        yield writers
    finally:
        for writer in writers:
            writer.process.send_signal(signal.SIGCONT)
            assert writer.process.stdin is not None
            writer.process.stdin.close()
        ended = [writer.process.wait(30) for writer in writers]
    assert not any(ended), f"a till ended by itself: {ended}"


def _start(data: Path, name: str) -> _Writer:
    said = data.with_name(f"{name}.said")
    with said.open("wb") as out:
        command = [sys.executable, "-m", "tests.faults.writer", str(data), name]
        process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=out)
    return _Writer(process, said)


def _count(writers: list[_Writer]) -> int:
    return len(_all(writers))


def _all(writers: list[_Writer]) -> list[str]:
    return [line for writer in writers for line in writer.acknowledged()]


def _let_work(writers: list[_Writer]) -> None:
    before = _count(writers)
    until(lambda: _count(writers) >= before + _ACTS_BETWEEN, "acts of the tills", 30)


def _stopped(writers: list[_Writer], source: Path, target: Path) -> list[str]:
    with _halted(writers):
        said = _all(writers)
        shutil.copyfile(source, target)
        shutil.copyfile(f"{source}-wal", f"{target}-wal")
    return said


def _online(writers: list[_Writer], source: Path, target: Path) -> list[str]:
    said = _all(writers)
    online_copy(source, target)
    return said


def _plain(writers: list[_Writer], source: Path, target: Path) -> list[str]:
    said = _all(writers)
    with source.open("rb") as read, target.open("wb") as written:
        written.write(read.read(source.stat().st_size // 2))
        # A full-grown store takes seconds to copy: the tills get that far meanwhile.
        _let_work(writers)
        written.write(read.read())
    _let_work(writers)
    shutil.copyfile(f"{source}-wal", f"{target}-wal")
    return said


def _without_wal(writers: list[_Writer], source: Path, target: Path) -> list[str]:
    with _halted(writers):
        said = _all(writers)
        shutil.copyfile(source, target)
    return said


@contextmanager
def _halted(writers: list[_Writer]) -> Iterator[None]:
    for writer in writers:
        writer.process.send_signal(signal.SIGSTOP)
    try:
        for writer in writers:
            until(partial(stands_still, writer.process.pid), "a till to stand still")
        yield
    finally:
        for writer in writers:
            writer.process.send_signal(signal.SIGCONT)


_KINDS: dict[str, Callable[[list[_Writer], Path, Path], list[str]]] = {
    "stopped": _stopped,
    "online": _online,
    "plain-copy": _plain,
    "without-wal": _without_wal,
}
