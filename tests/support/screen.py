"""A virtual screen, a finger on it, and its picture."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageGrab

from tests.support.processes import Process
from tests.support.waiting import until

# Each look is answered by the till itself, which has better to do meanwhile.
LOOK_S = 0.05


class Screen:
    """One Xvfb display; everything on it is done through the X server, as by a hand."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display)

    def click(self, x: int, y: int) -> None:
        self._do("mousemove", str(x), str(y), "click", "1")

    def type(self, text: str) -> None:
        self._do("type", "--delay", "15", text)

    def key(self, chord: str) -> None:
        """Press keys together, such as `ctrl+a`."""
        self._do("key", chord)

    def _do(self, *command: str) -> None:
        subprocess.run(
            ["xdotool", *command], env={**os.environ, **self.env}, check=True, timeout=20
        )


@contextmanager
def virtual_screen(size: str = "1366x768") -> Iterator[Screen]:
    """An X server of its own on a free display number."""
    read, write = os.pipe()
    drawn = ("-screen", "0", f"{size}x24")
    server = subprocess.Popen(
        # A screen that begins anew after each look at it would refuse the next one.
        ["Xvfb", "-displayfd", str(write), *drawn, "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as numbers:
            number = numbers.readline().strip()
        assert number, "Xvfb did not start"
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(10)


class Hand:
    """A person at a till: finds a part by its name and touches it."""

    def __init__(self, till: Process, screen: Screen) -> None:
        self.till = till
        self.screen = screen

    def find(self, name: str) -> tuple[int, int] | None:
        """The middle of a visible, enabled part in screen pixels; None while it is not there."""
        self.till.tell(name)
        answer = self.till.line("at ", 10)
        asked, place = json.loads(answer.removeprefix("at "))
        assert asked == name
        return (place[0], place[1]) if place else None

    def tap(self, name: str, deadline_s: float = 15.0) -> None:
        """Touch a part once it stands still."""
        seen: list[tuple[int, int] | None] = [None]

        def stands_still() -> tuple[int, int] | None:
            before, seen[0] = seen[0], self.find(name)
            return seen[0] if seen[0] is not None and before == seen[0] else None

        self.screen.click(*until(stands_still, f"{name} on the screen", deadline_s, LOOK_S))
