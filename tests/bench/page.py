"""`page`: the tracking page against bare uvicorn answering the same number of bytes.

One worker of each on the first core, the load from another; the rounds alternate.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.load import Load, load
from tests.bench.page_site import RAISED
from tests.bench.report import FULL_ROUNDS, percentile, result, shared_reference

ROOT = Path(__file__).resolve().parents[2]
CONNECTIONS = 32
REACH = 0.6
_START_S = 20.0


@dataclass
class _Side:
    """One of the two servers, and its rounds. `cpu_s` is the processor time they took."""

    process: subprocess.Popen[bytes]
    port: int
    path: str
    rounds: list[Load] = field(default_factory=list)
    cpu_s: float = 0.0
    wall_s: float = 0.0

    def run(self, seconds: float) -> None:
        before, started = _cpu_s(self.process), time.perf_counter()
        self.rounds.append(load(self.port, self.path, connections=CONNECTIONS, seconds=seconds))
        self.cpu_s += _cpu_s(self.process) - before
        self.wall_s += time.perf_counter() - started

    def start_again(self) -> None:
        self.rounds.clear()
        self.cpu_s = self.wall_s = 0.0

    def per_cpu_second(self) -> float:
        """Requests per second of the server's own processor time: what a noisy machine spares."""
        return round(sum(one.answered for one in self.rounds) / self.cpu_s) if self.cpu_s else 0

    def busy(self) -> float:
        """The server's share of its core; well below 1 means that somebody else had it."""
        return round(self.cpu_s / self.wall_s, 2)


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Requests per second of both, and what limits were raised."""
    rounds, seconds = (FULL_ROUNDS, 0.8) if quick else (2 * FULL_ROUNDS + 1, 2.0)
    floor_folder = shared_reference(shared, "page_floor.py").parent
    with tempfile.TemporaryDirectory() as folder, _site(Path(folder)) as ours:
        page_bytes, wire_bytes = _sizes(ours.port, ours.path)
        with _floor(floor_folder, page_bytes) as floor, _core(last=True):
            for side in (ours, floor):
                side.run(0.3)
                side.start_again()
            for turn in range(rounds):
                for side in (ours, floor) if turn % 2 else (floor, ours):
                    side.run(seconds)
    return result(
        "page",
        better="higher",
        ours=[one.per_second for one in ours.rounds],
        reference=[one.per_second for one in floor.rounds],
        p99_ours=_p99(ours.rounds),
        p99_reference=_p99(floor.rounds),
        unit="requests/s (p99 in ms)",
        reach=REACH,
        rounds=rounds,
        sizes={
            "connections": CONNECTIONS,
            "page_bytes": page_bytes,
            "answer_bytes": wire_bytes,
            "seconds_per_round": seconds,
            "cores": "server 0, load 1" if _cores() > 1 else "one core for both",
            "limits_raised": RAISED,
            "nginx": "not measured",
        },
        # A load that is starved makes every server look equal: the cost must be right as well.
        also_ok=ours.per_cpu_second() >= REACH * floor.per_cpu_second(),
        more={
            "per_cpu_second": [ours.per_cpu_second(), floor.per_cpu_second()],
            "server_busy": [ours.busy(), floor.busy()],
        },
    )


def _cpu_s(process: subprocess.Popen[bytes]) -> float:
    """Processor time of `process` so far; 0 where the system does not tell it."""
    file = Path(f"/proc/{process.pid}/stat")
    if not file.exists():
        return 0.0
    times = file.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def _p99(rounds: list[Load]) -> float:
    return percentile([ms for one in rounds for ms in one.latencies_ms], 0.99)


def _sizes(port: int, path: str) -> tuple[int, int]:
    """Bytes of the page's body, and of the whole answer."""
    with socket.create_connection(("127.0.0.1", port)) as asked:
        asked.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: asked.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.1 200"), answer[:100]
    return len(answer.partition(b"\r\n\r\n")[2]), len(answer)


@contextmanager
def _site(folder: Path) -> Iterator[_Side]:
    command = [sys.executable, "-m", "tests.bench.page_site", str(folder)]
    with _process(command, ROOT, {}, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield _Side(process, told["port"], told["path"])


@contextmanager
def _floor(folder: Path, page_bytes: int) -> Iterator[_Side]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "uvicorn", "page_floor:app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "error"]
    with _process(command, folder, {"PAGE_BYTES": str(page_bytes)}) as process:
        _await_port(port, process)
        yield _Side(process, port, "/")


@contextmanager
def _process(
    command: list[str], folder: Path, more: dict[str, str], stdout: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    with _core(last=False):
        # The child inherits the core.
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **more},
            stdout=stdout,
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def _core(*, last: bool) -> Iterator[None]:
    """Run on the first or the last of the cores that we may use."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed) if last else min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError("the reference did not start")
