"""The bundle's window on a virtual screen, touched through the X server only."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import ImageChops

from tests.journeys.bundle.installed import Installed
from tests.support.screen import Screen
from tests.support.waiting import until

OPENS_S, ENDS_S = 90.0, 30.0
SELDOM_S = 0.3
_LOOKS = 6
_BUTTON_PX = 60
_NEXT_ACT = (0x2F, 0x6F, 0xED)


class Window:
    """A running window. Everything that it prints is kept in `log`."""

    def __init__(self, place: Installed, screen: Screen, log: Path, *words: str) -> None:
        self._screen = screen
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                place.command(*words, "--fullscreen"),
                env=place.environment(screen.display),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        self.log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    def await_painted(self) -> None:
        """Until something stands on the screen, and nothing else comes for a moment."""
        before = [self._screen.picture()]

        def stands() -> bool:
            assert self._process.poll() is None, self.log.read_text("utf-8")
            seen, before[0] = before[0], self._screen.picture()
            colours = before[0].resize((136, 76)).getcolors(20_000)
            is_empty = colours is not None and len(colours) < 8
            return not is_empty and ImageChops.difference(seen, before[0]).getbbox() is None

        until(stands, "the window", OPENS_S, SELDOM_S)

    def tap_top_right_button(self) -> None:
        """The first start has one there: the practice shop."""
        picture = self._screen.picture().convert("RGB")
        ground_and_no_window = (picture.getpixel((4, 4)), (0, 0, 0))
        x = next(
            x
            for x in range(picture.width - 20, 0, -1)
            if any(
                picture.getpixel((x, y)) not in ground_and_no_window for y in range(24, _BUTTON_PX)
            )
        )
        self._screen.click(x - _BUTTON_PX, _BUTTON_PX - 10)

    def key(self, chord: str) -> None:
        self._screen.key(chord)

    def tap_next_act(self) -> None:
        """The blue button of the one card on the board.

        What has just moved under a finger takes no touch, so it has to have stood still.
        """
        seen: list[list[tuple[int, int]]] = []

        def stands() -> list[tuple[int, int]]:
            seen.append(self._next_act())
            last = seen[-_LOOKS:]
            is_still = len(last) == _LOOKS and all(one == last[0] for one in last)
            return last[0] if is_still else []

        blue = until(stands, "a card with a next act", OPENS_S, SELDOM_S)
        (left, top), (right, bottom) = blue[0], blue[-1]
        self._screen.click((left + right) // 2, (top + bottom) // 2)

    def _next_act(self) -> list[tuple[int, int]]:
        """Points of the colour that only the next act of a card has."""
        picture = self._screen.picture().convert("RGB")
        return [
            (x, y)
            for x in range(0, picture.width, 4)
            for y in range(0, picture.height, 4)
            if picture.getpixel((x, y)) == _NEXT_ACT
        ]

    def site(self) -> int | None:
        """The process that serves the page: a child which runs the same file."""
        for child in _children(self.pid):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if b"--embedded" in words:
                return child
        return None

    def close(self) -> int:
        """End it as a session's end does; its exit code."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(ENDS_S)

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(ENDS_S)


@contextmanager
def opened(place: Installed, screen: Screen, log: Path, *words: str) -> Iterator[Window]:
    window = Window(place, screen, log, *words)
    try:
        window.await_painted()
        yield window
    finally:
        screen.picture().save(log.with_suffix(".png"))
        window.end()


def program_of(pid: int) -> Path:
    """The file that a process runs."""
    return Path(f"/proc/{pid}/exe").readlink()


def strange_libraries(pid: int, folder: Path) -> set[str]:
    """What a process has loaded from the system although the bundle in `folder` brings its own.

    On a computer that has none of them it would not have started.
    """
    ours = {path.name for path in folder.rglob("*.so*")}
    lines = Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines()
    loaded = {Path(line.split(maxsplit=5)[5]) for line in lines if line.count("/")}
    return {str(path) for path in loaded if path.name in ours and folder not in path.parents}


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for file in said for word in file.read_text("ascii").split()]
