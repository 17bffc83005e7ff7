"""`bundle`: from the start of the process to a board on the screen, the bundle against the source.

Both are looked at from outside, on one virtual screen: the board stands when nine tenths of the
picture are as they are in the end. Sizes stand beside it. Needs `packaging/dev.py bundle`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from tests.bench.report import percentile, result
from tests.bench.start import FEW, OPEN_ORDERS, with_open_orders
from tests.support.screen import Screen, virtual_screen
from tests.support.waiting import until

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "dist" / "orderbell"
REACH = 1.2
ROUNDS, QUICK_ROUNDS = 15, 5
SETTLED_S, OPENS_S = 4.0, 90.0
LOOK_S, SELDOM_S = 0.01, 0.1
ALIKE, STANDS_STILL = 0.9, 0.99
_SMALL = (228, 128)


class Start:
    """One way to start a board; `seen` is how it looks in the end."""

    def __init__(self, screen: Screen, command: list[str], data: Path) -> None:
        self._screen = screen
        self._command = [*command, "--data", str(data), "--screen", "board", "--fullscreen"]
        self._seen: Image.Image | None = None

    def seconds(self) -> float:
        """From just before the process is made until its board stands."""
        if self._seen is None:
            self._seen = self._in_the_end()
        last = self._seen
        began = time.monotonic()
        process = self._begin()
        try:
            until(lambda: _alike(_look(self._screen), last) >= ALIKE, "a board", OPENS_S, LOOK_S)
            return time.monotonic() - began
        finally:
            _end(process)
            until(lambda: not _look(self._screen).getbbox(), "an empty screen", OPENS_S)

    def _in_the_end(self) -> Image.Image:
        process = self._begin()
        before, changed_at = _look(self._screen), time.monotonic()

        def stands() -> bool:
            nonlocal before, changed_at
            seen = _look(self._screen)
            if seen.getbbox() is None or _alike(seen, before) < STANDS_STILL:
                before, changed_at = seen, time.monotonic()
            return time.monotonic() - changed_at > SETTLED_S

        try:
            until(stands, "a board that stands still", OPENS_S, SELDOM_S)
            return _look(self._screen)
        finally:
            _end(process)

    def _begin(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **self._screen.env, "LANG": "C.UTF-8"}
        # As when it is installed: compiled once, not at every start.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "orderbell-bytecode")
        return subprocess.Popen(
            self._command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=None
        )


def _look(screen: Screen) -> Image.Image:
    return screen.picture().convert("L").resize(_SMALL, Image.Resampling.NEAREST)


def _alike(one: Image.Image, other: Image.Image) -> float:
    """Which share of two pictures is the same."""
    same = ImageChops.difference(one, other).histogram()[:8]
    return sum(same) / (_SMALL[0] * _SMALL[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait(OPENS_S)


def measure(*, quick: bool, shared: Path) -> dict[str, Any]:
    """Seconds. Raises FileNotFoundError when there is no bundle."""
    program = BUNDLE / "orderbell"
    if not program.exists():
        raise FileNotFoundError(f"{program}: make it first with packaging/dev.py bundle")
    rounds = QUICK_ROUNDS if quick else ROUNDS
    taken: dict[str, list[float]] = {"bundle": [], "source": []}
    with tempfile.TemporaryDirectory(prefix="orderbell-bench-") as name:
        data = with_open_orders(FEW, Path(name) / "shop", shared)
        with virtual_screen() as screen:
            starts = {
                "bundle": Start(screen, [str(program)], data),
                "source": Start(screen, [sys.executable, "-m", "pos_app"], data),
            }
            for round_ in range(rounds + 1):
                # The first round only fills the caches of the disk.
                for which, start in starts.items():
                    seconds = start.seconds()
                    taken[which] += [seconds] if round_ else []
    return result(
        "bundle",
        better="lower",
        ours=taken["bundle"],
        reference=taken["source"],
        p99_ours=percentile(taken["bundle"], 0.99),
        p99_reference=percentile(taken["source"], 0.99),
        unit="s",
        reach=REACH,
        rounds=rounds,
        sizes={"orders": FEW, "open_orders": OPEN_ORDERS, **_sizes()},
    )


def _sizes() -> dict[str, float]:
    """Megabytes of a million bytes: the folder, and what has been packed of it."""
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    found = {"bundle_mb": sum(path.stat().st_size for path in files)}
    for packed in (*BUNDLE.parent.glob("orderbell*.tar.xz"), *BUNDLE.parent.glob("orderbell*.deb")):
        found[f"{packed.suffix[1:]}_mb"] = packed.stat().st_size
    return {name: round(size / 1_000_000, 1) for name, size in found.items()}
